// Every attack on a refresh (section 5): each has its own code, and what was trusted before stays.
#include <catch2/catch_test_macros.hpp>

#include "support/tuf_repository.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

struct Attack {
    const char* name;
    void (*prepare)(Repository&, Device&);
    const char* answer;    // the code
    const char* versions;  // what is trusted afterwards
};

std::string code_of(const std::string& answer) { return answer.substr(0, answer.find_first_of("@(")); }

void truncate(Bytes& file) { file.resize(file.size() / 2); }
void lengthen(Repository::Body& body, std::size_t size) { body["padding"] = std::string(size, 'x'); }

const Attack attacks[] = {
    {"a truncated timestamp", [](Repository& r, Device&) {
         r.publish({"timestamp"});
         truncate(r.files["metadata/timestamp.json"]);
     }, "tuf.bad_json", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"an oversized timestamp", [](Repository& r, Device&) {
         lengthen(r["timestamp"], 20'000);
         r.publish({"timestamp"});
     }, "tuf.too_large", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"a timestamp signed by a strange key", [](Repository& r, Device&) {
         r.signers["timestamp"] = {"stranger"};
         r.publish({"timestamp"});
     }, "tuf.too_few_signatures", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"a timestamp changed after it was signed", [](Repository& r, Device&) {
         r.publish({"timestamp"});
         auto file = Repository::Body::parse(as_text(r.files["metadata/timestamp.json"]));
         file["signed"]["version"] = 9;
         r.files["metadata/timestamp.json"] = to_bytes(as_bytes(file.dump()));
     }, "tuf.wrong_signature", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"a signature twice", [](Repository& r, Device&) {
         r.signers["timestamp"] = {"timestamp key", "timestamp key"};
         r.publish({"timestamp"});
     }, "tuf.duplicate_signature", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"an expired timestamp", [](Repository& r, Device&) {
         r["timestamp"]["expires"] = "2026-01-01T00:00:00Z";
         r.publish({"timestamp"});
     }, "tuf.expired", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"an older timestamp", [](Repository& r, Device& d) {
         const Bytes old = r.files["metadata/timestamp.json"];
         r.publish({"timestamp"});
         REQUIRE(d.refresh(r) == "ok");
         r.files["metadata/timestamp.json"] = old;
     }, "tuf.rollback", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"a newer timestamp that names an older snapshot", [](Repository& r, Device& d) {
         r.publish({"snapshot", "timestamp"});
         REQUIRE(d.refresh(r) == "ok");
         r["timestamp"]["meta"]["snapshot.json"] = {{"version", 1}};
         r.publish({"timestamp"});
     }, "tuf.rollback", "root 1, timestamp 2, snapshot 2, targets 1"},
    {"a snapshot in the timestamp's place", [](Repository& r, Device&) {
         r.set_root_role("snapshot", {"timestamp key"});
         r.publish({"root", "snapshot"});
         r.files["metadata/timestamp.json"] = r.files["metadata/2.snapshot.json"];
     }, "tuf.wrong_type", "root 2, timestamp 0, snapshot 0, targets 1"},
    {"no timestamp", [](Repository& r, Device&) { r.files.erase("metadata/timestamp.json"); }, "tuf.not_found",
     "root 1, timestamp 1, snapshot 1, targets 1"},
    {"a snapshot that is another one than was signed for", [](Repository& r, Device&) {
         r.publish({"snapshot", "timestamp"});
         Bytes& file = r.files["metadata/2.snapshot.json"];
         file[file.size() - 2] = ' ';
     }, "tuf.wrong_hash", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"a snapshot of another length", [](Repository& r, Device&) {
         r.publish({"snapshot", "timestamp"});
         r.files["metadata/2.snapshot.json"].pop_back();
     }, "tuf.wrong_length", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"an endless snapshot", [](Repository& r, Device&) {
         r.publish({"snapshot", "timestamp"});
         r.files["metadata/2.snapshot.json"].resize(5'000'000, ' ');
     }, "tuf.too_large", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"a snapshot that is said to be huge", [](Repository& r, Device&) {
         r.publish({"snapshot"});
         r["timestamp"]["meta"]["snapshot.json"]["length"] = std::uint64_t{1} << 40;
         r.publish({"timestamp"});
     }, "tuf.too_large", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"an unknown kind of hash alone", [](Repository& r, Device&) {
         r.publish({"snapshot"});
         r["timestamp"]["meta"]["snapshot.json"]["hashes"] = {{"md5", "00"}};
         r.publish({"timestamp"});
     }, "tuf.unknown_hash", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"a snapshot of another version than asked for", [](Repository& r, Device&) {
         r.list_hashes = false;
         r.publish({"snapshot", "timestamp"});
         r.files["metadata/2.snapshot.json"] = r.files["metadata/1.snapshot.json"];
     }, "tuf.wrong_version", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"a snapshot that takes targets back", [](Repository& r, Device& d) {
         r.publish_all();
         REQUIRE(d.refresh(r) == "ok");
         r["snapshot"]["meta"]["targets.json"] = {{"version", 1}};
         r.publish({"snapshot", "timestamp"});
     }, "tuf.rollback", "root 1, timestamp 3, snapshot 2, targets 2"},
    {"a snapshot that forgets a role", [](Repository& r, Device& d) {
         r.delegate("targets", "town", {{"paths", {"town/*"}}});
         r.publish({"town", "targets", "snapshot", "timestamp"});
         REQUIRE(d.refresh(r) == "ok");
         r["snapshot"]["meta"].erase("town.json");
         r.publish({"snapshot", "timestamp"});
     }, "tuf.role_removed", "root 1, timestamp 3, snapshot 2, targets 2"},
    {"an expired snapshot", [](Repository& r, Device&) {
         r["snapshot"]["expires"] = "2026-01-01T00:00:00Z";
         r.publish({"snapshot", "timestamp"});
     }, "tuf.expired", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"targets changed after the snapshot signed for them", [](Repository& r, Device&) {
         r.publish_all();
         r.add_target("targets", "keys", "other keys");
         r.files["metadata/2.targets.json"] = r.sign("targets");
     }, "tuf.too_large", "root 1, timestamp 2, snapshot 2, targets 1"},
    {"swapped targets of the same length", [](Repository& r, Device&) {
         r.publish_all();
         Bytes& file = r.files["metadata/2.targets.json"];
         std::swap(file[file.size() - 2], file[file.size() - 1]);
     }, "tuf.wrong_hash", "root 1, timestamp 2, snapshot 2, targets 1"},
    {"expired targets", [](Repository& r, Device&) {
         r["targets"]["expires"] = "2026-01-01T00:00:00Z";
         r.publish_all();
     }, "tuf.expired", "root 1, timestamp 2, snapshot 2, targets 1"},
    {"a truncated snapshot", [](Repository& r, Device&) {
         r.publish({"snapshot", "timestamp"});
         truncate(r.files["metadata/2.snapshot.json"]);
     }, "tuf.wrong_length", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"a snapshot signed by a strange key", [](Repository& r, Device&) {
         r.signers["snapshot"] = {"stranger"};
         r.publish({"snapshot", "timestamp"});
     }, "tuf.too_few_signatures", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"truncated targets", [](Repository& r, Device&) {
         r.publish({"targets", "snapshot", "timestamp"});
         truncate(r.files["metadata/2.targets.json"]);
     }, "tuf.wrong_length", "root 1, timestamp 2, snapshot 2, targets 1"},
    {"targets signed by a strange key", [](Repository& r, Device&) {
         r.signers["targets"] = {"stranger"};
         r.publish({"targets", "snapshot", "timestamp"});
     }, "tuf.too_few_signatures", "root 1, timestamp 2, snapshot 2, targets 1"},
    {"snapshot and targets in each other's place", [](Repository& r, Device&) {
         r.publish({"targets", "snapshot", "timestamp"});
         std::swap(r.files["metadata/2.snapshot.json"], r.files["metadata/2.targets.json"]);
     }, "tuf.wrong_length", "root 1, timestamp 2, snapshot 1, targets 1"},
    {"a truncated root", [](Repository& r, Device&) {
         r.publish({"root"});
         truncate(r.files["metadata/2.root.json"]);
     }, "tuf.bad_json", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"an oversized root", [](Repository& r, Device&) {
         lengthen(r["root"], 2'000'000);
         r.publish({"root"});
     }, "tuf.too_large", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"a specification that is not known", [](Repository& r, Device&) {
         r["timestamp"]["spec_version"] = "2.0.0";
         r.publish({"timestamp"});
     }, "tuf.spec_version", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"a root not signed by the one before", [](Repository& r, Device&) {
         r.set_root_role("root", {"new root key"});
         r.publish({"root"});
     }, "tuf.too_few_signatures", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"a root not signed by its own keys", [](Repository& r, Device&) {
         r.set_root_role("root", {"new root key"});
         r.signers["root"] = {"root key"};
         r.publish({"root"});
     }, "tuf.too_few_signatures", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"a root that skips a version", [](Repository& r, Device&) {
         r.publish({"root", "root"});
         r.files["metadata/2.root.json"] = r.files["metadata/3.root.json"];
     }, "tuf.wrong_version", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"an old root under a new name", [](Repository& r, Device&) {
         r.files["metadata/2.root.json"] = r.files["metadata/1.root.json"];
     }, "tuf.rollback", "root 1, timestamp 1, snapshot 1, targets 1"},
    {"an expired root, which is stored all the same", [](Repository& r, Device&) {
         r["root"]["expires"] = "2026-01-01T00:00:00Z";
         r.publish({"root", "timestamp"});
     }, "tuf.expired", "root 2, timestamp 1, snapshot 1, targets 1"},
    {"a root whose role lists a key twice", [](Repository& r, Device&) {
         r.set_root_role("timestamp", {"a", "a"}, 2);
         r.publish({"root"});
     }, "tuf.duplicate_key", "root 1, timestamp 1, snapshot 1, targets 1"},
};

}  // namespace

TEST_CASE("tuf: every attack has its code and leaves the last good state", "[tuf]") {
    for (const Attack& attack : attacks) {
        INFO(attack.name);
        Followed followed;
        attack.prepare(followed.repository, followed.device);
        CHECK(code_of(followed.device.refresh(followed.repository)) == attack.answer);
        CHECK(followed.device.versions() == attack.versions);
    }
}
