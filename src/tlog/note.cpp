#include "tlog/note.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "crypto/base64.hpp"

namespace pipa::note {
namespace {

constexpr std::string_view line_start = "\xE2\x80\x94 ";  // em dash (U+2014), space
constexpr std::size_t id_bytes = 4;
constexpr std::size_t time_bytes = 8;

std::unexpected<Error> malformed(std::string why) { return fail(ErrorCode::NoteMalformed, {}, std::move(why)); }

std::uint64_t big_endian(ByteView bytes) noexcept {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    return number;
}

// Unicode's White_Space in UTF-8, without what lies below U+0020.
constexpr std::string_view spaces[] = {
    " ", "\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
    "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",
    "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

// "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus (U+002B) characters."
bool is_key_name(std::string_view name) {
    const auto has = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
    const bool control = std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return !name.empty() && is_utf8(name) && !control && !has("+") && std::ranges::none_of(spaces, has);
}

Result<SignatureLine> parse_line(std::string_view line) {
    if (!line.starts_with(line_start)) return malformed("a signature line does not start with a dash and a space");
    line.remove_prefix(line_start.size());
    const auto space = line.find(' ');
    const std::string_view name = line.substr(0, space);
    if (space == std::string_view::npos || !is_key_name(name)) return malformed("a signature line has no key name");
    const auto bytes = crypto::from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= id_bytes) return malformed("a signature is not Base64 of a key id and a signature");
    return SignatureLine{std::string(name), static_cast<std::uint32_t>(big_endian(ByteView(*bytes).first(id_bytes))),
                         to_bytes(ByteView(*bytes).subspan(id_bytes))};
}

// Empty when the signature does not fit.
std::optional<Signer> verify_line(const SignatureLine& line, const VerifierKey& key, std::string_view text) {
    ByteView signature = line.signature;
    std::string message(text);
    std::optional<UnixSeconds> witnessed_at;
    if (key.kind == VerifierKey::Kind::Cosignature) {
        if (signature.size() != time_bytes + crypto::signature_size) return {};
        const std::uint64_t time = big_endian(signature.first(time_bytes));
        if (time >> 63 != 0) return {};  // tlog-cosignature: "It MUST NOT exceed 2^63 - 1"
        witnessed_at = static_cast<UnixSeconds>(time);
        signature = signature.subspan(time_bytes);
        message = "cosignature/v1\ntime " + std::to_string(time) + "\n" + message;
    }
    if (crypto::verify_ed25519(key.key, as_bytes(message), signature) != crypto::SignatureCheck::Valid) return {};
    return Signer{key.name, witnessed_at};
}

}  // namespace

std::uint32_t key_id(std::string_view name, VerifierKey::Kind kind, ByteView public_key) {
    // "key ID = SHA-256(key name || 0x0A || signature type || public key)[:4]"
    std::string input(name);
    input += '\n';
    input += static_cast<char>(kind);
    input += as_text(public_key);
    const crypto::Digest digest = crypto::sha256(as_bytes(input));
    return static_cast<std::uint32_t>(big_endian(ByteView(digest).first(id_bytes)));
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
    const auto bad = [](std::string why) { return fail(ErrorCode::NoteBadKey, {}, std::move(why)); };
    const auto first = text.find('+');
    const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return bad("no name+id+key");
    const std::string_view name = text.substr(0, first);
    const std::string_view id = text.substr(first + 1, second - first - 1);
    if (!is_key_name(name)) return bad("name");
    const bool lower_case = id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    if (id.size() != 2 * id_bytes || !lower_case) return bad("id");
    const auto bytes = crypto::from_base64(text.substr(second + 1));
    if (!bytes || bytes->size() != 1 + crypto::public_key_size) return bad("key");
    VerifierKey key{.name = std::string(name), .kind = static_cast<VerifierKey::Kind>(bytes->front())};
    if (key.kind != VerifierKey::Kind::Ed25519 && key.kind != VerifierKey::Kind::Cosignature) return bad("kind");
    std::ranges::copy(ByteView(*bytes).subspan(1), key.key.begin());
    key.id = key_id(name, key.kind, key.key);
    const auto stated = from_hex(id);
    if (!stated || big_endian(*stated) != key.id) return bad("the id does not fit the key");
    return key;
}

Result<Note> parse_note(std::string_view note) {
    if (note.size() > max_note_bytes) return fail(ErrorCode::NoteTooLarge, max_note_bytes);
    if (const auto bad = find_invalid_utf8(note)) return fail(ErrorCode::NoteMalformed, *bad, "UTF-8");
    const auto control = std::ranges::find_if(note, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
    if (control != note.end())
        return fail(ErrorCode::NoteMalformed, static_cast<std::size_t>(control - note.begin()), "control character");
    // "the text is separated from the signatures by the last empty line in the note"
    const auto split = note.rfind("\n\n");
    if (split == std::string_view::npos || !note.ends_with('\n')) return malformed("no signatures after an empty line");
    Note parsed{.text = std::string(note.substr(0, split + 1))};
    for (std::string_view rest = note.substr(split + 2); !rest.empty();) {
        const auto end = rest.find('\n');  // there is one: the note ends in it
        auto line = parse_line(rest.substr(0, end));
        if (!line) return std::unexpected(line.error());
        if (parsed.signatures.size() == max_signatures) return fail(ErrorCode::NoteTooLarge, {}, "signatures");
        parsed.signatures.push_back(std::move(*line));
        rest.remove_prefix(end + 1);
    }
    if (parsed.signatures.empty()) return malformed("no signatures after an empty line");
    return parsed;
}

Result<VerifiedNote> verify_note(std::string_view note, std::span<const VerifierKey> keys) {
    auto parsed = parse_note(note);
    if (!parsed) return std::unexpected(parsed.error());
    VerifiedNote verified;
    std::vector<const VerifierKey*> seen;
    for (const SignatureLine& line : parsed->signatures) {
        const auto key = std::ranges::find_if(
            keys, [&](const VerifierKey& known) { return known.name == line.name && known.id == line.key_id; });
        if (key == keys.end() || std::ranges::find(seen, &*key) != seen.end()) continue;
        // "If the key name and ID match a known key, verifiers MUST verify the signature. If a signature from a known
        // key fails to verify, clients SHOULD reject the whole note."
        auto signer = verify_line(line, *key, parsed->text);
        if (!signer) return fail(ErrorCode::NoteWrongSignature, {}, line.name);
        verified.signers.push_back(std::move(*signer));
        seen.push_back(&*key);
    }
    if (verified.signers.empty()) return fail(ErrorCode::NoteUnsigned);
    verified.text = std::move(parsed->text);
    return verified;
}

}  // namespace pipa::note
