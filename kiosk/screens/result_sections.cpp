// The lower half of the result: the lines of the certificate, each with who vouches for it.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "screens/result_parts.hpp"

namespace pipa::kiosk {
namespace {

struct VoucherColours {
    std::string_view id;
    ImU32 ink;
    ImU32 ground;
};
// Whoever is not named here has a neutral colour; only 'nobody' looks like nobody.
constexpr VoucherColours voucher_colours[] = {
    {"producer", IM_COL32(0x1E, 0x62, 0x3A, 0xFF), IM_COL32(0xE4, 0xF1, 0xE4, 0xFF)},
    {"district", IM_COL32(0x7A, 0x4E, 0x00, 0xFF), IM_COL32(0xFF, 0xF0, 0xCC, 0xFF)},
    {"device", IM_COL32(0x2F, 0x55, 0x72, 0xFF), IM_COL32(0xE3, 0xEE, 0xF5, 0xFF)},
    {"nobody", IM_COL32(0x5C, 0x5A, 0x55, 0xFF), IM_COL32(0xEE, 0xEC, 0xE6, 0xFF)},
    {"laboratory", IM_COL32(0x1C, 0x5B, 0x66, 0xFF), IM_COL32(0xDF, 0xF0, 0xF2, 0xFF)},
    {"issuer", IM_COL32(0x1E, 0x62, 0x3A, 0xFF), IM_COL32(0xE4, 0xF1, 0xE4, 0xFF)},
    {"bureau", IM_COL32(0x7A, 0x4E, 0x00, 0xFF), IM_COL32(0xFF, 0xF0, 0xCC, 0xFF)},
    {"inspector", IM_COL32(0x7A, 0x4E, 0x00, 0xFF), IM_COL32(0xFF, 0xF0, 0xCC, 0xFF)},
    {"certifier", IM_COL32(0x4E, 0x46, 0x8C, 0xFF), IM_COL32(0xEA, 0xE8, 0xF6, 0xFF)},
    {"log", IM_COL32(0x2F, 0x55, 0x72, 0xFF), IM_COL32(0xE3, 0xEE, 0xF5, 0xFF)},
    {"", IM_COL32(0x4A, 0x4A, 0x62, 0xFF), IM_COL32(0xEA, 0xEA, 0xF1, 0xFF)},
};

const VoucherColours& colours_for(std::string_view id) {
    const auto* found = std::ranges::find(voucher_colours, voucher_kind(id), &VoucherColours::id);
    return found != std::end(voucher_colours) ? *found : *std::prev(std::end(voucher_colours));
}

std::string_view role_of(const std::vector<VoucherView>& vouchers, std::string_view id) {
    const auto found = std::ranges::find(vouchers, id, &VoucherView::id);
    return found != vouchers.end() ? std::string_view{found->role} : std::string_view{};
}

struct Badge {
    TextStyle words;
    float icon;
    float padding;
    float gap;
    float width;
};

Badge plan_badge(Canvas& canvas, float room, std::string_view id, std::string_view role) {
    const TextStyle words = canvas.style(25, colours_for(id).ink, Weight::Bold);
    Badge out{.words = words, .icon = words.em * 1.15f, .padding = canvas.px(16), .gap = canvas.px(10), .width = 0};
    out.width = std::min(room, text_width(role, words) + out.icon + out.gap + 2 * out.padding);
    return out;
}

// Icon and role on a pill.
void draw_badge(Canvas& canvas, float left, float middle_y, const Badge& badge, std::string_view id, std::string_view role) {
    const VoucherColours& colours = colours_for(id);
    const float height = badge.words.em * 1.75f;
    canvas.fill({left, middle_y - height / 2, badge.width, height}, colours.ground, height / 2);
    canvas.icon(voucher_icon(id), left + badge.padding + badge.icon / 2, middle_y, badge.icon, colours.ink);
    const float text = badge.padding + badge.icon + badge.gap;
    canvas.label({left + text, 0}, badge.width - text - badge.padding + 1, middle_y, role, badge.words);
}

// Label and who vouches for it on one line where both fit, else the voucher below; then value and note.
float draw_row(Canvas& canvas, float left, float width, float y, const RowView& row, const std::vector<VoucherView>& vouchers) {
    const Metrics& px = canvas.px;
    const TextStyle label = canvas.style(type::small, colour::soft_ink), note = label;
    const TextStyle value = canvas.style(38, weighs(row.level) ? accent_of("genuine", row.level) : colour::ink, Weight::Bold);
    const std::string_view role = role_of(vouchers, row.voucher);
    const Badge badge = plan_badge(canvas, width, row.voucher, role);
    const float line = std::round(label.em * label.leading);
    const bool vouched = !row.voucher.empty() && !role.empty();
    const bool beside = text_width(row.label, label) + px(20) + badge.width <= width;
    y += px(20);
    if (vouched && beside) draw_badge(canvas, left + width - badge.width, y + line / 2, badge, row.voucher, role);
    y += draw_text(canvas.list, {left, y}, width, row.label, label) + px(6);
    if (!row.value.empty()) y += draw_text(canvas.list, {left, y}, width, row.value, value);
    if (!row.note.empty()) y += px(2) + draw_text(canvas.list, {left, y}, width, row.note, note);
    if (vouched && !beside) {
        draw_badge(canvas, left, y + px(10) + line / 2, badge, row.voucher, role);
        y += px(10) + line;
    }
    return y + px(18);
}

template <typename DrawContent>
float draw_titled_card(Canvas& canvas, Column column, float y, const std::string& title, DrawContent draw_content) {
    const Metrics& px = canvas.px;
    const float padding = px(44);
    canvas.list.ChannelsSplit(2);
    canvas.list.ChannelsSetCurrent(1);
    const TextStyle heading = canvas.style(type::heading, colour::leaf_deep, Weight::Bold);
    float at = y + padding * 0.7f;
    at += draw_text(canvas.list, {column.left + padding, at}, column.width - 2 * padding, title, heading) + px(10);
    const float bottom = draw_content(column.left + padding, column.width - 2 * padding, at) + padding * 0.4f;
    canvas.list.ChannelsSetCurrent(0);
    canvas.card({column.left, y, column.width, bottom - y}, colour::white);
    canvas.list.ChannelsMerge();
    return bottom;
}

// A button that opens and closes what is too long to stand there unasked. Returns where it ends.
float draw_fold(Canvas& canvas, float left, float width, float y, const std::string& id, const Label& closed) {
    const bool open = canvas.view.unfolded.contains(id);
    const Rect place{left, y + canvas.px(18), width, canvas.button_height()};
    if (canvas.button("result/fold/" + id, place, open ? Label{canvas.text("kiosk.result.fold")} : closed, Look::Quiet)) canvas.tell(event::Unfold{id});
    return place.bottom() + canvas.px(18);
}

float draw_terms(Canvas& canvas, float left, float width, float y, const SectionView& section) {
    const std::string id = "terms/" + section.id;
    y = draw_fold(canvas, left, width, y, id, {canvas.text("kiosk.result.terms"), Icon::Info});
    if (!canvas.view.unfolded.contains(id)) return y;
    const TextStyle term = canvas.style(type::body, colour::ink, Weight::Bold), words = canvas.style(type::small, colour::soft_ink);
    for (const ExplainView& each : section.explain) {
        y += draw_text(canvas.list, {left, y}, width, each.term, term);
        y += draw_text(canvas.list, {left, y}, width, each.text, words) + canvas.px(16);
    }
    return y;
}

// Every statement behind the answer is a long list: it opens on demand.
constexpr std::string_view folded_section = "evidence";

void draw_hairline(Canvas& canvas, float left, float width, float y) { canvas.fill({left, y, width, std::max(1.0f, canvas.px(2))}, colour::line, 0); }

}  // namespace

float draw_section(Canvas& canvas, Column column, float y, const SectionView& section, const pipa::View& page) {
    return draw_titled_card(canvas, column, y, section.title, [&](float left, float width, float at) {
        const bool folds = section.id == folded_section;
        if (folds) at = draw_fold(canvas, left, width, at, section.id, {canvas.strings.own.format("kiosk.result.all", {{"count", std::to_string(section.rows.size())}}), Icon::Down});
        for (const RowView& row : section.rows) {
            if (folds && !canvas.view.unfolded.contains(section.id)) break;
            draw_hairline(canvas, left, width, at);
            at = draw_row(canvas, left, width, at, row, page.vouchers);
        }
        if (folds && canvas.view.unfolded.contains(section.id)) at = draw_reason_code(canvas, {left, width}, at, page.verdict.reason_code) + canvas.px(18);
        return section.explain.empty() ? at : draw_terms(canvas, left, width, at, section);
    });
}

float draw_vouchers(Canvas& canvas, Column column, float y, const std::vector<VoucherView>& vouchers) {
    if (vouchers.empty()) return y;
    return draw_titled_card(canvas, column, y, canvas.text("kiosk.result.vouchers"), [&](float left, float width, float at) {
        const Metrics& px = canvas.px;
        for (const VoucherView& voucher : vouchers) {
            draw_hairline(canvas, left, width, at);
            const VoucherColours& colours = colours_for(voucher.id);
            const float disc = px(40), text_left = left + 2 * disc + px(28), room = width - 2 * disc - px(28);
            const std::string role = voucher.role + " · " + voucher.basis;
            const TextStyle name = canvas.style(38, colour::ink, Weight::Bold), words = canvas.style(type::small, colour::soft_ink);
            const float height = text_height(voucher.name, room, name) + px(4) + text_height(role, room, words);
            const float row = std::max(height, 2 * disc) + px(40);
            canvas.list.AddCircleFilled({left + disc, at + row / 2}, disc, colours.ground);
            canvas.icon(voucher_icon(voucher.id), left + disc, at + row / 2, disc, colours.ink);
            float line = at + (row - height) / 2;
            line += draw_text(canvas.list, {text_left, line}, room, voucher.name, name) + px(4);
            draw_text(canvas.list, {text_left, line}, room, role, words);
            at += row;
        }
        return at;
    });
}

}  // namespace pipa::kiosk
