// A still as text with a link: for pages, letters, feeds, AMP and Markdown.
#pragma once

#include <cstddef>

#include "still/still.hpp"

namespace pipa {

struct StillPicture {
    std::string name{};  // of the file, as the page is to name it
    std::size_t width{};
    std::size_t height{};
};

// Inline styles alone, no script, no picture: what mail programs and feed readers leave in place.
[[nodiscard]] std::string still_as_html(const Still& still);
// For an AMP document; its picture is a file beside it (amp.dev, amp-img: width and height are required).
[[nodiscard]] std::string still_for_amp(const Still& still, const StillPicture& picture);
[[nodiscard]] std::string still_as_markdown(const Still& still);

}  // namespace pipa
