// Text of a label: fitted into a width, measured and drawn by Pango. Lengths in millimetres.
// Measuring and drawing use the same unhinted metrics, so what was measured to fit is what is drawn.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "pipa/labels/geometry.hpp"

typedef struct _cairo cairo_t;  // cairo.h stays inside this folder's .cpp files

namespace pipa::labels {

enum class Weight : std::uint8_t { Regular, Bold };
enum class Align : std::uint8_t { Left, Centre };

struct TextStyle {
    double size_mm{3};      // of a Chinese character's square; what is tried first
    double smallest_mm{2};  // below this the text is elided instead
    std::size_t max_lines{1};
    Weight weight{Weight::Regular};
    Align align{Align::Left};
};

struct FittedText {
    std::string text{};
    TextStyle style{};  // with the size that fits
    double width_mm{};  // that it was fitted into
    double used_width_mm{};
    std::size_t lines{};
    bool elided{};

    [[nodiscard]] double height_mm() const noexcept;
};

class TextShaper {
public:
    TextShaper();
    ~TextShaper();
    TextShaper(const TextShaper&) = delete;
    TextShaper& operator=(const TextShaper&) = delete;

    [[nodiscard]] FittedText fit(const std::string& text, const TextStyle& style, double width_mm) const;
    // Draws into the rectangle from its top; never outside it. The context's unit is a millimetre.
    void draw(cairo_t* context, const FittedText& text, const Rect& rect) const;

    // False where Noto Sans CJK SC is not installed and another font stands in.
    [[nodiscard]] bool has_own_font() const;

private:
    struct Pango;
    std::unique_ptr<Pango> m_pango;
};

}  // namespace pipa::labels
