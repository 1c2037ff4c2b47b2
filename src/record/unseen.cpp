#include "record/unseen.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace pipa {
namespace {

struct PointRange {
    char32_t first;
    char32_t last;
};
// Unicode 15: the blocks that are combining marks throughout, the fillers of Hangul and Khmer, variation selectors.
constexpr std::array unseen = {
    PointRange{0x0300, 0x036F}, PointRange{0x115F, 0x1160}, PointRange{0x17B4, 0x17B5}, PointRange{0x1AB0, 0x1AFF}, PointRange{0x1DC0, 0x1DFF},
    PointRange{0x20D0, 0x20FF}, PointRange{0x3099, 0x309A}, PointRange{0x3164, 0x3164}, PointRange{0xFE00, 0xFE0F}, PointRange{0xFE20, 0xFE2F},
    PointRange{0xFFA0, 0xFFA0}, PointRange{0xE0100, 0xE01EF},
};

}  // namespace

bool is_unseen(char32_t point) noexcept {
    return point >= unseen.front().first && std::ranges::any_of(unseen, [point](const PointRange& range) { return point >= range.first && point <= range.last; });
}

bool has_unseen(std::string_view utf8) { return std::ranges::any_of(code_points_of(utf8), is_unseen); }

}  // namespace pipa
