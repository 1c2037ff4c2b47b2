// A link as a camera opens it, with nothing done to it on the way. The phone's first module reads no other text, and so does without the
// tables of the tolerant front (scanned_text.hpp) before its verdict.
#pragma once

#include <optional>

#include "inquiry/scanned_text.hpp"

namespace pipa {

// "https://host/C#<digits>" with the digits of one whole message and nothing before or behind: what read_scanned_text gives for it. Empty for
// every other text, which is read_scanned_text's.
[[nodiscard]] std::optional<ScannedText> read_plain_link(std::string_view text);

}  // namespace pipa
