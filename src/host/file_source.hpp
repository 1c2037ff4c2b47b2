// Where a native face gets the files that an inquiry wants (inquiry/inquiry.hpp): a published site's folder, the same over HTTP, or single
// files that a tool was pointed at. A source answers one file at a time and never keeps its asker waiting longer than is wanted. It decides
// nothing: what is not there, cannot be read or is too large is handed on as that. No errors.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "inquiry/inquiry.hpp"

namespace pipa {

using FileSource = std::function<inquiry::Delivery(const inquiry::Wanted&)>;

// The file itself, whatever it is wanted as.
[[nodiscard]] inquiry::Delivery deliver_file(const std::filesystem::path& path, std::size_t max_bytes);

// A published site.
[[nodiscard]] FileSource folder_source(std::filesystem::path site);
// Dossiers by hand: one file, or a folder of NUMBER.dossier; everything else comes from `others`.
[[nodiscard]] FileSource dossier_source(std::filesystem::path file_or_folder, FileSource others);
// A published site below an http or https address; not in the browser's build.
[[nodiscard]] FileSource http_source(std::string address);

// A file with that by which it is known to have been replaced since: empty where that cannot be told.
struct StampedDelivery {
    inquiry::Delivery delivery{};
    std::optional<std::string> stamp{};
};
using StampedSource = std::function<StampedDelivery(const inquiry::Wanted&)>;
// The stamp is from before the file was read: what is published meanwhile is still news afterwards.
[[nodiscard]] StampedSource stamped_folder_source(std::filesystem::path site);
[[nodiscard]] std::optional<std::string> stamp_in_folder(const std::filesystem::path& site, const std::string& name);
[[nodiscard]] StampedSource stamped_http_source(std::string address);
[[nodiscard]] std::optional<std::string> stamp_over_http(std::string address, const std::string& name);

// Asks until there is an answer.
[[nodiscard]] inquiry::Inquiry inquire(inquiry::Session& session, const FileSource& files, std::string_view text, UnixSeconds device_now, inquiry::Wishes wishes = {});

}  // namespace pipa
