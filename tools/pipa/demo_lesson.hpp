// The demo district's education pack: assets/learn, signed by its office, with one of its certificates to practise on.
// Errors: learn.*.
#pragma once

#include "pipa/demo_district.hpp"

namespace pipa {

inline constexpr std::string_view site_lesson_name = "learn/pack.cose";

[[nodiscard]] Result<Bytes> make_demo_lesson(const DemoDistrict& district);

}  // namespace pipa
