// What is looked at line by line before md4c reads an article: size, characters, and link definitions, which md4c
// takes out of the text without a word.
#pragma once

#include "education/problem.hpp"

namespace pipa::learn {

// False where the text must not be parsed at all.
[[nodiscard]] bool check_markdown_lines(std::string_view text, const std::string& file, Problems& problems);

// Chinese text goes on without a blank where the source breaks the line.
[[nodiscard]] bool joins_without_blank(std::string_view before, std::string_view after) noexcept;

}  // namespace pipa::learn
