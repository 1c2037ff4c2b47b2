// Uploading a published tree with rclone (Debian's package): immutable files first, then versioned metadata, then the page,
// and timestamp.json last, so that a break at any moment leaves the other side whole. Errors: publish.upload_failed.
#pragma once

#include <filesystem>
#include <functional>

#include "base/error.hpp"

namespace pipa::publish {

// `remote` as rclone names it: "cloud:bucket/folder". `watch` is told each step before it begins.
[[nodiscard]] Result<void> upload_tree(const std::filesystem::path& tree, const std::string& remote, const std::function<void(const std::string&)>& watch);

}  // namespace pipa::publish
