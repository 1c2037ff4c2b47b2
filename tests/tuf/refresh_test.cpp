// The refresh of sections 5.2 to 5.6. Attacks on it stand in attacks_test.cpp.
#include <catch2/catch_test_macros.hpp>

#include "support/table.hpp"
#include "support/tuf_repository.hpp"

using namespace pipa;
using namespace pipa::test;
using tuf::Answer;
using tuf::Request;

namespace {

std::vector<std::string> paths(std::initializer_list<const char*> names) { return {names.begin(), names.end()}; }

}  // namespace

TEST_CASE("tuf: asks for what is missing and nothing else", "[tuf]") {
    Repository repository;
    Device device(repository);
    REQUIRE(device.refresh(repository) == "ok");
    CHECK(device.requests == paths({"2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"}));
    REQUIRE(device.refresh(repository) == "ok");
    CHECK(device.requests == paths({"2.root.json", "timestamp.json"}));
    repository.publish({"timestamp"});
    REQUIRE(device.refresh(repository) == "ok");
    CHECK(device.requests == paths({"2.root.json", "timestamp.json"}));
    repository.publish({"snapshot", "timestamp"});
    REQUIRE(device.refresh(repository) == "ok");
    CHECK(device.requests == paths({"2.root.json", "timestamp.json", "2.snapshot.json"}));
}

TEST_CASE("tuf: stores files byte for byte as they came", "[tuf]") {
    Followed followed;
    CHECK(followed.device.storage["timestamp.json"] == followed.repository.files["metadata/timestamp.json"]);
    CHECK(followed.device.storage["targets.json"] == followed.repository.files["metadata/1.targets.json"]);
}

TEST_CASE("tuf: without consistent snapshots names carry no version", "[tuf]") {
    Repository repository;
    repository["root"]["consistent_snapshot"] = false;
    repository.add_target("targets", "keys", "the keys");
    repository.publish({"root", "targets", "snapshot", "timestamp"});
    Device device(repository);
    CHECK(device.download(repository, "keys") == "the keys");
    CHECK(device.requests == paths({"2.root.json", "3.root.json", "timestamp.json", "snapshot.json", "targets.json", "keys"}));
}

TEST_CASE("tuf: goes on where an earlier refresh was broken off", "[tuf]") {
    Followed followed;
    auto& [repository, device] = followed;
    repository.publish_all();
    device.interfere = [](const Request& request) -> std::optional<Answer> {
        if (request.path == "2.snapshot.json") return Answer{.outcome = Answer::Outcome::Unreachable, .detail = "cable"};
        return {};
    };
    CHECK(device.refresh(repository) == "tuf.unreachable(2.snapshot.json: cable)");
    CHECK(device.versions() == "root 1, timestamp 2, snapshot 1, targets 1");
    device.interfere = {};
    CHECK(device.refresh(repository) == "ok");
    CHECK(device.versions() == "root 1, timestamp 2, snapshot 2, targets 2");
}

TEST_CASE("tuf: a stored timestamp that has expired needs a new one, not the same again", "[tuf]") {
    Followed followed;
    followed.device.now = repository_now + 400 * seconds_per_day;
    followed.repository["root"]["expires"] = "2099-01-01T00:00:00Z";
    followed.repository.publish({"root"});
    CHECK(without_detail(followed.device.refresh(followed.repository)) == "tuf.expired");
    for (const char* role : {"targets", "snapshot", "timestamp"}) followed.repository[role]["expires"] = "2099-01-01T00:00:00Z";
    followed.repository.publish_all();
    CHECK(followed.device.refresh(followed.repository) == "ok");
}

TEST_CASE("tuf: expires at its second, not after it", "[tuf]") {
    Repository repository;
    Device device(repository);
    device.now = *parse_time("2027-11-20T00:00:00Z") - 1;
    CHECK(device.refresh(repository) == "ok");
    ++device.now;
    CHECK(without_detail(device.refresh(repository)) == "tuf.expired");
}

