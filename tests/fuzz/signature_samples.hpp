// A store whose root waits for two signatures, and what goes to those who sign and comes back.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/files.hpp"
#include "pipa/publish/requests.hpp"
#include "store/sample_store.hpp"

namespace pipa::test {

struct WaitingStore {
    SampleStore sample{};
    Bytes request{};                        // of the root
    std::vector<std::string> signatures{};  // files as the two signers make them

    WaitingStore() {
        const auto keys = [](std::initializer_list<const char*> labels) {
            publish::RoleKeys out{.threshold = static_cast<std::uint32_t>(labels.size())};
            for (const char* label : labels) out.keys.push_back(worthless_key(label).public_key());
            return out;
        };
        const publish::RoleSetup setup{.root = keys({"root", "second root"}), .targets = keys({"targets"}), .snapshot = keys({"online"}),
                                       .timestamp = keys({"online"}), .live = worthless_key("online").public_key()};
        const auto complete = publish::set_up_roles(sample.store, setup, {}, actor_named("root"));
        if (!complete || *complete) throw std::runtime_error("the root does not wait");
        const auto paths = publish::export_requests(sample.store, sample.folder.file("requests"));
        if (!paths || paths->size() != 1) throw std::runtime_error("there is not one request");
        request = read_file_or_throw(paths->front());
        for (const char* label : {"root", "second root"})
            signatures.push_back(publish::sign_request(request, "root", worthless_key(label), {}, actor_named("root").now).value());
    }

private:
    static Bytes read_file_or_throw(const std::filesystem::path& path) { return pipa::read_file(path).value(); }
};

}  // namespace pipa::test
