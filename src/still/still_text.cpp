#include "still/still_text.hpp"

#include "still/markup.hpp"

namespace pipa {
namespace {

std::string paragraph(std::string_view style, const std::string& content) {
    return content.empty() ? "" : "<p style=\"margin:6px 0;" + std::string{style} + "\">" + content + "</p>";
}

// Verdict and day are one paragraph: whoever cuts a quotation cuts both.
std::string verdict_of(const Still& still) {
    return "<strong>" + escaped(still.word) + "</strong> <time datetime=\"" + escaped(still.day) + "\">" + escaped(still.as_of) + "</time>";
}

std::string link_of(const Still& still) { return "<a href=\"" + escaped(still.link) + "\">" + escaped(still.open) + "</a>"; }

std::string goods_of(const Still& still) {
    std::string out = "<strong>" + escaped(still.product) + "</strong> " + escaped(still.quantity);
    for (const RowView& row : still.rows) out += "<br>" + escaped(row.label) + " <strong>" + escaped(row.value) + "</strong>";
    for (const std::string& badge : still.badges) out += "<br>· " + escaped(badge);
    return out;
}

}  // namespace

std::string still_as_html(const Still& still) {
    const std::string accent{accent_of(still.level)};
    std::string out = "<blockquote lang=\"" + escaped(still.language) + "\" cite=\"" + escaped(still.link) +
                      "\" style=\"margin:16px 0;padding:10px 14px;max-width:36em;border:1px solid #d9d0c2;border-left:6px solid " + accent +
                      ";border-radius:8px;background:#ffffff;color:#23261f;line-height:1.5\">";
    out += paragraph("font-size:13px", escaped(still.demo_notice));
    out += paragraph("font-size:18px;color:" + accent, verdict_of(still));
    out += paragraph("", escaped(still.reason)) + paragraph("font-weight:bold", escaped(still.further)) + paragraph("", goods_of(still));
    out += paragraph("", escaped(still.again) + " " + link_of(still));
    for (const std::string& limit : still.limits) out += paragraph("font-size:13px;color:#5c5f52", escaped(limit));
    return out + "</blockquote>\n";
}

std::string still_for_amp(const Still& still, const StillPicture& picture) {
    return "<figure lang=\"" + escaped(still.language) + "\"><a href=\"" + escaped(still.link) + "\"><amp-img src=\"" + escaped(picture.name) + "\" width=\"" +
           std::to_string(picture.width) + "\" height=\"" + std::to_string(picture.height) + "\" layout=\"intrinsic\" alt=\"" + escaped(still.alt) +
           "\"></amp-img></a><figcaption>" + verdict_of(still) + ". " + escaped(still.again) + " " + link_of(still) + "</figcaption></figure>\n";
}

std::string still_as_markdown(const Still& still) {
    const auto text = [](std::string_view words) { return escaped_for_markdown(words); };
    std::string out = "> **" + text(still.word) + "** " + text(still.as_of) + "\n>\n> " + text(still.reason) + "\n>\n";
    if (!still.further.empty()) out += "> **" + text(still.further) + "**\n>\n";
    out += "> " + text(still.product) + " · " + text(still.quantity) + "\n>\n";
    for (const RowView& row : still.rows) out += "> - " + text(row.label) + " " + text(row.value) + "\n";
    for (const std::string& badge : still.badges) out += "> - " + text(badge) + "\n";
    out += ">\n> " + text(still.again) + " [" + text(still.open) + "](<" + still.link + ">)\n";
    if (!still.demo_notice.empty()) out += ">\n> " + text(still.demo_notice) + "\n";
    return out;
}

}  // namespace pipa
