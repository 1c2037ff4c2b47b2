// An education pack from the files that editors write (README.md beside this file): JSON for lists, Markdown for
// articles, SVG for drawings. Reads no files itself; the caller hands over their names and texts.
// Built into the tools alone. Errors: learn.*, json.invalid, date.invalid.
#pragma once

#include <span>

#include "learn/education_pack.hpp"
#include "education/problem.hpp"

namespace pipa::learn {

inline constexpr std::size_t max_source_file_bytes = std::size_t{256} << 10;
inline constexpr std::size_t max_source_files = 400;

struct SourceFile {
    std::string name{};  // from the pack's folder, parts joined by '/': "articles/limit.en.md"
    std::string text{};
};

struct CompiledPack {
    EducationPack pack{};  // to be used only where there are no problems
    Problems problems{};   // in the order of files and lines
};

[[nodiscard]] CompiledPack compile_pack(std::span<const SourceFile> files);

}  // namespace pipa::learn
