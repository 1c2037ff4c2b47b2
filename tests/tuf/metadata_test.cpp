// Metadata that is properly signed and still not what the specification says: each member, bent in every way.
#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "support/table.hpp"
#include "support/tuf_repository.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

struct Bend {
    const char* role;
    const char* patch;   // JSON Patch (RFC 6902) of what is signed
    const char* answer;
};

const Bend bends[] = {
    {"timestamp", R"([{"op":"remove","path":"/version"}])", "tuf.bad_field(timestamp.version)"},
    {"timestamp", R"([{"op":"replace","path":"/version","value":0}])", "tuf.bad_field(timestamp.version)"},
    {"timestamp", R"([{"op":"replace","path":"/version","value":-1}])", "tuf.bad_field(timestamp.version)"},
    {"timestamp", R"([{"op":"replace","path":"/version","value":"2"}])", "tuf.bad_field(timestamp.version)"},
    {"timestamp", R"([{"op":"replace","path":"/version","value":9007199254740992}])", "tuf.bad_field(timestamp.version)"},
    {"timestamp", R"([{"op":"remove","path":"/expires"}])", "tuf.bad_field(timestamp.expires)"},
    {"timestamp", R"([{"op":"replace","path":"/expires","value":"2027-11-20"}])", "tuf.bad_field(timestamp.expires)"},
    {"timestamp", R"([{"op":"replace","path":"/expires","value":"2027-11-20T00:00:00+08:00"}])", "tuf.bad_field(timestamp.expires)"},
    {"timestamp", R"([{"op":"replace","path":"/expires","value":"2027-02-30T00:00:00Z"}])", "tuf.bad_field(timestamp.expires)"},
    {"timestamp", R"([{"op":"remove","path":"/spec_version"}])", "tuf.bad_field(timestamp.spec_version)"},
    {"timestamp", R"([{"op":"replace","path":"/spec_version","value":"1"}])", "tuf.spec_version(timestamp.spec_version)"},
    {"timestamp", R"([{"op":"replace","path":"/spec_version","value":"1.x"}])", "tuf.spec_version(timestamp.spec_version)"},
    {"timestamp", R"([{"op":"replace","path":"/_type","value":"targets"}])", "tuf.wrong_type(timestamp._type)"},
    {"timestamp", R"([{"op":"replace","path":"/meta","value":{}}])", "tuf.bad_field(timestamp.meta)"},
    {"timestamp", R"([{"op":"add","path":"/meta/x.json","value":{"version":1}}])", "tuf.bad_field(timestamp.meta)"},
    {"timestamp", R"([{"op":"replace","path":"/meta/snapshot.json/version","value":null}])", "tuf.bad_field(timestamp.meta.version)"},
    {"timestamp", R"([{"op":"replace","path":"/meta/snapshot.json/hashes","value":{}}])", "tuf.bad_field(timestamp.meta.hashes)"},
    {"timestamp", R"([{"op":"replace","path":"/meta/snapshot.json/hashes","value":{"sha256":"00"}}])", "tuf.bad_field(timestamp.meta.hashes)"},
    {"timestamp", R"([{"op":"replace","path":"/meta/snapshot.json/length","value":0}])", "tuf.bad_field(timestamp.meta.length)"},
    {"snapshot", R"([{"op":"remove","path":"/meta/targets.json"}])", "tuf.bad_field(snapshot.meta)"},
    {"snapshot", R"([{"op":"replace","path":"/meta/targets.json","value":1}])", "tuf.bad_field(snapshot.meta.targets.json)"},
    {"targets", R"([{"op":"remove","path":"/targets"}])", "tuf.bad_field(targets.targets)"},
    {"targets", R"([{"op":"add","path":"/targets/x","value":{"length":1}}])", "tuf.bad_field(targets.targets.x.hashes)"},
    {"targets", R"([{"op":"add","path":"/targets/x","value":{"hashes":{"sha256":"00"},"length":1}}])", "tuf.bad_field(targets.targets.x.hashes)"},
    {"targets", R"([{"op":"add","path":"/targets/x","value":{"hashes":{"a":"b"},"length":-1}}])", "tuf.bad_field(targets.targets.x.length)"},
    {"targets", R"([{"op":"add","path":"/targets/x","value":{"hashes":{"a":"b"},"length":1,"custom":3}}])", "tuf.bad_field(targets.targets.x.custom)"},
    {"targets", R"([{"op":"add","path":"/delegations","value":{}}])", "tuf.bad_field(targets.delegations.keys)"},
    {"targets", R"([{"op":"add","path":"/delegations","value":{"keys":{},"roles":[{"name":"a","keyids":[],"threshold":0,"paths":[]}]}}])", "tuf.bad_field(targets.delegations.roles.threshold)"},
    {"targets", R"([{"op":"add","path":"/delegations","value":{"keys":{},"roles":[{"name":"a","keyids":[],"threshold":1,"paths":[],"path_hash_prefixes":[]}]}}])", "tuf.bad_field(targets.delegations.roles.paths)"},
    {"targets", R"([{"op":"add","path":"/delegations","value":{"keys":{},"roles":[{"name":"a","keyids":[],"threshold":1,"paths":[1]}]}}])", "tuf.bad_field(targets.delegations.roles.paths)"},
    {"targets", R"([{"op":"add","path":"/delegations","value":{"keys":{},"roles":[{"name":"a","keyids":[],"threshold":1},{"name":"a","keyids":[],"threshold":1}]}}])", "tuf.bad_field(targets.delegations.roles)"},
    {"targets", R"([{"op":"add","path":"/delegations","value":{"keys":{"0":5},"roles":[]}}])", "tuf.bad_field(targets.delegations.keys.0)"},
    {"targets", R"([{"op":"add","path":"/delegations","value":{"keys":{},"succinct_roles":{"keyids":[],"threshold":1,"bit_length":33,"name_prefix":"b"}}}])", "tuf.bad_field(targets.delegations.succinct_roles.bit_length)"},
    {"targets", R"([{"op":"add","path":"/delegations","value":{"keys":{},"roles":[],"succinct_roles":{"keyids":[],"threshold":1,"bit_length":3,"name_prefix":"b"}}}])", "tuf.bad_field(targets.delegations.succinct_roles)"},
    {"root", R"([{"op":"remove","path":"/roles/snapshot"}])", "tuf.bad_field(root.roles.snapshot)"},
    {"root", R"([{"op":"replace","path":"/consistent_snapshot","value":"yes"}])", "tuf.bad_field(root.consistent_snapshot)"},
    {"root", R"([{"op":"replace","path":"/keys","value":[]}])", "tuf.bad_field(root.keys)"},
};

}  // namespace

