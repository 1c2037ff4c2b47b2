// A laid-out still as SVG: letters stay letters, so that it is small, can be read aloud, and is drawn with whatever font the reader has.
#pragma once

#include "still/still_layout.hpp"

namespace pipa {

// A file of its own, with its words for whoever cannot see it.
[[nodiscard]] std::string still_as_svg(const Still& still, const StillLayout& layout);

// A fragment for an article of a WeChat public account: a section with inline styles, and an SVG that unfolds by a tap through animation alone.
// What the editor there lets through is a table in tests/unit/still_test.cpp.
[[nodiscard]] std::string still_for_wechat(const Still& still, const StillLayout& layout);

}  // namespace pipa
