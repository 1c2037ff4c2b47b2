// An article's Markdown (CommonMark, read by md4c) as blocks. Only the part of Markdown that articles need is accepted:
//
//   # Title                      once, first
//   One sentence.                the first paragraph, plain text: the summary
//   ## Heading                   paragraphs, lists with - or 1. (not nested)
//   ![what one sees](name.svg)   alone in its paragraph: a drawing of the pack, by its file name
//   > What you can do.           once, last: the 'you can do'
//   **strong**  *term*           a term is a word of the glossary
//   ... {law-2022}               at the end of every paragraph and item: the sources of its facts, or {-} for none
//
// HTML, links, other pictures, tables, code and all the rest are problems with a line, never text that gets through.
// Built into the tools alone; no reader of packs links this. Errors: learn.*, utf8.invalid.
#pragma once

#include <functional>
#include <map>

#include "learn/education_pack.hpp"
#include "education/problem.hpp"

namespace pipa::learn {

inline constexpr std::size_t max_markdown_bytes = std::size_t{32} << 10;

// The names an article may use, each with its index in the pack's list.
struct Names {
    std::map<std::string, std::uint32_t, std::less<>> sources{};   // by id
    std::map<std::string, std::uint32_t, std::less<>> terms{};     // by the words that stand for them in this language
    std::map<std::string, std::uint32_t, std::less<>> drawings{};  // by id
};

struct MarkdownArticle {
    std::string title{};
    std::string summary{};
    Body body{};
};

// Reports to `problems` under `file`; with any problem the article is incomplete and must not be used.
[[nodiscard]] MarkdownArticle parse_markdown(std::string_view text, const Names& names, std::string_view file, Problems& problems);

}  // namespace pipa::learn
