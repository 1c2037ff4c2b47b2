// A view as text for a terminal: verdict first, then reason, next step and limits, then who says what.
#pragma once

#include "page/view.hpp"
#include "pipa/terminal/terminal.hpp"

namespace pipa {

[[nodiscard]] std::string verdict_text(const View& view, const Catalogue& catalogue, const Painter& painter, std::size_t width);

}  // namespace pipa
