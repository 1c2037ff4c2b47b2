// A mark on the way from the reader of codes to whoever judges a text: parts of the symbol could not be seen and were worked out.
// Such a text may be wrong in a way that error correction did not notice. Where its signature fits it is right; where it does not,
// the code was not read, and nobody altered it. Only src/scan sets the mark; what a label itself says cannot begin with it.
#pragma once

#include <string>
#include <string_view>

namespace pipa {

inline constexpr char filled_in_mark = '\x1A';  // SUBSTITUTE, ASCII's sign for a character that came in wrong

[[nodiscard]] constexpr std::string_view without_filled_in_mark(std::string_view text) noexcept {
    while (text.starts_with(filled_in_mark)) text.remove_prefix(1);
    return text;
}

}  // namespace pipa
