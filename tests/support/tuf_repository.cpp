#include "support/tuf_repository.hpp"

#include <stdexcept>

#include "base/hex.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"
#include "tuf/names.hpp"
#include "tuf/strict_json.hpp"

namespace pipa::test {
namespace {

using Body = Repository::Body;
constexpr const char* expires = "2027-11-20T00:00:00Z";

Body key_of(const std::string& label) {
    return {{"keytype", "ed25519"}, {"scheme", "ed25519"}, {"keyval", {{"public", to_hex(worthless_key(label).public_key())}}}};
}

std::string key_id_of(const std::string& label) {
    return to_hex(crypto::sha256(as_bytes(tuf::canonical_json(key_of(label)))));
}

Body body_of(const char* type) { return {{"_type", type}, {"spec_version", "1.0.34"}, {"version", 0}, {"expires", expires}}; }

std::string text_of(const std::optional<Error>& error) { return error ? answer_of(*error) : "ok"; }

}  // namespace

Repository::Repository() {
    for (const char* role : {"root", "timestamp", "snapshot", "targets"}) bodies[role] = body_of(role);
    bodies["root"].update({{"consistent_snapshot", true}, {"keys", Body::object()}, {"roles", Body::object()}});
    bodies["timestamp"]["meta"] = Body::object();
    bodies["snapshot"]["meta"] = Body::object();
    bodies["targets"]["targets"] = Body::object();
    for (const char* role : {"root", "timestamp", "snapshot", "targets"}) set_root_role(role, {std::string(role) + " key"});
    publish({"root", "targets", "snapshot", "timestamp"});
}

std::string Repository::add_key(Body& keys, const std::string& label) {
    const std::string id = key_id_of(label);
    keys[id] = key_of(label);
    return id;
}

void Repository::set_root_role(const std::string& role, const std::vector<std::string>& labels, unsigned threshold) {
    Body& root = bodies.at("root");
    Body ids = Body::array();
    for (const std::string& label : labels) ids.push_back(add_key(root["keys"], label));
    root["roles"][role] = {{"keyids", ids}, {"threshold", threshold}};
    signers[role] = labels;
}

void Repository::delegate(const std::string& delegator, const std::string& name, Body delegation) {
    Body& delegations = bodies.at(delegator)["delegations"];
    if (delegations.is_null()) delegations = {{"keys", Body::object()}, {"roles", Body::array()}};
    const std::string label = name + " key";
    delegation.update({{"name", name}, {"keyids", {add_key(delegations["keys"], label)}}, {"threshold", 1}});
    if (!delegation.contains("terminating")) delegation["terminating"] = false;
    delegations["roles"].push_back(std::move(delegation));
    if (bodies.contains(name)) return;
    bodies[name] = body_of("targets");
    bodies[name]["targets"] = Body::object();
    signers[name] = {label};
}

void Repository::add_target(const std::string& role, const std::string& path, std::string_view content) {
    const std::string hash = to_hex(crypto::sha256(as_bytes(content)));
    bodies.at(role)["targets"][path] = {{"length", content.size()}, {"hashes", {{"sha256", hash}}}};
    const tuf::TargetFile file{.length = content.size(), .hashes = {.sha256 = crypto::sha256(as_bytes(content)), .listed = true}};
    files["targets/" + tuf::target_url_path(path, file, bodies["root"]["consistent_snapshot"])] = to_bytes(as_bytes(content));
}

Bytes Repository::sign(const std::string& role) const {
    const Body& body = bodies.at(role);
    const std::string message = tuf::canonical_json(body);
    Body file = {{"signed", body}, {"signatures", Body::array()}};
    for (const std::string& label : signers.at(role))
        file["signatures"].push_back({{"keyid", key_id_of(label)}, {"sig", to_hex(worthless_key(label).sign(as_bytes(message)))}});
    return to_bytes(as_bytes(file.dump(1)));
}

void Repository::publish(const std::vector<std::string>& roles) {
    for (const std::string& role : roles) {
        Body& body = bodies.at(role);
        body["version"] = body["version"].get<std::uint64_t>() + 1;
        const std::uint64_t version = body["version"];
        const Bytes file = sign(role);
        const bool versioned = role == "root" || (bodies["root"]["consistent_snapshot"] && role != "timestamp");
        files["metadata/" + tuf::metadata_path(role, versioned ? version : 0)] = file;
        if (role == "root" || role == "timestamp") continue;
        Body listed = {{"version", version}};
        if (list_hashes) listed.update({{"length", file.size()}, {"hashes", {{"sha256", to_hex(crypto::sha256(file))}}}});
        bodies[role == "snapshot" ? "timestamp" : "snapshot"]["meta"][role + ".json"] = listed;
    }
}

Device::Device(const Repository& repository) { storage["root.json"] = repository.files.at("metadata/1.root.json"); }

tuf::Answer Device::answer(const Repository& repository, const tuf::Request& request) {
    using Outcome = tuf::Answer::Outcome;
    if (request.from == tuf::Request::From::Storage) {
        const auto stored = storage.find(request.path);
        return stored == storage.end() ? tuf::Answer{Outcome::Missing} : tuf::Answer{Outcome::Found, stored->second};
    }
    requests.push_back(request.path);
    if (interfere)
        if (auto instead = interfere(request)) return std::move(*instead);
    const bool target = request.from == tuf::Request::From::TargetsUrl;
    const auto file = repository.files.find((target ? "targets/" : "metadata/") + request.path);
    if (file == repository.files.end()) return {Outcome::Missing};
    return file->second.size() > request.max_bytes ? tuf::Answer{Outcome::TooLarge} : tuf::Answer{Outcome::Found, file->second};
}

void Device::run(const Repository& repository, tuf::Client& client) {
    while (const tuf::Request* request = client.next()) {
        client.answer(answer(repository, *request));
        for (tuf::Write& write : client.take_writes()) {
            if (write.content) {
                storage[write.file_name] = std::move(*write.content);
            } else {
                storage.erase(write.file_name);
            }
        }
    }
}

std::string Device::refresh(const Repository& repository) {
    requests.clear();
    auto client = tuf::Client::open(storage.at("root.json"), now, limits);
    if (!client) return answer_of(client.error());
    run(repository, *client);
    return text_of(client->error());
}

std::string Device::download_all(const Repository& repository, const std::vector<std::string>& targets) {
    requests.clear();
    auto client = tuf::Client::open(storage.at("root.json"), now, limits);
    if (!client) return answer_of(client.error());
    run(repository, *client);
    std::string content;
    for (const std::string& target : targets) {
        client->find(target);
        run(repository, *client);
        if (client->found() == nullptr) return text_of(client->error());
        const tuf::Answer got = answer(repository, client->target_request());
        if (got.outcome != tuf::Answer::Outcome::Found) return "not fetched";
        if (const auto right = tuf::check_target(got.content, *client->found(), target); !right) return answer_of(right.error());
        content = as_text(got.content);
    }
    return content;
}

Followed::Followed() {
    if (const std::string answer = device.refresh(repository); answer != "ok") throw std::runtime_error("first refresh: " + answer);
}

std::uint64_t Device::version(const std::string& role) const {
    const auto stored = storage.find(tuf::stored_metadata_name(role));
    if (stored == storage.end()) return 0;
    return Repository::Body::parse(as_text(stored->second))["signed"]["version"];
}

std::string Device::versions() const {
    std::string text;
    for (const char* role : {"root", "timestamp", "snapshot", "targets"})
        text += std::string(text.empty() ? "" : ", ") + role + " " + std::to_string(version(role));
    return text;
}

}  // namespace pipa::test
