// A published tree as a device would take it: every file of metadata held against the keys of its delegator, from a root that the caller trusts
// on. Nothing counts as expired, since what is published may have lain there for long. Errors: tuf.*, file.*.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "pipa/publish/role_book.hpp"

namespace pipa::publish {

struct VerifiedTree {
    std::vector<SavedRole> roles{};                   // each root after the trusted one, and the newest of every other role
    std::map<std::string, tuf::TargetFile> targets{}; // by target path: of the district's own roles, not of the towns'
};
[[nodiscard]] Result<VerifiedTree> verify_tree(const std::filesystem::path& tree, ByteView trusted_root);

// A target of the tree, held against what its role says. Empty where no role lists it.
[[nodiscard]] Result<Bytes> verified_target(const std::filesystem::path& tree, const VerifiedTree& verified, const std::string& path);

}  // namespace pipa::publish
