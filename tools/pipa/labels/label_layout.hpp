// Where everything on a label stands: a pure function from what it says and how large it is. Millimetres.
// No text overlaps the code's rectangle, which includes its quiet zone of 4 modules; what does not fit is made smaller,
// then elided, then (on small labels) left out, least important first.
#pragma once

#include <optional>
#include <span>

#include "pipa/labels/label_content.hpp"
#include "pipa/labels/text_shaper.hpp"

namespace pipa::labels {

enum class Design : std::uint8_t { Small, Large, Sheet };

struct LabelSize {
    std::string_view name;    // "50x30", "A5"
    double width;
    double height;
    Design design;
    double margin;
    double preferred_code;    // side of the code with its quiet zone, where modules of 0.4 mm and more allow
    double largest_code;
};
[[nodiscard]] std::span<const LabelSize> label_sizes() noexcept;
[[nodiscard]] const LabelSize* find_label_size(std::string_view name) noexcept;

inline constexpr double smallest_good_module_mm = 0.4;  // for phone cameras at arm's length
inline constexpr std::size_t quiet_modules = 4;         // ISO/IEC 18004 section 6.3.8

struct CodePlacement {
    Rect rect{};         // with the quiet zone
    double module_mm{};  // a whole number of the printer's dots
    int dots{};          // that number
};

struct PlacedText {
    std::string id{};  // "product"
    Rect rect{};
    FittedText text{};
};

struct PlacedBox {  // a tick box
    Rect rect{};
    bool ticked{};
};

struct PlacedLine {
    double x1{}, y1{}, x2{}, y2{};
    double width{0.2};
};

struct LabelLayout {
    LabelSize size{};
    CodePlacement code{};
    std::vector<PlacedText> texts{};
    std::vector<PlacedBox> boxes{};
    std::vector<PlacedLine> lines{};
    std::vector<std::string> left_out{};  // ids
};

// `dot_mm` is the printer's dot. Empty when the code cannot stand on this label at one dot a module.
[[nodiscard]] std::optional<LabelLayout> lay_out_label(const LabelContent& content, const LabelSize& size, double dot_mm,
                                                       const TextShaper& shaper);

}  // namespace pipa::labels
