// Static oEmbed (oembed.com 1.0) for a site without a program behind it: of each certificate a page that editors can paste the address of,
// /e/NUMBER/, with a discovery link to /e/NUMBER/oembed.json. Neither holds a verdict: what they embed asks for that when it is read. What a
// static site cannot do: answer for the address behind a '#', for `maxwidth` and `maxheight`, and in XML.
#pragma once

#include <filesystem>

#include "pipa/store/store.hpp"

namespace pipa::publish {

// Beyond so many a site needs a program that answers; nothing is written then.
inline constexpr std::int64_t max_oembed_certificates = 20'000;

// `site` is "https://host". Returns how many there are. Errors: store.*, file.*.
[[nodiscard]] Result<std::size_t> write_oembed(const std::filesystem::path& folder, const OfficeStore& store, const std::string& site);

}  // namespace pipa::publish
