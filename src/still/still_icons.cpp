#include "still/still_icons.hpp"

#include <algorithm>
#include <array>

namespace pipa {
namespace {

using Stroke = std::span<const Point>;

constexpr Point check[] = {{4, 13}, {9, 18}, {20, 6}};
constexpr Point triangle[] = {{12, 3}, {22, 20}, {2, 20}, {12, 3}};
constexpr Point mark[] = {{12, 9}, {12, 14}};
constexpr Point dot[] = {{12, 17.2F}, {12, 17.4F}};
constexpr Point hands[] = {{12, 7}, {12, 12}, {16, 14}};
constexpr Point octagon[] = {{8, 3}, {16, 3}, {21, 8}, {21, 16}, {16, 21}, {8, 21}, {3, 16}, {3, 8}, {8, 3}};
constexpr Point bar[] = {{8, 12}, {16, 12}};
constexpr Point sheet[] = {{13, 3}, {5, 3}, {5, 21}, {19, 21}, {19, 13}};
constexpr Point tear[] = {{14, 3}, {11, 8}, {16, 10}, {13, 14}};
constexpr Point chip[] = {{19, 6}, {16, 9}};
constexpr Point shoulders[] = {{4, 21}, {5.2F, 17}, {8, 14.6F}, {12, 14}, {16, 14.6F}, {18.8F, 17}, {20, 21}};
constexpr Point cross_a[] = {{18, 3}, {22, 7}};
constexpr Point cross_b[] = {{22, 3}, {18, 7}};
constexpr Point hook[] = {{9, 10}, {9.4F, 8.4F}, {10.6F, 7.3F}, {12, 7}, {13.4F, 7.3F}, {14.6F, 8.4F}, {15, 10}, {14.4F, 11.6F}, {12.6F, 13}, {12, 14.4F}};

constexpr Stroke of_check[] = {check};
constexpr Stroke of_attention[] = {triangle, mark, dot};
constexpr Stroke of_clock[] = {hands};
constexpr Stroke of_stop[] = {octagon, bar};
constexpr Stroke of_broken[] = {sheet, tear, chip};
constexpr Stroke of_person[] = {shoulders, cross_a, cross_b};
constexpr Stroke of_question[] = {hook, dot};

constexpr std::array icons = {Icon{"question", {12, 12}, 9, of_question}, Icon{"check", {}, 0, of_check},   Icon{"attention", {}, 0, of_attention},
                              Icon{"clock", {12, 12}, 9, of_clock},       Icon{"stop", {}, 0, of_stop},     Icon{"broken", {}, 0, of_broken},
                              Icon{"person", {12, 7}, 4, of_person}};

}  // namespace

const Icon& icon_of(std::string_view name) noexcept {
    const auto found = std::ranges::find(icons, name, &Icon::name);
    return found == icons.end() ? icons.front() : *found;
}

}  // namespace pipa
