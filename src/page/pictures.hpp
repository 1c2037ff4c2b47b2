// Which drawing stands for which goods; the table is pictures.def. A drawing is of a kind of produce, never of this lot, and says nothing
// about it.
#pragma once

#include <span>
#include <string_view>

#include "page/view.hpp"

namespace pipa {

struct PictureRule {
    std::string_view name;     // part of a product's Chinese name
    std::string_view picture;  // "loquat": assets/pictures/loquat.svg
};
[[nodiscard]] std::span<const PictureRule> picture_rules() noexcept;

inline constexpr std::string_view picture_of_anything = "crate";
[[nodiscard]] std::string_view picture_of_name(std::string_view chinese_name) noexcept;
[[nodiscard]] std::string_view picture_of(const Certificate& certificate, const TrustStore& trust) noexcept;

}  // namespace pipa