TEST_CASE("tuf metadata: every bent member is named", "[tuf]") {
    for (const Bend& bend : bends) {
        INFO(bend.role << " " << bend.patch);
        Repository repository;
        Device device(repository);
        const std::string role = bend.role;
        repository.publish({role});  // so that its version is not the trusted one
        repository[role] = repository[role].patch(Repository::Body::parse(bend.patch));
        const Bytes file = repository.sign(role);
        repository.list_hashes = false;
        const std::string prefix = role == "timestamp" ? "" : "2.";
        repository.files["metadata/" + prefix + role + ".json"] = file;
        if (role == "targets") {
            repository["snapshot"]["meta"]["targets.json"] = {{"version", 2}};
            repository.publish({"snapshot", "timestamp"});
        } else if (role == "snapshot") {
            repository["timestamp"]["meta"]["snapshot.json"] = {{"version", 2}};
            repository.publish({"timestamp"});
        }
        CHECK(device.refresh(repository) == bend.answer);
        CHECK(device.version(role) == (role == "root" ? 1 : 0));
    }
}

TEST_CASE("tuf metadata: members that are not known are signed for and left alone", "[tuf]") {
    Repository repository;
    repository["root"]["x-town"] = {{"a", 1}};
    repository["root"]["roles"]["mirrors"] = {{"keyids", Repository::Body::array()}, {"threshold", 1}};
    repository["targets"]["note"] = "枇杷";
    repository.publish({"root", "targets", "snapshot", "timestamp"});
    Device device(repository);
    CHECK(device.refresh(repository) == "ok");
}

TEST_CASE("tuf metadata: a signature that is no hex spoils only itself", "[tuf]") {
    Repository repository;
    repository.set_root_role("timestamp", {"timestamp key", "second"});
    repository.publish({"root", "timestamp"});
    auto file = Repository::Body::parse(as_text(repository.files["metadata/timestamp.json"]));
    file["signatures"][0]["sig"] = "not hex";
    repository.files["metadata/timestamp.json"] = to_bytes(as_bytes(file.dump()));
    Device device(repository);
    CHECK(device.refresh(repository) == "ok");
    file["signatures"][1]["sig"] = "";
    repository.files["metadata/timestamp.json"] = to_bytes(as_bytes(file.dump()));
    Device other(repository);
    CHECK(other.refresh(repository) == "tuf.wrong_signature(timestamp: 0 of 1, ed25519/ed25519)");
}

