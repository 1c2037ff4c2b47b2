// Two lots side by side: what each row says of the one and of the other, in one reader's words. Nothing is called better. Pure.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "page/view.hpp"

namespace pipa {

struct CompareCell {
    std::string value{};  // empty where nothing is known; the words then are the catalogue's compare.nothing
    std::string note{};
    std::string level{};
};

struct CompareRow {
    std::string id{};
    std::string label{};
    std::array<CompareCell, 2> cells{};
};

struct CompareHead {
    std::string title{};
    std::string level{};
    std::string icon{};
    std::string word{};
};

struct ComparisonView {
    std::string title{};
    std::string text{};  // what a comparison does not say
    std::array<CompareHead, 2> heads{};
    std::vector<CompareRow> rows{};
};

[[nodiscard]] ComparisonView make_comparison(const Judgement& one, const Judgement& other, const TrustStore& trust, const Catalogue& catalogue);
[[nodiscard]] std::string to_json(const ComparisonView& view);

}  // namespace pipa
