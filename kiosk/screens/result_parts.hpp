// The pieces of the result screen, top to bottom. Each draws from `y` down within `left`..`left + width` and returns
// where it ended.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "screens/canvas.hpp"

namespace pipa::kiosk {

// Of a row or remark that asks for care: "caution" or "stop".
[[nodiscard]] inline bool weighs(std::string_view level) { return level == "caution" || level == "stop" || level == "unknown"; }

struct Column {
    float left{};
    float width{};
};

// How high something would be, drawn with type so much smaller; nothing of it is seen or can be touched.
template <typename Draw>
float measure(Canvas& canvas, float shrink, Draw draw) {
    ImDrawList list(ImGui::GetDrawListSharedData());
    list._ResetForNewFrame();
    list.PushTexture(ImGui::GetIO().Fonts->TexRef);
    list.PushClipRectFullScreen();
    Drawn nowhere;
    Canvas scratch(canvas.view, canvas.strings, list, nowhere);
    scratch.live = false;
    scratch.shrink = shrink;
    return draw(scratch, 0.0f);
}

// The largest type with which something is no higher than `height`, from 1 down to `least`.
template <typename Draw>
float type_that_fits(Canvas& canvas, float height, float least, Draw draw) {
    constexpr int halvings = 4;
    if (measure(canvas, 1, draw) <= height) return 1;
    float fits = least, too_large = 1;
    for (int i = 0; i < halvings; ++i) {
        const float middle = (fits + too_large) / 2;
        (measure(canvas, middle, draw) <= height ? fits : too_large) = middle;
    }
    return fits;
}

// A card whose height is known only when its content is drawn: the content goes on a layer above it.
template <typename DrawContent>
float draw_card(Canvas& canvas, Column column, float y, ImU32 ground, DrawContent draw_content) {
    canvas.list.ChannelsSplit(2);
    canvas.list.ChannelsSetCurrent(1);
    const float padding = canvas.fit(canvas.px.portrait ? 44 : 36);
    const float bottom = draw_content(column.left + padding, column.width - 2 * padding, y + padding * 0.8f) + padding * 0.8f;
    canvas.list.ChannelsSetCurrent(0);
    canvas.card({column.left, y, column.width, bottom - y}, ground);
    canvas.list.ChannelsMerge();
    return bottom;
}

// Icon and words of a card, in bold.
struct Heading {
    Icon icon;
    std::string text;
    ImU32 ink;
};
float draw_heading(Canvas& canvas, float left, float width, float y, const Heading& heading);

// That there were several codes, and one button for each; the one that is read now stands out.
float draw_choices(Canvas& canvas, Column column, float y);

// The answer itself: icon, word, reason, on its accent.
struct Headline {
    std::string verdict{};
    std::string level{};
    Icon icon{};
    std::string word{};
    std::string reason{};
};
float draw_headline(Canvas& canvas, Column column, float y, const Headline& headline);
float draw_next_step(Canvas& canvas, Column column, float y, const std::string& text, ImU32 accent);
float draw_limits(Canvas& canvas, Column column, float y, const std::vector<std::string>& limits);
// The gravest further reason, on the first page.
float draw_further(Canvas& canvas, Column column, float y, const RemarkView& further);
// What a buyer holds against the goods, with their drawing: what can be seen on them first (noted as "result/facts"), then the whole: who
// promises it, the tests in a word, the labels.
enum class Compare : std::uint8_t { Facts, Whole };
float draw_compare(Canvas& canvas, Column column, float y, const pipa::View& page, Compare how_much);
// The other reasons: those that ask for attention, and apart from them what else was found.
float draw_remarks(Canvas& canvas, Column column, float y, const pipa::View& page);
// Articles that help with this answer.
float draw_lessons(Canvas& canvas, Column column, float y, const std::vector<LessonView>& lessons);
float draw_section(Canvas& canvas, Column column, float y, const SectionView& section, const pipa::View& page);
// The stable code of the answer, for the staff: with the evidence, or below an answer that has none.
float draw_reason_code(Canvas& canvas, Column column, float y, const std::string& code);
float draw_vouchers(Canvas& canvas, Column column, float y, const std::vector<VoucherView>& vouchers);

}  // namespace pipa::kiosk
