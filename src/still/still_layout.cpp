#include "still/still_layout.hpp"

#include <algorithm>
#include <utility>

#include "page/line_break.hpp"

namespace pipa {
namespace {

constexpr std::string_view white = "#ffffff", ink = "#23261f", soft = "#5c5f52", rule = "#e3decd", demo_ground = "#fdf0d8";

struct Style {
    double size{};
    bool bold{};
    std::string_view fill{};
    double pitch{1.4};  // from line to line, in sizes
};

constexpr double edge = 14;
constexpr std::size_t quiet_modules = 4;   // ISO/IEC 18004 section 6.3.8
constexpr double good_module = 3, least_module = 2;
constexpr double widest_beside = 150;      // a wider code has a line of its own

// For whoever types it; a whole code is for cameras.
std::string shown(const std::string& link) {
    const std::string address = link.substr(link.find("//") + 2);
    constexpr std::size_t longest = 64;
    return address.size() <= longest ? address : address.substr(0, longest / 2) + "…";
}

class Writer {
public:
    explicit Writer(double width) { m_out.width = width; }

    void skip(double height) { m_y += height; }
    [[nodiscard]] double y() const noexcept { return m_y; }
    void move_to(double y) noexcept { m_y = y; }
    [[nodiscard]] double inner_width() const noexcept { return m_out.width - 2 * edge; }
    StillLayout& out() noexcept { return m_out; }

    // Lines of text from (x, y) down.
    void text(std::string_view words, const Style& style, double x, double width) {
        if (words.empty()) return;
        const MeasureText measure = [&](std::string_view piece) { return static_cast<float>(estimated_width(piece, style.size, style.bold)); };
        for (const std::string_view line : break_lines(words, static_cast<float>(width), measure)) {
            m_out.texts.push_back({x, m_y + style.size * (style.pitch / 2 + 0.36), style.size, width, style.bold, style.fill, std::string{line}});
            m_y += style.size * style.pitch;
        }
    }
    void text(std::string_view words, const Style& style) { text(words, style, edge, inner_width()); }

    // A box behind what `fill` writes.
    template <typename Fill>
    void on_ground(std::string_view colour, double above, double below, Fill fill) {
        const std::size_t at = m_out.boxes.size();
        const double top = m_y;
        m_out.boxes.push_back({0, top, m_out.width, 0, 0, colour});
        m_y += above;
        fill();
        m_y += below;
        m_out.boxes[at].height = m_y - top;
    }

