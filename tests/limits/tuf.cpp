#include "limits/limits.hpp"
#include "support/tuf_repository.hpp"
#include "tuf/decode.hpp"
#include "tuf/envelope.hpp"
#include "tuf/names.hpp"

namespace pipa::test {
namespace {

Bytes blanks(std::size_t size) { return Bytes(size, ' '); }

// A repository whose metadata are listed by version alone, so that a file of any size is looked at.
struct Unlisted {
    Repository repository{};
    Unlisted() {
        repository.list_hashes = false;
        repository.publish_all();
    }
    [[nodiscard]] tuf::TrustedSet open() const { return tuf::TrustedSet::open(repository.files.at("metadata/1.root.json"),
        repository_now).value(); }
};

std::string root_of(std::size_t size) { return code_of(tuf::TrustedSet::open(blanks(size), repository_now)); }
std::string timestamp_of(std::size_t size) { return code_of(Unlisted{}.open().accept_timestamp(blanks(size))); }
std::string snapshot_of(std::size_t size) {
    const Unlisted given;
    auto trusted = given.open();
    if (!trusted.accept_timestamp(given.repository.files.at("metadata/timestamp.json"))) return "no timestamp";
    return code_of(trusted.accept_snapshot(blanks(size)));
}
std::string targets_of(std::size_t size) {
    const Unlisted given;
    auto trusted = given.open();
    if (!trusted.accept_timestamp(given.repository.files.at("metadata/timestamp.json"))) return "no timestamp";
    if (!trusted.accept_snapshot(given.repository.files.at("metadata/2.snapshot.json"))) return "no snapshot";
    return code_of(trusted.accept_targets(blanks(size)));
}
std::string target_of(std::uint64_t size) {
    Repository repository;
    repository.add_target("targets", "keys", "the keys");
    repository["targets"]["targets"]["keys"]["length"] = size;
    repository.publish_all();
    return Device(repository).download(repository, "keys");
}
// The version of the root that a device comes to in one update.
std::string root_after(int rotations) {
    Repository repository;
    for (int i = 0; i < rotations; ++i) repository.publish({"root"});
    Device device(repository);
    const std::string answer = device.refresh(repository);
    return answer + " " + std::to_string(device.version("root"));
}
std::string roles_visited(int roles) {
    Repository repository;
    std::vector<std::string> names;
    for (int i = 0; i < roles; ++i) {
        names.push_back("role" + std::to_string(i));
        repository.delegate("targets", names.back(), {{"paths", {"*"}}});
    }
    names.insert(names.end(), {"targets", "snapshot", "timestamp"});
    repository.publish(names);
    return Device(repository).download(repository, "file");
}

std::string signatures_of(int count) {
    std::string text = R"({"signatures":[)";
    for (int i = 0; i < count; ++i) text += (i > 0 ? "," : "") + std::string{R"({"keyid":")"} + std::to_string(i) + R"(","sig":"00"})";
    return code_of(tuf::open_envelope(as_bytes(text + R"(],"signed":{}})"), 1'000'000));
}

// The signed part of a targets file with this inside.
std::string targets_with(const std::string& members) {
    const std::string text = R"({"_type":"targets","spec_version":"1.0.34","version":1,"expires":"2027-11-20T00:00:00Z",)" + members + "}";
    const auto body = tuf::read_json(as_bytes(text), 1'000'000);
    return body ? code_of(tuf::decode_targets(*body)) : code_of(body);
}
std::string delegation_to(const std::string& name, int keys) {
    std::string ids;
    for (int i = 0; i < keys; ++i) ids += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\"";
    return targets_with(R"("targets":{},"delegations":{"keys":{},"roles":[{"name":")" + name + R"(","keyids":[)" + ids + R"(],"threshold":1,"paths":[]}]})");
}
std::string role_name_of(std::size_t size) { return delegation_to(std::string(size, 'r'), 0); }
std::string bins_named(std::size_t size) {
    return targets_with(R"("targets":{},"delegations":{"keys":{},"succinct_roles":{"keyids":[],"threshold":1,"bit_length":3,"name_prefix":")" + std::string(size, 'b') + R"("}})");
}
std::string threshold_of(int threshold) {
    return targets_with(R"("targets":{},"delegations":{"keys":{},"roles":[{"name":"a","keyids":[],"threshold":)" + std::to_string(threshold) + R"(,"paths":[]}]})");
}
std::string bits_of(int bits) {
    return targets_with(R"("targets":{},"delegations":{"keys":{},"succinct_roles":{"keyids":[],"threshold":1,"bit_length":)" + std::to_string(bits) + R"(,"name_prefix":"b"}})");
}
std::string length_of(std::uint64_t length) {
    return targets_with(R"("targets":{"a":{"length":)" + std::to_string(length) + R"(,"hashes":{"x":"y"}}})"); }
std::string version_of(std::uint64_t version) {
    const std::string text = R"({"_type":"targets","spec_version":"1.0.34","version":)" + std::to_string(version) + R"(,"expires":"2027-11-20T00:00:00Z","targets":{}})";
    return code_of(tuf::decode_targets(tuf::read_json(as_bytes(text), 1000).value()));
}
std::string nested(std::size_t depth) { return code_of(tuf::read_json(as_bytes(std::string(depth, '[') + std::string(depth, ']')), 1000)); }
std::string file_name(std::size_t size) { return tuf::file_name_of(std::string(size, 'a')).starts_with('%') ? "a digest" : "as it is"; }

}  // namespace

std::vector<Limit> limits_of_tuf() {
    constexpr std::uint64_t two_to_53 = std::uint64_t{1} << 53, quarter_gib = std::uint64_t{256} << 20;
    return {
        {"tuf/limits.hpp", "root_bytes", [] { return root_of(std::size_t{512} << 10); }, "tuf.bad_json",
            [] { return root_of((std::size_t{512} << 10) + 1); }, "tuf.too_large"},
        {"tuf/limits.hpp", "timestamp_bytes", [] { return timestamp_of(std::size_t{16} << 10); }, "tuf.bad_json",
            [] { return timestamp_of((std::size_t{16} << 10) + 1); }, "tuf.too_large"},
        {"tuf/limits.hpp", "snapshot_bytes", [] { return snapshot_of(std::size_t{4} << 20); }, "tuf.bad_json",
            [] { return snapshot_of((std::size_t{4} << 20) + 1); }, "tuf.too_large"},
        {"tuf/limits.hpp", "targets_bytes", [] { return targets_of(std::size_t{16} << 20); }, "tuf.bad_json",
            [] { return targets_of((std::size_t{16} << 20) + 1); }, "tuf.too_large"},
        {"tuf/limits.hpp", "target_bytes", [] { return target_of(quarter_gib); }, "tuf.wrong_length(keys)",
            [] { return target_of(quarter_gib + 1); }, "tuf.too_large(keys)"},
        {"tuf/limits.hpp", "root_rotations", [] { return root_after(256); }, "ok 257", [] { return root_after(257); }, "ok 257"},
        {"tuf/limits.hpp", "visited_roles", [] { return roles_visited(32); }, "tuf.no_such_target(file)",
            [] { return roles_visited(33); }, "tuf.too_many_roles(32)"},
        {"tuf/limits.hpp", "max_signatures", [] { return signatures_of(256); }, "ok", [] { return signatures_of(257); }, "tuf.bad_field"},
        {"tuf/limits.hpp", "max_keys_of_role", [] { return delegation_to("a", 64); }, "ok", [] { return delegation_to("a", 65); },
            "tuf.bad_field"},
        {"tuf/limits.hpp", "max_role_name_bytes", [] { return role_name_of(80); }, "ok", [] { return role_name_of(81); }, "tuf.bad_field"},
        {"tuf/limits.hpp", "max_role_name_bytes", [] { return role_name_of(1); }, "ok", [] { return role_name_of(0); }, "tuf.bad_field"},
        {"tuf/limits.hpp", "max_role_name_bytes", [] { return bins_named(71); }, "ok", [] { return bins_named(72); }, "tuf.bad_field"},
            // and "-00000000"
        {"tuf/names.cpp", "max_file_name_bytes", [] { return file_name(240); }, "as it is", [] { return file_name(241); }, "a digest"},
        {"tuf/decode.cpp", "max_length", [] { return length_of(two_to_53); }, "ok", [] { return length_of(two_to_53 + 1); },
            "tuf.bad_field"},
        {"tuf/decode.hpp", "max_version", [] { return version_of(two_to_53 - 1); }, "ok", [] { return version_of(two_to_53); },
            "tuf.bad_field"},
        {"tuf/decode.hpp", "max_version", [] { return version_of(1); }, "ok", [] { return version_of(0); }, "tuf.bad_field"},
        {"tuf/decode.cpp", "threshold of a role", [] { return threshold_of(1'000'000); }, "ok", [] { return threshold_of(1'000'001); },
            "tuf.bad_field"},
        {"tuf/decode.cpp", "bits of succinct bins", [] { return bits_of(32); }, "ok", [] { return bits_of(33); }, "tuf.bad_field"},
        {"tuf/decode.cpp", "bits of succinct bins", [] { return bits_of(1); }, "ok", [] { return bits_of(0); }, "tuf.bad_field"},
        {"tuf/json_value.hpp", "max_json_depth", [] { return nested(32); }, "ok", [] { return nested(33); }, "tuf.bad_json"},
    };
}

}  // namespace pipa::test
