// What rules ask of the field data (record/field_data.hpp).
#pragma once

#include "record/certificate.hpp"
#include "record/field_data.hpp"

namespace pipa {

// Is the day inside one of the season's windows, each prolonged by `extra_days` at its end?
[[nodiscard]] bool in_season(const Season& season, DayNumber day, std::int64_t extra_days) noexcept;

// Does a row of these products or classes hold for the goods? One without any holds for all; and goods without a product code may be any
// goods, so every row holds for them.
[[nodiscard]] bool covers_product(std::span<const std::uint32_t> products, std::span<const std::uint32_t> classes,
                                  const Certificate& certificate) noexcept;
[[nodiscard]] inline std::uint32_t product_class_of(const Certificate& certificate) noexcept {  // 0 without a code
    return certificate.product_code ? product_class(*certificate.product_code) : 0;
}

}  // namespace pipa
