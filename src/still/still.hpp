// An answer as a still: what an editor takes along to where no script may run, as a picture or as text. It does not change by itself, so the day
// it is of stands in one sentence with its verdict, and it says where to check again.
//
// The day is the one that the signed lists are of, which no clock moves: a still never looks newer than what it rests on. It has no word that
// counts from today ("3 days ago"), since that would be read on another day. Every word is the core's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/view.hpp"

namespace pipa {

struct Still {
    std::string language{};
    std::string level{};  // "ok", "caution", "stop", "unknown"
    std::string icon{};   // as VerdictView has it
    std::string word{};   // Recalled
    std::string as_of{};  // as of 20 November 2026 09:00
    std::string day{};    // the same for machines: 2026-11-20T09:00:00+08:00
    std::string demo_notice{};  // empty unless the data is invented
    std::string reason{};
    std::string further{};      // what else weighs; may be empty
    std::string product{};
    std::string quantity{};
    std::vector<RowView> rows{};        // promised_by, origin, harvest, issued, tests; the last only where there is a record
    std::vector<std::string> badges{};  // labels, each with its word where it does not simply hold
    std::vector<std::string> limits{};  // what the verdict does not prove
    std::string again{};  // that it does not change, and where to check again
    std::string open{};   // words on the link
    std::string more{};   // words on what unfolds
    std::string link{};   // to the live page
    std::string line{};   // all of it in one line, for letters and feeds
    std::string alt{};    // for whoever cannot see the picture
    std::string reason_code{};
};

// The colour of a verdict's ground; white stands on it with 4.5 to 1 and more. "#1f7445"
[[nodiscard]] std::string_view accent_of(std::string_view level) noexcept;

// Empty without a certificate, and without signed lists: then there is no day that the answer is of. `text` is the code as the core reads it;
// `portal` the checking site, "https://host", where the code itself names none.
[[nodiscard]] std::optional<Still> make_still(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue, std::string_view text, std::string_view portal = {});

}  // namespace pipa
