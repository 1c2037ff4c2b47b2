// The site that fuzz_bridge asks, in the order in which its calls and their seeds count: files, codes, texts.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catalogues.hpp"
#include "support/inquiry_site.hpp"

namespace pipa::fuzz {

inline constexpr std::size_t max_answer_bytes = std::size_t{16} << 20;

struct Prepared {
    test::InquirySite site = test::make_site();
    std::vector<const test::SiteFiles::value_type*> files{};
    std::vector<std::pair<std::string, std::string>> codes{};
    std::array<std::string, 2> catalogues{};

    Prepared() {
        for (const auto& file : site.files) files.push_back(&file);
        codes.assign(site.codes.begin(), site.codes.end());
        for (std::size_t i = 0; i < catalogues.size(); ++i)
            for (const auto& [key, text] : (i == 0 ? test::chinese() : test::english()).entries()) catalogues[i] += key + '\0' + text + '\0';
    }
};
inline const Prepared& prepared() {
    static const Prepared once;
    return once;
}

inline constexpr std::array<std::string_view, 3> tags = {"zh-Hans", "en", "ug"};

// Certificates of lots that are failed, recalled or withdrawn.
inline constexpr std::array<std::string_view, 5> not_in_order = {"FAILED-1", "RECALLED-1", "WITHDRAWN-1", "LARGE-1", "MIXED-1"};
inline bool is_bad(std::string_view number) { return std::ranges::find(not_in_order, number) != not_in_order.end(); }

}  // namespace pipa::fuzz
