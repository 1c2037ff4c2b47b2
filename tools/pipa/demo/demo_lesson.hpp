// The demo district's education pack: assets/learn, signed by its office, with one of its certificates to practise on; and
// the demonstration article of web/embed, which embeds the same certificate with its pin. Errors: learn.*, file.*.
#pragma once

#include <filesystem>

#include "pipa/demo/demo_district.hpp"

namespace pipa {

inline constexpr std::string_view site_lesson_name = "learn/pack.cose";

[[nodiscard]] Result<Bytes> make_demo_lesson(const DemoDistrict& district);

// Writes certificate and pin into the article of a published site, as an editor would; a site without the article stays as it is.
[[nodiscard]] Result<void> fill_demo_article(const std::filesystem::path& site, const DemoDistrict& district, const TrustStore& trust);

}  // namespace pipa