    void line() {
        m_out.boxes.push_back({edge, m_y, inner_width(), 1, 0, rule});
        m_y += 1;
    }

private:
    StillLayout m_out{};
    double m_y{};
};

void write_verdict(Writer& to, const Still& still) {
    if (!still.demo_notice.empty())
        to.on_ground(demo_ground, 5, 5, [&] { to.text(still.demo_notice, {11.5, false, ink}); });
    to.on_ground(accent_of(still.level), 12, 12, [&] {
        constexpr double disc = 40;
        const double top = to.y(), left = edge + disc + 12;
        to.out().boxes.push_back({edge, top, disc, disc, disc / 2, white});
        to.out().signs.push_back({edge + 8, top + 8, disc - 16, still.icon, accent_of(still.level)});
        to.text(still.word, {22, true, white, 1.25}, left, to.out().width - left - edge);
        to.text(still.as_of, {13.5, true, white}, left, to.out().width - left - edge);  // one with the word, so that no crop parts them
        to.move_to(std::max(to.y(), top + disc));
    });
}

void write_first(Writer& to, const Still& still) {
    write_verdict(to, still);
    to.skip(10);
    to.text(still.product, {17, true, ink});
    to.text(still.quantity, {14, true, ink});
    to.skip(4);
    to.text(still.reason, {14, false, ink});
    to.text(still.further, {13, true, ink});
    to.skip(6);
}

void write_rows(Writer& to, const Still& still) {
    const double label_width = to.inner_width() * 0.27, left = edge + label_width + 8;
    for (const RowView& row : still.rows) {
        const double top = to.y();
        to.text(row.label, {12.5, false, soft}, edge, label_width);
        const double below_label = to.y();
        to.move_to(top);
        to.text(row.value, {13.5, true, ink, 1.32}, left, to.out().width - left - edge);
        to.move_to(std::max(to.y(), below_label) + 2);
    }
    for (const std::string& badge : still.badges) to.text("· " + badge, {13, true, ink});
}

// The code beside the words; below them where it is too wide. `said`: they stand above already.
void write_again(Writer& to, const Still& still, QrSymbol symbol, bool said) {
    const double modules = static_cast<double>(symbol.size + 2 * quiet_modules);
    const double module = modules * good_module <= widest_beside ? good_module : least_module;
    const double side = modules * module, quiet = static_cast<double>(quiet_modules) * module;
    const bool beside = side <= widest_beside;
    const double top = to.y();
    const double width = beside ? to.out().width - edge - side : to.inner_width();
    to.skip(beside ? 8 : 0);
    if (!said) {
        to.text(still.again, {13.5, true, ink}, edge, width);
        to.skip(2);
        to.text(shown(still.link), {11.5, false, soft}, edge, width);
    }
    to.text(still.reason_code, {11, false, soft}, edge, width);
    const double code_top = beside ? top : to.y();
    const double code_left = beside ? to.out().width - side : (to.out().width - side) / 2;
    to.out().codes.push_back({code_left + quiet, code_top + quiet, module, std::move(symbol)});
    to.move_to(std::max(to.y() + 6, code_top + side));
}

Result<StillLayout> finish(Writer& to, const Still& still, bool said) {
    auto symbol = draw_qr_code(still.link, CorrectionLevel::M);
    if (!symbol) return std::unexpected(symbol.error());
    to.line();
    write_again(to, still, std::move(*symbol), said);
    to.line();
    to.skip(6);
    for (const std::string& limit : still.limits) to.text(limit, {11.5, false, soft, 1.36});
    to.skip(10);
    StillLayout& out = to.out();
    out.height = to.y();
    out.boxes.insert(out.boxes.begin(), StillBox{0, 0, out.width, out.height, 0, white});
    return std::move(out);
}

// East Asian forms are a square wide; of the rest what the widest usual fonts need.
double share_of(char32_t c) noexcept {
    if (c >= 0x2E80) return 1;
    if (c >= 0x2010 && c <= 0x2027) return 1;  // quotes and dashes of Chinese text
    if (std::u32string_view{U" ,.:;'|!iljtfI[]()"}.find(c) != std::u32string_view::npos) return 0.36;
    if (std::u32string_view{U"mwMW@%—…"}.find(c) != std::u32string_view::npos) return 0.96;
    if (c >= U'A' && c <= U'Z') return 0.74;
    return c < 0x80 ? 0.6 : 0.8;
}

}  // namespace

double estimated_width(std::string_view utf8, double size, bool bold) {
    double sum = 0;
    while (!utf8.empty()) {
        const CodePoint here = first_code_point(utf8);
        const double share = share_of(here.value);
        sum += bold && share < 1 ? share * 1.06 : share;
        utf8.remove_prefix(here.size);
    }
    return sum * size;
}

Result<StillLayout> lay_out_still(const Still& still) {
    Writer to(still_width);
    write_first(to, still);
    to.line();
    to.skip(8);
    write_rows(to, still);
    to.skip(6);
    return finish(to, still, false);
}

Result<StillLayout> lay_out_still_fragment(const Still& still) {
    Writer to(still_fragment_width);
    write_first(to, still);
    to.text(still.again, {12.5, false, soft});
    to.text(shown(still.link), {11.5, false, soft});
    to.skip(4);
    to.line();
    to.skip(8);
    to.text(still.more + " ▾", {13.5, true, accent_of(still.level)});
    to.skip(10);
    to.out().folded = to.y();
    write_rows(to, still);
    to.skip(6);
    return finish(to, still, true);
}

}  // namespace pipa
