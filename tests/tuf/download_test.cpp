// The search for a target (section 5.6.7) and its download (section 5.7).
#include <catch2/catch_test_macros.hpp>

#include "support/table.hpp"
#include "support/tuf_repository.hpp"

using namespace pipa;
using namespace pipa::test;
using Body = Repository::Body;

namespace {

std::vector<std::string> roles_of(const Device& device) {  // the delegated roles that were fetched
    std::vector<std::string> roles;
    for (const std::string& path : device.requests)
        if (path.starts_with("1.") && path != "1.root.json" && path != "1.targets.json") roles.push_back(path);
    return roles;
}

}  // namespace

TEST_CASE("tuf: downloads what the targets list", "[tuf]") {
    Repository repository;
    repository.add_target("targets", "keys/registry.cbor", "registry");
    repository.publish_all();
    Device device(repository);
    CHECK(device.download(repository, "keys/registry.cbor") == "registry");
    CHECK(device.requests.back() == "keys/872491a30d60d598962de6e7b834ab76b2aa65fbab102c6ebaaae6acdc238822.registry.cbor");
    CHECK(device.download(repository, "keys/none") == "tuf.no_such_target(keys/none)");
}

TEST_CASE("tuf: refuses a target that is not the one that was signed for", "[tuf]") {
    Repository repository;
    repository.add_target("targets", "keys", "the keys");
    repository.publish_all();
    Device device(repository);
    Bytes& file = repository.files.rbegin()->second;
    REQUIRE(as_text(file) == "the keys");
    file[0] = 'T';
    CHECK(device.download(repository, "keys") == "tuf.wrong_hash(keys)");
    file.pop_back();
    CHECK(device.download(repository, "keys") == "tuf.wrong_length(keys)");
}

TEST_CASE("tuf: refuses a target that is said to be larger than it may be", "[tuf]") {
    Repository repository;
    repository.add_target("targets", "keys", "the keys");
    repository["targets"]["targets"]["keys"]["length"] = std::uint64_t{1} << 50;
    repository.publish_all();
    Device device(repository);
    CHECK(device.download(repository, "keys") == "tuf.too_large(keys)");
}

TEST_CASE("tuf: hashes that are not known need one beside them that is", "[tuf]") {
    Repository repository;
    repository.add_target("targets", "keys", "the keys");
    auto& hashes = repository["targets"]["targets"]["keys"]["hashes"];
    hashes["sha3-256"] = "00";
    repository.publish_all();
    Device device(repository);
    CHECK(device.download(repository, "keys") == "the keys");
    hashes.erase("sha256");
    repository.publish_all();
    CHECK(device.download(repository, "keys") == "tuf.unknown_hash(keys)");
}

TEST_CASE("tuf: looks through delegations in order, depth first", "[tuf]") {
    Repository repository;
    repository.delegate("targets", "A", {{"paths", {"*"}}});
    repository.delegate("targets", "B", {{"paths", {"*"}}});
    repository.delegate("A", "C", {{"paths", {"*"}}});
    repository.delegate("A", "targets-like", {{"paths", {"other/*"}}});
    repository.delegate("C", "A", {{"paths", {"*"}}});  // a circle
    repository.add_target("B", "file", "from B");
    repository.publish({"A", "B", "C", "targets-like", "targets", "snapshot", "timestamp"});
    Device device(repository);
    CHECK(device.download(repository, "file") == "from B");
    CHECK(roles_of(device) == std::vector<std::string>{"1.A.json", "1.C.json", "1.B.json"});
    CHECK(device.download(repository, "file") == "from B");
    CHECK(roles_of(device).empty());  // all stored, and verified again
}

TEST_CASE("tuf: a terminating delegation ends the search", "[tuf]") {
    Repository repository;
    repository.delegate("targets", "A", {{"paths", {"town/*"}}, {"terminating", true}});
    repository.delegate("targets", "B", {{"paths", {"town/*"}}});
    repository.add_target("B", "town/file", "from B");
    repository.publish({"A", "B", "targets", "snapshot", "timestamp"});
    Device device(repository);
    CHECK(device.download(repository, "town/file") == "tuf.no_such_target(town/file)");
    CHECK(roles_of(device) == std::vector<std::string>{"1.A.json"});
}

TEST_CASE("tuf: a role may only list what was delegated to it", "[tuf]") {
    Repository repository;
    repository.delegate("targets", "yunhe", {{"paths", {"yunhe/*"}}});
    repository.add_target("yunhe", "tangqi/keys", "forged");
    repository.publish({"yunhe", "targets", "snapshot", "timestamp"});
    Device device(repository);
    CHECK(device.download(repository, "tangqi/keys") == "tuf.no_such_target(tangqi/keys)");
}

