#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "crypto/base64.hpp"
#include "support/exact_bytes.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"
#include "tlog/checkpoint.hpp"

using namespace pipa;
using namespace pipa::test;
using note::VerifierKey;

namespace {

// The examples of the C2SP signed-note specification.
constexpr std::string_view example_key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view example_note =
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

VerifierKey key_of(const std::string& name, VerifierKey::Kind kind = VerifierKey::Kind::Ed25519) {
    const crypto::PublicKey key = worthless_key(name).public_key();
    return {name, note::key_id(name, kind, key), kind, key};
}

std::string line_of(const VerifierKey& key, const Bytes& signature) {
    Bytes bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(key.id >> shift));
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return "— " + key.name + " " + crypto::to_base64(bytes) + "\n";
}

std::string sign(const std::string& text, const std::string& name) {
    return line_of(key_of(name), to_bytes(worthless_key(name).sign(as_bytes(text))));
}

std::string cosign(const std::string& text, const std::string& name, std::uint64_t time) {
    Bytes signature;
    for (int shift = 56; shift >= 0; shift -= 8) signature.push_back(static_cast<std::uint8_t>(time >> shift));
    const std::string message = "cosignature/v1\ntime " + std::to_string(time) + "\n" + text;
    const auto of_message = worthless_key(name).sign(as_bytes(message));
    signature.insert(signature.end(), of_message.begin(), of_message.end());
    return line_of(key_of(name, VerifierKey::Kind::Cosignature), signature);
}

std::string verify(std::string_view text, const std::vector<VerifierKey>& keys) {
    const auto verified = note::verify_note(Exact(text).text(), keys);
    if (!verified) return answer_of(verified.error());
    std::string signers;
    for (const auto& signer : verified->signers) {
        signers += (signers.empty() ? "" : " ") + signer.name;
        if (signer.witnessed_at) signers += "@" + std::to_string(*signer.witnessed_at);
    }
    return signers;
}

}  // namespace

TEST_CASE("note: verifies the specification's example", "[log]") {
    const auto key = note::parse_verifier_key(example_key);
    REQUIRE(key);
    CHECK(verify(example_note, {*key}) == "example.com/foo");
    CHECK(note::verify_note(example_note, std::span(&*key, 1))->text == "This is an example message.\n");
    std::string changed(example_note);
    changed[0] = 't';
    CHECK(verify(changed, {*key}) == "note.wrong_signature(example.com/foo)");
    CHECK(verify(example_note, {key_of("example.com/foo")}) == "note.unsigned");  // the same name, another id
    CHECK(verify(example_note, {}) == "note.unsigned");
}

