// Values as readers of a language write them: dates, quantities, places, products.
#pragma once

#include "page/catalogue.hpp"

namespace pipa {

[[nodiscard]] std::string show_day(const Catalogue& catalogue, DayNumber day);         // 2026年5月22日, 22 May 2026
[[nodiscard]] std::string show_month_day(const Catalogue& catalogue, std::string_view month_day);  // "05-10": 5月10日, 10 May
[[nodiscard]] std::string show_time(const Catalogue& catalogue, UnixSeconds time);     // 2026年11月20日 09:30
[[nodiscard]] std::string show_count(std::uint64_t number);  // "30,000"; four digits stay together in both languages
[[nodiscard]] std::string show_quantity(const Catalogue& catalogue, const Quantity& quantity);  // 120 箱 × 2.5 千克
[[nodiscard]] std::string show_division(const Catalogue& catalogue, const TrustStore& trust, std::int64_t code);
[[nodiscard]] std::string show_product(const Catalogue& catalogue, const TrustStore& trust, const Certificate& certificate);
[[nodiscard]] std::string show_bases(const Catalogue& catalogue, BasisSet bases);
// The reason's text in this language, its dates and places as readers write them.
[[nodiscard]] std::string show_reason(const Catalogue& catalogue, const Judgement& judgement, const Reason& reason);
// Texts joined as this language joins a list.
[[nodiscard]] std::string join(const Catalogue& catalogue, std::span<const std::string> parts);

}  // namespace pipa