TEST_CASE("tuf metadata: keys of kinds that are not known are named when they are needed", "[tuf]") {
    Repository repository;
    auto& root = repository["root"];
    const Repository::Body strange = {{"keytype", "sphincs"}, {"scheme", "plus"}, {"keyval", {{"public", "00"}}}};
    std::string id;
    for (const auto byte : crypto::sha256(as_bytes(strange.dump()))) id += {"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
    root["keys"][id] = strange;
    root["roles"]["timestamp"]["keyids"].push_back(id);
    root["roles"]["timestamp"]["threshold"] = 2;
    repository.publish({"root", "timestamp"});
    auto file = Repository::Body::parse(as_text(repository.files["metadata/timestamp.json"]));
    file["signatures"].push_back({{"keyid", id}, {"sig", "00"}});
    repository.files["metadata/timestamp.json"] = to_bytes(as_bytes(file.dump()));
    Device device(repository);
    CHECK(device.refresh(repository) == "tuf.unsupported_key(timestamp: 1 of 2, sphincs/plus)");
}

TEST_CASE("tuf metadata: custom data of a target comes through as canonical JSON", "[tuf]") {
    Repository repository;
    repository.add_target("targets", "keys", "the keys");
    repository["targets"]["targets"]["keys"]["custom"] = {{"b", 1}, {"a", {"枇杷"}}};
    repository.publish_all();
    Device device(repository);
    REQUIRE(device.refresh(repository) == "ok");
    auto trusted = tuf::TrustedSet::open(device.storage["root.json"], repository_now);
    REQUIRE(trusted);
    trusted->adopt_timestamp(device.storage["timestamp.json"]);
    trusted->adopt_snapshot(device.storage["snapshot.json"]);
    REQUIRE(trusted->accept_targets(device.storage["targets.json"]));
    CHECK(trusted->targets()->targets.at("keys").custom == R"({"a":["枇杷"],"b":1})");
}

namespace {

// What a refresh says where a second key of the timestamp's role, which has to sign as well, is this one.
std::string with_second_key(const char* keytype, const char* scheme, const std::string& material, const std::string& wrong_id = {}) {
    Repository repository;
    auto& root = repository["root"];
    const Repository::Body key = {{"keytype", keytype}, {"scheme", scheme}, {"keyval", {{"public", material}}}};
    std::string canonical = key.dump();  // canonical JSON escapes no line break
    for (std::size_t at = canonical.find("\\n"); at != std::string::npos; at = canonical.find("\\n", at)) canonical.replace(at, 2, "\n");
    const std::string id = wrong_id.empty() ? to_hex(crypto::sha256(as_bytes(canonical))) : wrong_id;
    root["keys"][id] = key;
    root["roles"]["timestamp"]["keyids"].push_back(id);
    root["roles"]["timestamp"]["threshold"] = 2;
    repository.publish({"root", "timestamp"});
    auto file = Repository::Body::parse(as_text(repository.files["metadata/timestamp.json"]));
    file["signatures"].push_back({{"keyid", id}, {"sig", "00"}});
    repository.files["metadata/timestamp.json"] = to_bytes(as_bytes(file.dump()));
    Device device(repository);
    return device.refresh(repository);
}

constexpr const char* pem_head = "-----BEGIN PUBLIC KEY-----";
constexpr const char* pem_tail = "-----END PUBLIC KEY-----";

}  // namespace

TEST_CASE("tuf metadata: a key that is no key of its kind is named as such", "[tuf]") {
    const std::string bad = "tuf.bad_key(timestamp: 1 of 2, ";
    for (const std::string& material : {std::string{"zz"}, std::string{"00"}, std::string(62, '0'), std::string(66, '0'), std::string{}}) {
        INFO(material);
        CHECK(with_second_key("ed25519", "ed25519", material) == bad + "ed25519/ed25519)");
    }
    CHECK(with_second_key("ed25519", "ed25519", std::string(64, '0')) == "tuf.wrong_signature(timestamp: 1 of 2, ed25519/ed25519)");
    const std::string head = pem_head, tail = pem_tail;
    for (const std::string& material : {std::string{}, head, tail, head + "AAAA", "AAAA" + tail, head + tail, head + "\n\n" + tail, head + "A" + tail, head + "*AAA" + tail, head + "AAAA" + tail + "x",
                                        "x" + head + "AAAA" + tail, head + "\nAAAA\n" + tail + "\n"}) {
        INFO(material);
        CHECK(with_second_key("ecdsa", "ecdsa-sha2-nistp256", material) == bad + "ecdsa/ecdsa-sha2-nistp256)");
        CHECK(with_second_key("rsa", "rsassa-pss-sha256", material) == bad + "rsa/rsassa-pss-sha256)");
    }
    CHECK(with_second_key("ed25519", "ed25519", std::string(64, '0'), std::string(64, 'a')) == "tuf.wrong_key_id(timestamp: 1 of 2, ed25519/ed25519)");
    CHECK(with_second_key("ed25519", "ecdsa-sha2-nistp256", std::string(64, '0')) == "tuf.unsupported_key(timestamp: 1 of 2, ed25519/ecdsa-sha2-nistp256)");
}

TEST_CASE("tuf metadata: what a device stored and cannot read counts for nothing", "[tuf]") {
    const Bytes other_role = Repository{}.files.at("metadata/1.targets.json");
    for (const char* stored : {"timestamp.json", "snapshot.json", "targets.json"})
        for (const Bytes& content : {Bytes{}, Bytes{'{', '}'}, Bytes(20'000, ' '), other_role}) {
            if (std::string_view{stored} == "targets.json" && content == other_role) continue;
            INFO(stored << " of " << content.size() << " bytes");
            Followed given;
            const std::string versions = given.device.versions();
            given.device.storage[stored] = content;
            CHECK(given.device.refresh(given.repository) == "ok");
            CHECK(given.device.versions() == versions);
        }
}
