#include "pipa/terminal/verdict_text.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace pipa {
namespace {

struct Sign {
    std::string_view icon;
    std::string_view sign;
};
constexpr std::array signs = {Sign{"check", "✔"}, Sign{"attention", "▲"}, Sign{"clock", "◷"}, Sign{"stop", "✖"},
                              Sign{"broken", "≠"}, Sign{"person", "?"},   Sign{"question", "?"}};

Tone tone_of(std::string_view level) noexcept {
    if (level == "ok") return Tone::Ok;
    if (level == "caution") return Tone::Caution;
    return level == "stop" ? Tone::Stop : Tone::Unknown;
}

class VerdictWriter {
public:
    VerdictWriter(const View& view, const Catalogue& catalogue, const Painter& painter, std::size_t width)
        : m_view(view), m_catalogue(catalogue), m_painter(painter), m_width(width) {
        for (const char* key : labels) m_label_width = std::max(m_label_width, display_width(catalogue.text(key)));
        for (const SectionView& section : view.sections)
            for (const RowView& row : section.rows) m_label_width = std::max(m_label_width, display_width(row.label));
    }

    std::string write() {
        write_verdict();
        for (const SectionView& section : m_view.sections) write_section(section);
        return std::move(m_out);
    }

private:
    static constexpr std::array labels = {"cli.next_step", "cli.does_not_prove", "cli.remarks"};
    static constexpr std::string_view indent = "  ";
    static constexpr std::size_t gap = 2;

    void line(std::string_view text = {}) {
        m_out += text;
        m_out += '\n';
    }

    // A label in its column and a text beside it, wrapped within its own column.
    void entry(std::string_view label, std::string_view text, std::string_view bullet = {}) {
        const std::size_t column = indent.size() + m_label_width + gap;
        const std::size_t hang = display_width(bullet);
        bool first = true;
        for (const std::string& part : wrap(text, m_width - column - hang)) {
            const std::string head = std::string{indent} + m_painter.paint(Tone::Dim, padded(first ? label : "", m_label_width + gap));
            line(head + (first ? std::string{bullet} : std::string(hang, ' ')) + part);
            first = false;
        }
    }

    template <typename List, typename TextOf>
    void entries(const char* key, const List& list, TextOf text_of) {
        std::string label = m_catalogue.text(key);
        for (const auto& item : list) {
            entry(label, text_of(item), "· ");
            label.clear();
        }
    }

    void paragraph(std::string_view text, Tone tone = Tone::Plain) {
        for (const std::string& part : wrap(text, m_width - indent.size())) line(std::string{indent} + m_painter.paint(tone, part));
    }

    void write_verdict() {
        const VerdictView& verdict = m_view.verdict;
        const auto sign = std::ranges::find(signs, verdict.icon, &Sign::icon);
        const std::string banner = " " + std::string{sign == signs.end() ? "?" : sign->sign} + " " + verdict.word + " ";
        line(m_painter.paint(tone_of(verdict.level), banner) + "  " + m_painter.paint(Tone::Dim, verdict.reason_code));
        if (!m_view.demo_notice.empty()) paragraph(m_view.demo_notice, Tone::Dim);
        line();
        paragraph(verdict.reason, Tone::Bold);
        entry(m_catalogue.text(labels[0]), verdict.next_step);
        entries(labels[1], verdict.does_not_prove, [](const std::string& text) { return text; });
        entries(labels[2], m_view.remarks, [](const RemarkView& remark) { return remark.text; });
        paragraph(m_view.freshness.text, Tone::Dim);
    }

    [[nodiscard]] const VoucherView* find_voucher(std::string_view id) const {
        const auto found = std::ranges::find(m_view.vouchers, id, &VoucherView::id);
        return found == m_view.vouchers.end() ? nullptr : &*found;
    }

    // The voucher of most rows stands in the section's heading; rows of others say so themselves.
    [[nodiscard]] static std::string usual_voucher(const SectionView& section) {
        std::map<std::string, std::ptrdiff_t> count;
        for (const RowView& row : section.rows) ++count[row.voucher];
        return std::ranges::max_element(count, {}, [](const auto& entry) { return entry.second; })->first;
    }

    // Who vouches stands behind the title, or below it where the line would be too long.
    void write_heading(std::string_view title, const VoucherView* voucher) {
        const std::string who = voucher == nullptr ? "" : "— " + voucher->name + " · " + voucher->role;
        const bool one_line = display_width(title) + gap + display_width(who) <= m_width;
        line(m_painter.paint(Tone::Bold, title) + (one_line && !who.empty() ? "  " + m_painter.paint(Tone::Dim, who) : ""));
        if (!one_line) paragraph(who, Tone::Dim);
    }

    void write_section(const SectionView& section) {
        line();
        const std::string usual = usual_voucher(section);
        write_heading(section.title, find_voucher(usual));
        for (const RowView& row : section.rows) {
            std::string text = row.value;
            if (!row.note.empty()) text += m_catalogue.is_chinese() ? "（" + row.note + "）" : " (" + row.note + ")";
            const VoucherView* voucher = row.voucher == usual ? nullptr : find_voucher(row.voucher);
            if (voucher != nullptr) text += " — " + voucher->role;
            entry(row.label, text);
        }
    }

    const View& m_view;
    const Catalogue& m_catalogue;
    const Painter& m_painter;
    std::size_t m_width;
    std::size_t m_label_width{};
    std::string m_out{};
};

}  // namespace

std::string verdict_text(const View& view, const Catalogue& catalogue, const Painter& painter, std::size_t width) {
    return VerdictWriter(view, catalogue, painter, width).write();
}

}  // namespace pipa