TEST_CASE("tuf: a new root takes k of the old keys and k of its own", "[tuf]") {
    Repository repository;
    repository.set_root_role("root", {"a", "b", "c"}, 2);
    repository.signers["root"] = {"root key", "a", "c"};
    repository.publish({"root"});
    Device device(repository);
    CHECK(device.refresh(repository) == "ok");
    repository.set_root_role("root", {"d", "e", "f"}, 3);
    repository.signers["root"] = {"a", "d", "e", "f"};
    repository.publish({"root"});
    CHECK(device.refresh(repository) == "tuf.too_few_signatures(root: 1 of 2)");
    repository["root"]["version"] = 2;
    repository.signers["root"] = {"a", "b", "d", "e", "f"};
    repository.publish({"root"});
    CHECK(device.refresh(repository) == "ok");
    CHECK(device.version("root") == 3);
}

TEST_CASE("tuf: follows no more root files in one go than it may", "[tuf]") {
    Repository repository;
    for (int i = 0; i < 5; ++i) repository.publish({"root"});
    Device device(repository);
    device.limits.root_rotations = 3;
    CHECK(device.refresh(repository) == "ok");
    CHECK(device.version("root") == 4);
    CHECK(device.refresh(repository) == "ok");
    CHECK(device.version("root") == 6);
}

TEST_CASE("tuf: recovers from versions that a stolen snapshot key drove up", "[tuf]") {
    // Section 5.3.11: the honest timestamp has signed for version 1000, so without forgetting it too nothing older is
    // accepted ever again.
    Followed followed;
    auto& [repository, device] = followed;
    repository["snapshot"]["version"] = 999;
    repository.publish({"snapshot", "timestamp"});
    REQUIRE(device.refresh(repository) == "ok");
    REQUIRE(device.version("snapshot") == 1000);
    repository["snapshot"]["version"] = 1;
    repository.set_root_role("snapshot", {"new snapshot key"});
    repository.publish({"root", "snapshot", "timestamp"});
    CHECK(device.refresh(repository) == "ok");
    CHECK(device.version("snapshot") == 2);
}

TEST_CASE("tuf: an added key is no reason to forget what was seen", "[tuf]") {
    Followed followed;
    auto& [repository, device] = followed;
    repository.publish({"timestamp"});
    REQUIRE(device.refresh(repository) == "ok");
    repository.set_root_role("timestamp", {"timestamp key", "second timestamp key"});
    repository["timestamp"]["version"] = 0;
    repository.publish({"root", "timestamp"});
    CHECK(without_detail(device.refresh(repository)) == "tuf.rollback");
    CHECK(device.version("timestamp") == 2);
}

TEST_CASE("tuf: the same key under two ids counts once", "[tuf]") {
    Repository repository;
    auto& keys = repository["root"]["keys"];
    repository.set_root_role("timestamp", {"timestamp key"}, 2);
    const std::string id = repository["root"]["roles"]["timestamp"]["keyids"][0];
    auto twin = keys[id];
    twin["note"] = "the same key, another id";
    const std::string twin_id = Repository::add_key(keys, "placeholder");
    keys.erase(twin_id);
    const auto canonical = twin.dump();  // dump() is canonical for plain ASCII
    const auto digest = crypto::sha256(as_bytes(canonical));
    std::string hex;
    for (const auto byte : digest) hex += {"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
    keys[hex] = twin;
    repository["root"]["roles"]["timestamp"]["keyids"].push_back(hex);
    repository.publish({"root", "timestamp"});
    auto file = Repository::Body::parse(as_text(repository.files["metadata/timestamp.json"]));
    auto second = file["signatures"][0];
    second["keyid"] = hex;
    file["signatures"].push_back(second);
    repository.files["metadata/timestamp.json"] = to_bytes(as_bytes(file.dump()));
    Device device(repository);
    CHECK(device.refresh(repository) == "tuf.too_few_signatures(timestamp: 1 of 2)");
}

TEST_CASE("tuf: a key whose id does not fit counts for nothing", "[tuf]") {
    Repository repository;
    auto& root = repository["root"];
    const std::string id = root["roles"]["timestamp"]["keyids"][0];
    const std::string wrong = std::string(64, '0');
    root["keys"][wrong] = root["keys"][id];
    root["roles"]["timestamp"]["keyids"] = {wrong};
    repository.publish({"root", "timestamp"});
    auto file = Repository::Body::parse(as_text(repository.files["metadata/timestamp.json"]));
    file["signatures"][0]["keyid"] = wrong;
    repository.files["metadata/timestamp.json"] = to_bytes(as_bytes(file.dump()));
    Device device(repository);
    CHECK(device.refresh(repository) == "tuf.wrong_key_id(timestamp: 0 of 1, ed25519/ed25519)");
}

TEST_CASE("tuf: a root that does not fit its own keys is not trusted at all", "[tuf]") {
    Repository repository;
    Bytes root = repository.files["metadata/1.root.json"];
    auto file = Repository::Body::parse(as_text(root));
    file["signed"]["version"] = 2;
    const auto opened = tuf::Client::open(as_bytes(file.dump()), repository_now);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::TufWrongSignature);
}

