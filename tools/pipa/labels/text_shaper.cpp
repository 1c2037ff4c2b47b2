#include "pipa/labels/text_shaper.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <string_view>

namespace pipa::labels {
namespace {

constexpr const char* family = "Noto Sans CJK SC";
constexpr double units_per_mm = 100;    // fonts are set this much larger, since font machinery rounds to whole units
constexpr double line_pitch = 1.24;     // in sizes, from line to line
constexpr double baseline_share = 0.88; // of a Chinese character's square that stands above the baseline
constexpr double shrink = 0.96;         // from one size tried to the next

struct Unref {
    void operator()(void* object) const noexcept { g_object_unref(object); }
};
template <typename T>
using Object = std::unique_ptr<T, Unref>;

struct FontDescription {
    PangoFontDescription* get{pango_font_description_new()};
    FontDescription() = default;
    FontDescription(const FontDescription&) = delete;
    FontDescription& operator=(const FontDescription&) = delete;
    ~FontDescription() { pango_font_description_free(get); }
};

void describe(const FontDescription& font, Weight weight, double size_mm) {
    pango_font_description_set_family_static(font.get, family);
    pango_font_description_set_weight(font.get, weight == Weight::Bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get, size_mm * units_per_mm * PANGO_SCALE);
}

int pango_units(double mm) noexcept { return static_cast<int>(mm * units_per_mm * PANGO_SCALE); }

// 塘栖枇杷（软条白沙） is better parted before the bracket than within it.
std::string parted_at_bracket(const std::string& text) {
    const std::size_t bracket = text.find("（");
    if (bracket == std::string::npos || bracket == 0) return text;
    return text.substr(0, bracket) + "\n" + text.substr(bracket);
}

}  // namespace

struct TextShaper::Pango {
    Object<PangoFontMap> fonts{pango_cairo_font_map_new()};
    Object<PangoContext> context{pango_font_map_create_context(fonts.get())};

    Pango() {
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
        pango_cairo_context_set_font_options(context.get(), options);
        cairo_font_options_destroy(options);
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        // Chinese forms of the characters that Japanese writes differently.
        pango_context_set_language(context.get(), pango_language_from_string("zh-hans"));
    }

    [[nodiscard]] Object<PangoLayout> lay_out(const std::string& text, const TextStyle& style, double width_mm) const {
        Object<PangoLayout> layout{pango_layout_new(context.get())};
        const FontDescription font;
        describe(font, style.weight, style.size_mm);
        pango_layout_set_font_description(layout.get(), font.get);
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
        pango_layout_set_width(layout.get(), pango_units(width_mm));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        return layout;
    }
};

double FittedText::height_mm() const noexcept { return static_cast<double>(lines) * style.size_mm * line_pitch; }

TextShaper::TextShaper() : m_pango(std::make_unique<Pango>()) {}
TextShaper::~TextShaper() = default;

FittedText TextShaper::fit(const std::string& text, const TextStyle& style, double width_mm) const {
    FittedText fitted{.text = text, .style = style, .width_mm = width_mm};
    for (;;) {
        const auto layout = m_pango->lay_out(text, fitted.style, width_mm);
        const auto lines = static_cast<std::size_t>(pango_layout_get_line_count(layout.get()));
        if (lines <= style.max_lines) {
            const std::string parted = lines > 1 ? parted_at_bracket(text) : text;
            const auto again = m_pango->lay_out(parted, fitted.style, width_mm);
            if (static_cast<std::size_t>(pango_layout_get_line_count(again.get())) <= style.max_lines) fitted.text = parted;
            break;
        }
        if (fitted.style.size_mm <= style.smallest_mm) {
            fitted.elided = true;
            break;
        }
        fitted.style.size_mm = std::max(style.smallest_mm, fitted.style.size_mm * shrink);
    }
    const auto layout = m_pango->lay_out(fitted.text, fitted.style, width_mm);
    pango_layout_set_height(layout.get(), -static_cast<int>(style.max_lines));
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    PangoRectangle logical{};
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    fitted.used_width_mm = logical.width / (units_per_mm * PANGO_SCALE);
    fitted.lines = static_cast<std::size_t>(pango_layout_get_line_count(layout.get()));
    return fitted;
}

void TextShaper::draw(cairo_t* context, const FittedText& text, const Rect& rect) const {
    cairo_save(context);
    cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height);
    cairo_clip(context);
    cairo_scale(context, 1 / units_per_mm, 1 / units_per_mm);
    pango_cairo_update_context(context, m_pango->context.get());
    const auto layout = m_pango->lay_out(text.text, text.style, text.width_mm);
    pango_layout_set_height(layout.get(), -static_cast<int>(text.style.max_lines));
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    const double pitch = text.style.size_mm * line_pitch;
    for (int i = 0; i < pango_layout_get_line_count(layout.get()); ++i) {
        PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), i);
        PangoRectangle logical{};
        pango_layout_line_get_extents(line, nullptr, &logical);
        const double line_width = logical.width / (units_per_mm * PANGO_SCALE);
        const double indent = text.style.align == Align::Centre ? (rect.width - line_width) / 2 : 0;
        const double baseline = rect.y + i * pitch + (pitch - text.style.size_mm) / 2 + text.style.size_mm * baseline_share;
        cairo_move_to(context, (rect.x + indent) * units_per_mm, baseline * units_per_mm);
        pango_cairo_show_layout_line(context, line);
    }
    cairo_restore(context);
}

bool TextShaper::has_own_font() const {
    const FontDescription wanted;
    describe(wanted, Weight::Regular, 3);
    const Object<PangoFont> font{pango_context_load_font(m_pango->context.get(), wanted.get)};
    if (!font) return false;
    PangoFontDescription* found = pango_font_describe(font.get());
    const bool same = std::string_view{pango_font_description_get_family(found)} == family;
    pango_font_description_free(found);
    return same;
}

}  // namespace pipa::labels
