// UTF-8 checks (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
// No library: the whole check is one table walk, and a Unicode library would outweigh the page's wasm module.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pipa {

// Offset of the first byte that is not part of a valid sequence; empty when all of it is valid.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept;
// How many bytes the valid sequence that starts at `at` has; 0 where none does. `at` lies inside the text.
[[nodiscard]] std::size_t utf8_sequence(std::string_view text, std::size_t at) noexcept;
[[nodiscard]] inline bool is_utf8(std::string_view text) noexcept { return !find_invalid_utf8(text); }

// The code points of valid UTF-8; what is not valid is left out, byte by byte.
[[nodiscard]] std::u32string code_points_of(std::string_view utf8);
// Appends one code point, 0..0x10FFFF and no surrogate.
void append_utf8(std::string& out, char32_t point);

// A blank or line break of any kind (Unicode's White_Space): space, tab, CR, LF, no-break, ideographic, of any width.
[[nodiscard]] bool is_blank(char32_t point) noexcept;
// A control character (C0, DEL, C1) or one that reorders or hides text on a screen, as has_unprintable means it.
[[nodiscard]] bool is_unprintable(char32_t point) noexcept;

// True when the text holds a control character (C0, DEL, C1) or one that reorders or hides text on a screen
// (bidirectional controls, zero-width characters, line separators, tags): such text never belongs in a signed name.
[[nodiscard]] bool has_unprintable(std::string_view utf8) noexcept;

}  // namespace pipa