TEST_CASE("tuf: a device without a network judges by what it stored", "[tuf]") {
    Followed followed;
    auto& storage = followed.device.storage;
    auto trusted = tuf::TrustedSet::open(storage["root.json"], 0);
    REQUIRE(trusted);
    REQUIRE(trusted->adopt_timestamp(storage["timestamp.json"]));
    trusted->adopt_snapshot(storage["snapshot.json"]);
    CHECK(trusted->is_snapshot_current());
    CHECK(trusted->accept_targets(storage["targets.json"]));
    CHECK(trusted->timestamp()->expires == *parse_time("2027-11-20T00:00:00Z"));
}

namespace {

// What our own publisher adds.
void state_root(Repository& repository) { repository["timestamp"]["x-pipa-root"] = repository["root"]["version"]; }

}  // namespace

TEST_CASE("tuf refresh: where the timestamp states the root's version, an unchanged repository takes one request", "[tuf]") {
    Followed followed;
    state_root(followed.repository);
    followed.repository.publish({"timestamp"});
    REQUIRE(followed.device.refresh(followed.repository) == "ok");  // in the usual order: the stored one does not state it yet
    CHECK(followed.device.requests == std::vector<std::string>{"2.root.json", "timestamp.json"});
    REQUIRE(followed.device.refresh(followed.repository) == "ok");
    CHECK(followed.device.requests == std::vector<std::string>{"timestamp.json"});
}

TEST_CASE("tuf refresh: a stated root that is newer is fetched first, and then all in order", "[tuf]") {
    Followed followed;
    state_root(followed.repository);
    followed.repository.publish({"timestamp"});
    REQUIRE(followed.device.refresh(followed.repository) == "ok");
    followed.repository.set_root_role("timestamp", {"another timestamp key"});
    followed.repository.publish({"root"});
    state_root(followed.repository);
    followed.repository.publish({"timestamp"});
    REQUIRE(followed.device.refresh(followed.repository) == "ok");
    CHECK(followed.device.requests == std::vector<std::string>{"timestamp.json", "2.root.json", "3.root.json", "timestamp.json", "1.snapshot.json"});
    CHECK(followed.device.version("root") == 2);
}

TEST_CASE("tuf refresh: the early timestamp cannot hide an attack", "[tuf]") {
    Followed followed;
    state_root(followed.repository);
    followed.repository.publish({"timestamp"});
    const Repository old = followed.repository;
    followed.repository.publish({"timestamp"});
    REQUIRE(followed.device.refresh(followed.repository) == "ok");
    const auto storage = followed.device.storage;
    CHECK(followed.device.refresh(old).starts_with("tuf.rollback"));
    followed.device.now = parse_time("2028-01-01T00:00:00Z").value();
    CHECK(followed.device.refresh(followed.repository).starts_with("tuf.expired"));
    followed.device.now = repository_now;
    followed.device.interfere = [](const tuf::Request&) { return tuf::Answer{tuf::Answer::Outcome::Unreachable}; };
    CHECK(followed.device.refresh(followed.repository).starts_with("tuf.unreachable"));
    CHECK(followed.device.requests == std::vector<std::string>{"timestamp.json"});
    CHECK(followed.device.storage == storage);
}
