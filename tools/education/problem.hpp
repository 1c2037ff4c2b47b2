// What an editor has to put right: where, what, which.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace pipa::learn {

struct Problem {
    std::string file{};   // as the pack's folder names it: "articles/limit.en.md"
    std::size_t line{};   // from 1; 0 where the whole file or folder is meant
    ErrorCode code{};
    std::string detail{};
};
using Problems = std::vector<Problem>;

inline constexpr std::size_t max_problems = 200;  // more than anyone reads at once

inline void report(Problems& problems, Problem problem) {
    if (problems.size() < max_problems) problems.push_back(std::move(problem));
}

// Line of a byte, from 1.
[[nodiscard]] inline std::size_t line_of(std::string_view text, std::size_t offset) noexcept {
    std::size_t line = 1;
    for (const char c : text.substr(0, offset)) line += c == '\n' ? 1 : 0;
    return line;
}

}  // namespace pipa::learn
