// Where everything on a still stands: a pure function from its words to boxes, lines of text, a sign and a code. Units are CSS pixels at single
// size. How wide a text is gets estimated from above, since whoever reads it has other fonts: drawn, no line is wider than its place.
#pragma once

#include "scan/draw_code.hpp"
#include "still/still.hpp"

namespace pipa {

struct StillBox {
    double x{}, y{}, width{}, height{}, radius{};
    std::string_view fill{};  // "#1f7445"
};

struct StillText {
    double x{}, baseline{}, size{};
    double room{};  // how wide it may be
    bool bold{};
    std::string_view fill{};
    std::string text{};  // one line
};

struct StillSign {
    double x{}, y{}, size{};
    std::string_view name{};  // of still_icons.hpp
    std::string_view stroke{};
};

struct StillCode {
    double x{}, y{}, module{};  // of the first module, within a quiet zone of four
    QrSymbol symbol{};
};

struct StillLayout {
    double width{};
    double height{};
    double folded{};  // how high it is with the first part alone: verdict, day, goods, where to check again
    std::vector<StillBox> boxes{};
    std::vector<StillText> texts{};
    std::vector<StillSign> signs{};
    std::vector<StillCode> codes{};  // one, or none
};

inline constexpr double still_width = 360;           // of a picture
inline constexpr double still_fragment_width = 288;  // of what stands in an article: of a phone of 320, less its edges

[[nodiscard]] double estimated_width(std::string_view utf8, double size, bool bold);

// Errors: qr.draw_too_long where the link is longer than any code.
[[nodiscard]] Result<StillLayout> lay_out_still(const Still& still);
// The same for a fragment that unfolds.
[[nodiscard]] Result<StillLayout> lay_out_still_fragment(const Still& still);

}  // namespace pipa
