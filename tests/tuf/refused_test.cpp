#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "tuf/strict_json.hpp"
#include "support/tuf_repository.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("tuf in the browser: refuses keys of hardware tokens by name, and works without them", "[tuf]") {
    const char* const pem = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    struct Row { const char* keytype; const char* scheme; const char* answer; };
    const Row rows[] = {
        {"ecdsa", "ecdsa-sha2-nistp256", "tuf.unsupported_key(timestamp: 1 of 2, ecdsa/ecdsa-sha2-nistp256)"},
        {"rsa", "rsassa-pss-sha256", "tuf.unsupported_key(timestamp: 1 of 2, rsa/rsassa-pss-sha256)"},
    };
    for (const Row& row : rows) {
        INFO(row.scheme);
        Repository repository;
        auto& root = repository["root"];
        const Repository::Body key = {{"keytype", row.keytype}, {"scheme", row.scheme}, {"keyval", {{"public", pem}}}};
        const std::string id = to_hex(crypto::sha256(as_bytes(tuf::canonical_json(key))));
        root["keys"][id] = key;
        root["roles"]["timestamp"]["keyids"].push_back(id);
        repository.publish({"root", "timestamp"});
        auto file = Repository::Body::parse(as_text(repository.files["metadata/timestamp.json"]));
        file["signatures"].push_back({{"keyid", id}, {"sig", "3000"}});
        repository.files["metadata/timestamp.json"] = to_bytes(as_bytes(file.dump()));
        Device device(repository);
        CHECK(device.refresh(repository) == "ok");  // one of two is enough, and that one is Ed25519
        root["roles"]["timestamp"]["threshold"] = 2;
        repository.publish({"root"});
        CHECK(device.refresh(repository) == row.answer);
        CHECK(device.version("timestamp") == 2);
    }
}
