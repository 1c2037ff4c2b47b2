// Metadata that is properly signed and still not what the specification says: each member, bent in every way.
#include <catch2/catch_test_macros.hpp>

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