TEST_CASE("note: reads verifier keys strictly", "[log]") {
    const auto answer = [](std::string_view text) { return answer_of(note::parse_verifier_key(Exact(text).text())); };
    CHECK(answer(example_key) == "ok");
    CHECK(answer("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(the id does not fit the key)");
    CHECK(answer("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(id)");
    CHECK(answer("example.com/foo+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(id)");
    CHECK(answer("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(kind)");
    CHECK(answer("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2") == "note.bad_key(key)");
    CHECK(answer("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==") == "note.bad_key(key)");
    CHECK(answer("example foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(name)");
    CHECK(answer("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(name)");
    CHECK(answer("枇\u3000杷+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(name)");
    CHECK(answer("example.com/foo") == "note.bad_key(no name+id+key)");
    CHECK(answer("") == "note.bad_key(no name+id+key)");
    CHECK(answer("a++AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(id)");
    CHECK(answer("a\x1F" "b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(name)");
    CHECK(answer("a\xFF+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k") == "note.bad_key(name)");
}

TEST_CASE("note: refuses what is not a note", "[log]") {
    const std::string text = "text\n";
    const std::string line = sign(text, "a");
    const std::vector<VerifierKey> keys{key_of("a")};
    CHECK(verify(text + "\n" + line, keys) == "a");
    const std::string bad[] = {"", "\n", "text\n", "text\n\n", text + line, text + "\n" + line.substr(0, line.size() - 1),
                               text + "\n" + line + "\n", text + "\n" + line + "x\n", "te\rxt\n\n" + line, "te\txt\n\n" + line,
                               std::string("te\0xt\n\n", 7) + line, "te\xFFxt\n\n" + line, text + "\n- a AAAA\n",
                               text + "\n— a\n", text + "\n—  AAAAAAAA\n", text + "\n— a AAAA\n", text + "\n— a+b AAAAAAAA\n",
                               text + "\n— a AAAAAAA\n", text + "\n— a  AAAAAAAA\n", text + "\n\xE2\x80\x94"};
    for (const std::string& note : bad) {
        INFO(note);
        CHECK(without_detail(verify(note, keys)).starts_with("note.malformed"));
    }
    CHECK(verify(std::string(note::max_note_bytes + 1, 'a'), keys) == "note.too_large@1048576");
}

TEST_CASE("note: the last empty line parts text and signatures", "[log]") {
    const std::string text = "one\n\ntwo\n";
    CHECK(verify(text + "\n" + sign(text, "a"), {key_of("a")}) == "a");
    CHECK(note::parse_note(text + "\n" + sign(text, "a"))->text == text);
}

TEST_CASE("note: ignores keys that it does not know and insists on those that it does", "[log]") {
    const std::string text = "text\n";
    const std::vector<VerifierKey> keys{key_of("a"), key_of("b")};
    CHECK(verify(text + "\n" + sign(text, "stranger") + sign(text, "b") + sign(text, "a"), keys) == "b a");
    CHECK(verify(text + "\n" + sign(text, "a") + sign("other\n", "b"), keys) == "note.wrong_signature(b)");
    CHECK(verify(text + "\n" + sign(text, "a") + sign(text, "a"), keys) == "a");
    CHECK(verify(text + "\n" + sign(text, "stranger"), keys) == "note.unsigned");
    std::string many;
    for (int i = 0; i < 16; ++i) many += sign(text, "stranger " + std::to_string(i)).replace(4 + 8, 1, "-");
    CHECK(verify(text + "\n" + many + sign(text, "a"), keys) == "a");
    for (int i = 0; i < 100; ++i) many += sign(text, "a");
    CHECK(verify(text + "\n" + many, keys) == "note.too_large(signatures)");
}

TEST_CASE("note: a witness's cosignature covers its time", "[log]") {
    const std::string text = "example.com/log\n1\n" + crypto::to_base64(Bytes(32)) + "\n";
    const VerifierKey witness = key_of("witness", VerifierKey::Kind::Cosignature);
    CHECK(verify(text + "\n" + cosign(text, "witness", 1'679'315'147), {witness}) == "witness@1679315147");
    CHECK(verify(text + "\n" + sign(text, "witness"), {witness}) == "note.unsigned");  // another kind, another id
    CHECK(verify(text + "\n" + cosign(text, "witness", std::uint64_t{1} << 63), {witness}) == "note.wrong_signature(witness)");
    std::string later = cosign(text, "witness", 1'679'315'147);
    CHECK(verify(text + "\n" + line_of(witness, Bytes(71)), {witness}) == "note.wrong_signature(witness)");
    CHECK(verify("other\n\n" + later, {witness}) == "note.wrong_signature(witness)");
}

TEST_CASE("checkpoint: reads size and root of the log it names", "[log]") {
    const std::string root = crypto::to_base64(Bytes(32, 7));
    const std::string text = "example.com/log\n20852163\n" + root + "\n";
    const auto parsed = tlog::parse_checkpoint(text + "extension\n");
    REQUIRE(parsed);
    CHECK(parsed->origin == "example.com/log");
    CHECK(parsed->size == 20'852'163);
    CHECK(parsed->root[31] == 7);
    CHECK(parsed->extensions == std::vector<std::string>{"extension"});
    const std::string bad[] = {"", "a\n1\n", "a\n1\n" + root, "a\n01\n" + root + "\n", "a\n-1\n" + root + "\n", "a\n+1\n" + root + "\n",
                               "a\n1x\n" + root + "\n", "a\n18446744073709551616\n" + root + "\n", "a\n1\nAAAA\n",
                               "a\n1\n" + root + "\n\n", "\n1\n" + root + "\n"};
    for (const std::string& wrong : bad) {
        INFO(wrong);
        CHECK(without_detail(answer_of(tlog::parse_checkpoint(wrong))) == "checkpoint.malformed");
    }
    CHECK(tlog::parse_checkpoint("a\n0\n" + root + "\n"));
}

TEST_CASE("checkpoint: only the log speaks for the log", "[log]") {
    const std::string text = "example.com/log\n5\n" + crypto::to_base64(Bytes(32, 7)) + "\n";
    const VerifierKey log = key_of("example.com/log");
    const std::vector<VerifierKey> witnesses{key_of("witness", VerifierKey::Kind::Cosignature)};
    const std::string by_log = text + "\n" + sign(text, "example.com/log");
    const auto opened = tlog::open_checkpoint(by_log + cosign(text, "witness", 9), "example.com/log", log, witnesses);
    REQUIRE(opened);
    CHECK(opened->checkpoint.size == 5);
    REQUIRE(opened->witnesses.size() == 1);
    CHECK(opened->witnesses[0].witnessed_at == 9);
    CHECK(tlog::open_checkpoint(by_log, "example.com/log", log, witnesses)->witnesses.empty());
    CHECK(answer_of(tlog::open_checkpoint(text + "\n" + cosign(text, "witness", 9), "example.com/log", log, witnesses)) == "note.unsigned");
    CHECK(answer_of(tlog::open_checkpoint(by_log, "example.com/other", log)) == "checkpoint.wrong_origin(example.com/log)");
}
