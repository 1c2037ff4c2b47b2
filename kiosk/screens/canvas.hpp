// What every screen draws with: metrics, texts, buttons, cards.
#pragma once

#include "screens/draw_screen.hpp"
#include "screens/icons.hpp"
#include "screens/theme.hpp"
#include "screens/type_setting.hpp"

namespace pipa::kiosk {

enum class Look : std::uint8_t { Primary, Plain, Quiet, Key };

struct Label {
    std::string text{};
    std::optional<Icon> icon{};
    std::string below{};  // a second, smaller line
    bool stacked{};       // the icon above the text rather than beside it
    float beside_icon{};  // room that a stacked icon leaves at its right for something more
};

class Canvas {
public:
    Canvas(const ScreenView& view, const Strings& strings, ImDrawList& list, Drawn& out);

    const ScreenView& view;
    const Strings& strings;
    const Metrics px;
    ImDrawList& list;
    bool live{true};  // false under the idle warning: drawn, but not to be touched
    float shrink{1};  // of all type, where something must fit

    void tell(What what) { m_out.events.push_back(std::move(what)); }
    void note(std::string_view id, Rect place) { m_out.places.push_back({std::string{id}, place}); }
    [[nodiscard]] std::string text(std::string_view key) const { return strings.own.text(key); }
    [[nodiscard]] TextStyle style(float units, ImU32 colour, Weight weight = Weight::Regular, Align align = Align::Left) const;

    struct Press { bool down{}; bool clicked{}; };
    // A place to touch. `id` is unique on the screen and stable; a drag that began on it is no click.
    Press target(std::string_view id, Rect rect);
    bool button(std::string_view id, Rect rect, const Label& label, Look look);

    void fill(Rect rect, ImU32 colour, float rounding) const;
    void outline(Rect rect, ImU32 colour, float rounding, float thickness) const;
    void card(Rect rect, ImU32 colour) const;  // with a soft shadow
    // draw_label(); words that are cut off are noted as "cut", which no screen may have.
    void label(ImVec2 at, float width, float middle_y, std::string_view words, const TextStyle& style) const;
    void icon(Icon which, float x, float y, float size, ImU32 colour) const { draw_icon(list, which, {x, y}, size, colour); }

    [[nodiscard]] float fit(float units) const { return px(units) * shrink; }  // room around such type
    [[nodiscard]] float button_height() const { return std::max(px(112), px.touch); }

private:
    void draw_button(Rect rect, const Label& label, Look look, bool down) const;
    void draw_stacked(Rect rect, const Label& label, ImU32 ink) const;

    Drawn& m_out;
};

}  // namespace pipa::kiosk
