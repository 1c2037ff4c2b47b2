#include "still/still.hpp"

#include <algorithm>
#include <vector>

#include "page/format.hpp"
#include "page/view_sections.hpp"

namespace pipa {
namespace {

// The signed day of the lists, or the time of judging where that is before it.
UnixSeconds time_of(const Judgement& judgement, UnixSeconds lists) noexcept { return std::min(judgement.now_unix_s, lists); }

// Whoever scans it can look the number up; where nobody stands behind the number, there is the whole code.
std::string link_of(const Judgement& judgement, std::string_view text, std::string_view portal) {
    const std::string site = judgement.host.empty() ? std::string{portal} : "https://" + judgement.host;
    if (site.empty()) return {};
    if (judgement.issuer != nullptr && is_vouched_for(judgement)) return site + "/C#~" + judgement.certificate->certificate.number;
    const std::size_t digits = text.find('#');
    return site + "/C#" + std::string{digits == std::string_view::npos ? text : text.substr(digits + 1)};
}

std::string with_word(const RowView& badge, bool is_chinese) {
    return badge.value.empty() ? badge.label : badge.label + (is_chinese ? "：" : ": ") + badge.value;
}

void take_summary(Still& still, const View& view, bool is_chinese) {
    for (const RowView& row : view.summary.rows) {
        if (row.id == "product") still.product = row.value;
        else if (row.id == "quantity") still.quantity = row.value;
        else {
            still.rows.push_back(row);
            still.rows.back().note.clear();  // the age of that day
        }
    }
    for (const RowView& badge : view.summary.badges) still.badges.push_back(with_word(badge, is_chinese));
    // Its own words: the summary's count those that stand below it on the page.
    const auto further = std::ranges::find(view.remarks, view.summary.further.code, &RemarkView::code);
    if (!view.summary.further.text.empty() && further != view.remarks.end()) still.further = further->text;
}

}  // namespace

std::string_view accent_of(std::string_view level) noexcept {
    if (level == "ok") return "#1f7445";
    if (level == "caution") return "#8a5300";
    return level == "stop" ? "#b3261e" : "#4a5560";
}

std::optional<Still> make_still(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue, std::string_view text, std::string_view portal) {
    if (!judgement.certificate || !judgement.freshness.as_of) return {};
    const View view = make_view(judgement, trust, catalogue);
    const UnixSeconds time = time_of(judgement, *judgement.freshness.as_of);
    Still out{.language = view.language, .level = view.verdict.level, .icon = view.verdict.icon, .word = view.verdict.word};
    out.day = format_rfc3339(time);
    out.demo_notice = view.demo_notice;
    out.reason = view.verdict.reason;
    out.reason_code = view.verdict.reason_code;
    out.limits = view.verdict.does_not_prove;
    take_summary(out, view, catalogue.is_chinese());
    out.link = link_of(judgement, text, portal);
    if (out.link.empty()) return {};
    const std::string shown = show_time(catalogue, time);
    out.as_of = catalogue.format("embed.still.as_of", {{"time", shown}});
    out.again = catalogue.text("embed.still.again");
    out.open = catalogue.text("embed.still.open");
    out.more = catalogue.text("embed.still.more");
    const std::string goods = join(catalogue, std::vector{out.product, out.quantity});
    out.line = catalogue.format("embed.still.line", {{"word", out.word}, {"time", shown}, {"goods", goods}});
    out.alt = catalogue.format("embed.still.alt", {{"line", out.line}, {"reason", out.reason}, {"again", out.again}});
    if (!out.demo_notice.empty()) out.alt = catalogue.format("embed.still.demo", {{"notice", out.demo_notice}, {"alt", out.alt}});
    return out;
}

}  // namespace pipa