TEST_CASE("tuf: hashed bins hold the paths whose hash starts like theirs", "[tuf]") {
    Repository repository;
    std::vector<std::string> bins;
    for (const char digit : std::string{"0123456789abcdef"}) {
        bins.push_back(std::string("bin-") + digit);
        repository.delegate("targets", bins.back(), {{"path_hash_prefixes", {std::string(1, digit)}}});
    }
    repository.add_target("bin-a", "status/3", "list");  // SHA-256 of the path starts with a
    bins.insert(bins.end(), {"targets", "snapshot", "timestamp"});
    repository.publish(bins);
    Device device(repository);
    CHECK(device.download(repository, "status/3") == "list");
    CHECK(roles_of(device) == std::vector<std::string>{"1.bin-a.json"});
    CHECK(device.download(repository, "status/1") == "tuf.no_such_target(status/1)");
    CHECK(roles_of(device) == std::vector<std::string>{"1.bin-5.json"});
}

TEST_CASE("tuf: succinct bins share their keys and differ in their number", "[tuf]") {
    Repository repository;
    Body& delegations = repository["targets"]["delegations"];
    delegations = {{"keys", Body::object()}};
    const std::string id = Repository::add_key(delegations["keys"], "bins key");
    delegations["succinct_roles"] = {{"keyids", {id}}, {"threshold", 1}, {"bit_length", 2}, {"name_prefix", "bin"}};
    for (const char* name : {"bin-0", "bin-1", "bin-2", "bin-3"}) {
        repository.bodies[name] = repository["targets"];
        repository.bodies[name].erase("delegations");
        repository.bodies[name]["version"] = 0;
        repository.signers[name] = {"bins key"};
        repository.add_target(name, "status/1", name);
    }
    repository.publish({"bin-0", "bin-1", "bin-2", "bin-3", "targets", "snapshot", "timestamp"});
    Device device(repository);
    const std::string got = device.download(repository, "status/1");
    CHECK(got.starts_with("bin-"));
    CHECK(roles_of(device) == std::vector<std::string>{"1." + got + ".json"});
}

TEST_CASE("tuf: a role must be properly signed for each delegation that leads to it", "[tuf]") {
    // Both parents name `release`, each with keys of its own; only one of them has signed.
    Repository repository;
    repository.delegate("targets", "parent-a", {{"paths", {"a/*"}}});
    repository.delegate("targets", "parent-b", {{"paths", {"b/*"}}});
    repository.delegate("parent-a", "release", {{"paths", {"a/*"}}});
    repository.delegate("parent-b", "release", {{"paths", {"b/*"}}});
    Body& of_b = repository["parent-b"]["delegations"];
    of_b["roles"][0]["keyids"] = {Repository::add_key(of_b["keys"], "another release key")};
    repository.add_target("release", "a/file", "for a");
    repository.add_target("release", "b/file", "not for b");
    repository.publish({"release", "parent-a", "parent-b", "targets", "snapshot", "timestamp"});
    Device device(repository);
    CHECK(device.download_all(repository, {"a/file", "b/file"}) == "tuf.too_few_signatures(release: 0 of 1)");
    CHECK(device.download(repository, "b/file") == "tuf.too_few_signatures(release: 0 of 1)");
    CHECK(device.download(repository, "a/file") == "for a");
}

TEST_CASE("tuf: a role that the snapshot does not list is not asked for", "[tuf]") {
    Repository repository;
    repository.delegate("targets", "town", {{"paths", {"*"}}});
    repository.publish({"town"});
    repository["snapshot"]["meta"].erase("town.json");
    repository.publish_all();
    Device device(repository);
    CHECK(device.download(repository, "file") == "tuf.not_in_snapshot(town)");
    CHECK(roles_of(device).empty());
}

TEST_CASE("tuf: a search visits no more roles than it may", "[tuf]") {
    Repository repository;
    std::vector<std::string> roles;
    for (int i = 0; i < 6; ++i) {
        roles.push_back("role" + std::to_string(i));
        repository.delegate("targets", roles.back(), {{"paths", {"*"}}});
    }
    roles.insert(roles.end(), {"targets", "snapshot", "timestamp"});
    repository.publish(roles);
    Device device(repository);
    device.limits.visited_roles = 4;
    CHECK(device.download(repository, "file") == "tuf.too_many_roles(4)");
    device.limits.visited_roles = 6;
    CHECK(device.download(repository, "file") == "tuf.no_such_target(file)");
}

TEST_CASE("tuf: an error of one search does not spoil the next", "[tuf]") {
    Repository repository;
    repository.add_target("targets", "keys", "the keys");
    repository.publish_all();
    Device device(repository);
    auto client = tuf::Client::open(device.storage["root.json"], repository_now);
    REQUIRE(client);
    client->find("keys");  // too early: the refresh goes on
    CHECK(client->next() != nullptr);
    CHECK(device.download(repository, "none") == "tuf.no_such_target(none)");
    CHECK(device.download(repository, "keys") == "the keys");
}

TEST_CASE("tuf: a delegated role cannot take the name of a top-level one", "[tuf]") {
    for (const char* name : {"root", "timestamp", "snapshot", "targets", ""}) {
        INFO(name);
        Repository repository;
        repository.delegate("targets", "town", {{"paths", {"*"}}});
        repository["targets"]["delegations"]["roles"][0]["name"] = name;
        repository.publish({"town", "targets", "snapshot", "timestamp"});
        Device device(repository);
        CHECK(device.refresh(repository) == "tuf.bad_field(targets.delegations.roles.name)");
    }
}
