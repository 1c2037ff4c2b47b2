// Signatures that come back from another machine, and the requests that go there. The first byte says which. A store takes no signature but
// one that its own keys made of what waits; and what a request shows to its signer is what a device reads of it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "base/hex.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/signature_samples.hpp"

using namespace pipa;
using fuzz::must;

namespace {

void check_import(ByteView file) {
    static test::WaitingStore waiting;
    const auto imported = publish::import_signature(waiting.sample.store, file, test::actor_named("office"));
    if (!imported) return;
    const auto json = nlohmann::json::parse(as_text(file), nullptr, false);
    const std::string sig = to_hex(from_hex(json.value("sig", "")).value());
    must(sig.size() == 128 && std::ranges::any_of(waiting.signatures, [&](const std::string& genuine) { return genuine.find(sig) != std::string::npos; }),
         "nothing is taken but a signature of a key that the role has");
    must(!imported->complete, "one of two signatures is not enough");
}

// What a signer is shown of a root is what is written in it.
void check_shown(ByteView request, const publish::RequestFacts& facts) {
    const auto json = nlohmann::json::parse(as_text(request), nullptr, false);
    const auto& body = json.at("signed");
    must(body.at("version") == facts.version, "the version that is shown is the one that is signed");
    if (body.at("_type") != "root") return;
    for (const std::string role : {"root", "targets", "snapshot", "timestamp"}) {
        const std::string line = role + ": " + body["roles"][role]["threshold"].dump() + " of ";
        must(std::ranges::any_of(facts.contents, [&](const std::string& one) { return one.starts_with(line); }), "the threshold that is shown is the one that is signed");
    }
}

void check_request(ByteView file) {
    static const crypto::SecretKey key = test::worthless_key("root");
    const auto facts = publish::read_request(file, "root");
    constexpr UnixSeconds never_expired = 0;
    const auto signature = publish::sign_request(file, "root", key, {}, never_expired);
    const bool is_others = !signature && (signature.error().code == ErrorCode::PublishBadRequest || signature.error().code == ErrorCode::PublishWrongKey);
    must(!facts || signature || is_others, "what can be shown can be signed, but for another role's and by a key that is not waited for");
    if (!signature) return;
    const auto json = nlohmann::json::parse(*signature, nullptr, false);
    must(json.is_object(), "a signature is JSON");
    if (!facts) return;
    must(json["sha256"] == to_hex(facts->digest), "what is signed is what was shown");
    check_shown(file, *facts);
}

}  // namespace

void fuzz_one(ByteView input) {
    if (input.empty()) return;
    if (input[0] == 'r') check_request(input.subspan(1));
    else check_import(input.subspan(1));
}
