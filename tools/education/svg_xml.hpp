// The little XML that our drawings are written in: elements, attributes in double quotes, comments, and text inside
// <text>. No entities, declarations or processing instructions: there is nothing to expand and nothing to fetch.
#pragma once

#include "education/problem.hpp"

namespace pipa::learn {

struct SvgAttribute {
    std::string_view name;
    std::string_view value;
};

struct SvgTag {  // refers into the file's text
    std::string_view name{};
    std::vector<SvgAttribute> attributes{};
    std::size_t offset{};  // of its '<'
    bool closing{};        // </name>
    bool empty{};          // <name/>
    std::string_view text{};  // what stands between this tag and the next

    // Empty where there is none.
    [[nodiscard]] std::string_view attribute(std::string_view wanted) const noexcept {
        for (const SvgAttribute& each : attributes)
            if (each.name == wanted) return each.value;
        return {};
    }
};

inline constexpr std::size_t max_svg_bytes = std::size_t{64} << 10;

// The tags in order. Errors: learn.bad_drawing with the byte offset.
[[nodiscard]] Result<std::vector<SvgTag>> read_svg_tags(std::string_view text);

}  // namespace pipa::learn
