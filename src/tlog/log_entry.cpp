#include "tlog/log_entry.hpp"

#include <algorithm>

#include "base/heap_sort.hpp"
#include "tlog/proof_file.hpp"

namespace pipa::tlog {
namespace {

constexpr std::int64_t certificate_kind = 1;

// The name under which somebody claims to have signed: the first line of the note.
std::string_view origin_of(std::string_view checkpoint) { return checkpoint.substr(0, checkpoint.find('\n')); }

std::optional<UnixSeconds> plausible(std::optional<UnixSeconds> time) {
    return time && is_plausible_time(*time) ? time : std::nullopt;
}

// When it was there at the latest. Whoever has the log's key may write any time under it, so as many witnesses as are asked for have to have
// seen it by then too; where none is asked for, the log's own word is enough, or the first witness's where it gave no time.
std::optional<UnixSeconds> shown_since(const TrustedCheckpoint& opened, std::size_t threshold) {
    std::vector<UnixSeconds> seen;
    for (const note::Signer& witness : opened.witnesses)
        if (const auto time = plausible(witness.witnessed_at)) seen.push_back(*time);
    heap_sort(seen);
    if (seen.size() < threshold) return {};
    if (threshold == 0 && opened.signed_at) return opened.signed_at;
    if (seen.empty()) return {};
    const UnixSeconds enough = seen[threshold == 0 ? 0 : threshold - 1];
    return std::max(enough, opened.signed_at.value_or(enough));
}

Result<LogInclusion> check_against(const ProofFile& proof, const Bytes& entry, const PublicLog& named) {
    const auto log = known_log(named);
    if (!log) return std::unexpected(log.error());
    auto opened = open_trusted(proof.checkpoint, *log);
    if (!opened) return std::unexpected(opened.error());
    const Checkpoint& checkpoint = opened->checkpoint;
    const auto included = merkle::verify_inclusion(proof.index, checkpoint.size, merkle::hash_leaf(entry), proof.hashes, checkpoint.root);
    if (!included) return std::unexpected(included.error());
    const auto since = shown_since(*opened, log->threshold);
    return LogInclusion{checkpoint.origin, proof.index, checkpoint.size, since, std::move(opened->witnesses)};
}

}  // namespace

Result<Bytes> certificate_entry(ByteView certificate_message) {
    const auto statement = cose::parse_statement(certificate_message, cose::StatementType::Certificate);
    if (!statement) return std::unexpected(statement.error());
    return cbor::encode(cbor::make_array({cbor::make_integer(certificate_kind), cbor::make_bytes(statement->kid),
                                          cbor::make_bytes(crypto::sha256(certificate_message))}));
}

std::optional<crypto::Digest> digest_in_entry(ByteView entry) {
    const auto value = cbor::decode(entry, cbor::Rules::deterministic, {.max_bytes = 64, .max_depth = 2});
    if (!value || !value->is(cbor::Type::Array) || value->items.size() != 3 || value->items[0].integer() != certificate_kind) return {};
    crypto::Digest digest{};
    const cbor::Value& last = value->items[2];
    if (!last.is(cbor::Type::Bytes) || last.bytes.size() != digest.size()) return {};
    std::ranges::copy(last.bytes, digest.begin());
    return digest;
}

note::VerifierKey time_key_of(const note::VerifierKey& log_key) {
    constexpr auto kind = note::VerifierKey::Kind::Cosignature;
    return {log_key.name, note::key_id(log_key.name, kind, log_key.key), kind, log_key.key};
}

Result<KnownLog> known_log(const PublicLog& log) {
    auto key = note::parse_verifier_key(log.key);
    if (!key) return std::unexpected(key.error());
    if (key->kind != note::VerifierKey::Kind::Ed25519) return fail(ErrorCode::NoteBadKey, {}, "a log signs with a key of kind 1");
    KnownLog known{.key = std::move(*key), .threshold = static_cast<std::size_t>(log.threshold)};
    for (const std::string& text : log.witnesses) {
        auto witness = note::parse_verifier_key(text);
        if (!witness) return std::unexpected(witness.error());
        // The log is no witness of itself, by whatever name.
        const bool own = witness->key == known.key.key || witness->name == known.key.name;
        if (own || witness->kind != note::VerifierKey::Kind::Cosignature) return fail(ErrorCode::NoteBadKey, {}, "a witness signs with a key of kind 4 that is its own");
        const auto same_key = [&](const note::VerifierKey& other) { return other.key == witness->key; };
        if (std::ranges::any_of(known.witnesses, same_key)) return fail(ErrorCode::NoteBadKey, {}, "a witness stands twice");
        known.witnesses.push_back(std::move(*witness));
    }
    if (known.threshold > known.witnesses.size()) return fail(ErrorCode::NoteBadKey, {}, "more witnesses are required than there are");
    return known;
}

Result<TrustedCheckpoint> open_trusted(std::string_view checkpoint, const KnownLog& log) {
    std::vector<note::VerifierKey> keys = log.witnesses;
    keys.push_back(log.key);
    keys.push_back(time_key_of(log.key));
    auto verified = note::verify_note(checkpoint, keys);
    if (!verified) return std::unexpected(verified.error());
    TrustedCheckpoint out;
    bool by_log = false;
    for (note::Signer& signer : verified->signers) {  // only the log's own key signs without a time
        if (!signer.witnessed_at) by_log = true;
        else if (signer.name == log.key.name) out.signed_at = plausible(signer.witnessed_at);
        else out.witnesses.push_back(std::move(signer));
    }
    if (!by_log) return fail(ErrorCode::NoteUnsigned);  // a witness confirms what the log said; it cannot speak for the log
    auto parsed = parse_checkpoint(verified->text);
    if (!parsed) return std::unexpected(parsed.error());
    if (parsed->origin != log.key.name) return fail(ErrorCode::CheckpointWrongOrigin, {}, parsed->origin.substr(0, 100));
    if (out.witnesses.size() < log.threshold)
        return fail(ErrorCode::LogProofFewWitnesses, {}, std::to_string(out.witnesses.size()) + " of " + std::to_string(log.threshold));
    out.checkpoint = std::move(*parsed);
    return out;
}

Result<LogInclusion> check_log_proof(ByteView certificate_message, std::string_view proof, std::span<const PublicLog> logs) {
    const auto entry = certificate_entry(certificate_message);
    if (!entry) return std::unexpected(entry.error());
    const auto parsed = parse_proof_file(proof);
    if (!parsed) return std::unexpected(parsed.error());
    const std::string_view origin = origin_of(parsed->checkpoint);
    Result<LogInclusion> outcome = fail(ErrorCode::LogProofUnknownLog, {}, std::string(origin.substr(0, 100)));
    for (const PublicLog& log : logs) {  // one name may have several keys, old and new
        if (std::string_view{log.key}.substr(0, log.key.find('+')) != origin) continue;
        outcome = check_against(*parsed, *entry, log);
        if (outcome || outcome.error().code != ErrorCode::NoteUnsigned) break;
    }
    return outcome;
}

}  // namespace pipa::tlog
