#include "pipa/labels/label_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "pipa/labels/layout_parts.hpp"

namespace pipa::labels {
namespace {

constexpr std::array sizes = {
    LabelSize{"50x30", 50, 30, Design::Small, 1.4, 29.2, 29.4},
    LabelSize{"60x40", 60, 40, Design::Small, 1.6, 33.2, 39.2},
    LabelSize{"100x70", 100, 70, Design::Large, 2.5, 47.0, 56.0},
    LabelSize{"A5", 210, 148, Design::Sheet, 9.0, 62.0, 90.0},
};
constexpr double rounding = 1e-9;

// The largest module up to the preferred size of the code; more than that only to reach a good module.
CodePlacement place_code(std::size_t modules, const LabelSize& size, double dot_mm) {
    const double dots_across = static_cast<double>(modules) * dot_mm;
    const int preferred = static_cast<int>(size.preferred_code / dots_across + rounding);
    const int good = static_cast<int>(std::ceil(smallest_good_module_mm / dot_mm - rounding));
    const int largest = static_cast<int>(size.largest_code / dots_across + rounding);
    CodePlacement code{.dots = std::max(preferred, std::min(good, largest))};
    code.module_mm = code.dots * dot_mm;
    code.rect.width = code.rect.height = code.dots * dots_across;
    return code;
}

// On the printer's grid, so that every module is the same whole number of dots.
double snapped(double mm, double dot_mm) { return std::floor(mm / dot_mm + rounding) * dot_mm; }

}  // namespace

std::span<const LabelSize> label_sizes() noexcept { return sizes; }

const LabelSize* find_label_size(std::string_view name) noexcept {
    const auto found = std::ranges::find(sizes, name, &LabelSize::name);
    return found == sizes.end() ? nullptr : &*found;
}

std::optional<LabelLayout> lay_out_label(const LabelContent& content, const LabelSize& size, double dot_mm, const TextShaper& shaper) {
    LabelLayout layout{.size = size, .code = place_code(content.code.size + 2 * quiet_modules, size, dot_mm)};
    if (layout.code.dots < 1) return {};
    Rect& code = layout.code.rect;
    switch (size.design) {
        case Design::Small:  // beside the text, as high as the label allows
            code.x = snapped(size.width - code.width - 0.3, dot_mm);
            code.y = snapped((size.height - code.height) / 2, dot_mm);
            lay_out_small(layout, content, shaper);
            break;
        case Design::Large:
            code.x = snapped(size.width - code.width - 1, dot_mm);
            code.y = snapped(1, dot_mm);
            lay_out_large(layout, content, shaper);
            break;
        case Design::Sheet:
            code.x = snapped(size.width - size.margin - code.width, dot_mm);
            code.y = snapped(25.4, dot_mm);  // its first modules level with the promise
            lay_out_sheet(layout, content, shaper);
            break;
    }
    return layout;
}

}  // namespace pipa::labels
