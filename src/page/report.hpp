// Whom to tell of a problem, and what to tell them: by where the goods were bought and what is wrong. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "page/catalogue.hpp"

namespace pipa {

enum class BoughtAt : std::uint8_t { Market, Online, Farm, Unknown };
enum class Problem : std::uint8_t { Certificate, StillSold, Quality, Ill };

[[nodiscard]] std::string_view bought_at_name(BoughtAt place) noexcept;  // "market"
[[nodiscard]] std::string_view problem_name(Problem problem) noexcept;   // "still_sold"
inline constexpr std::array all_places = {BoughtAt::Market, BoughtAt::Online, BoughtAt::Farm, BoughtAt::Unknown};
inline constexpr std::array all_problems = {Problem::Certificate, Problem::StillSold, Problem::Quality, Problem::Ill};

struct ReportChoice {
    std::string id{};
    std::string label{};
};

struct ReportView {
    std::vector<ReportChoice> places{};
    std::vector<ReportChoice> problems{};
    std::string line{};      // the number to call: "12315"
    std::string line_text{}; // whose it is, and why that one
    std::string advice{};    // what comes before the call; may be empty
    std::string text{};      // to read out or to paste, with blanks for what only the caller knows
    std::string evidence{};  // the pin of the answer (pin.hpp); empty without a certificate
};

// `code`: what was scanned, as the core reads it.
[[nodiscard]] ReportView make_report(const Judgement& judgement, const TrustStore& trust, std::string_view code, BoughtAt place, Problem problem, const Catalogue& catalogue);
[[nodiscard]] std::string to_json(const ReportView& view);

}  // namespace pipa
