// Stills: their day, their words, their places, and what the channels that they are for let through.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "page/format.hpp"
#include "still/still_svg.hpp"
#include "still/still_text.hpp"
#include "support/catalogues.hpp"
#include "support/district.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

// Calls `use` with the still of every scene that has one, in both languages.
template <typename Use>
std::size_t for_each_still(Use use) {
    std::size_t count = 0;
    for (const Scene& scene : load_scenes())
        for (const Catalogue* catalogue : {&chinese(), &english()}) {
            const TrustStore& trust = trust_of(scene);
            const Judgement judgement = judge(scene.text, trust, scene.now);
            const auto still = make_still(judgement, trust, *catalogue, scene.text, "https://pipa.example");
            if (!still) continue;
            INFO(scene.name << ' ' << catalogue->language());
            use(*still, judgement, *catalogue);
            ++count;
        }
    return count;
}

Still hostile_still() {
    const std::string attack = "\"><img src=x onerror=alert(1)>'&](javascript:alert(1))`*\n# <script>";
    Still still{.language = "en", .level = "ok", .icon = "check", .word = attack, .as_of = attack, .day = "2026-11-20T09:00:00+08:00"};
    for (std::string* text : {&still.reason, &still.further, &still.product, &still.quantity, &still.again, &still.open, &still.more, &still.line, &still.alt, &still.reason_code, &still.demo_notice})
        *text = attack;
    still.rows.push_back({"origin", attack, attack, {}, {}, {}});
    still.badges = {attack};
    still.limits = {attack};
    still.link = "https://pipa.example/C#~A-1";
    return still;
}

struct Tag {
    std::string name{};
    std::map<std::string, std::string> attributes{};
};

std::vector<Tag> tags_in(const std::string& markup) {
    static const std::regex tag(R"re(<([a-zA-Z-]+)((?:\s+[a-zA-Z:-]+="[^"<>]*")*)\s*>)re");
    static const std::regex attribute(R"re(([a-zA-Z:-]+)="([^"]*)")re");
    std::vector<Tag> out;
    for (std::sregex_iterator at(markup.begin(), markup.end(), tag), end; at != end; ++at) {
        Tag found{.name = (*at)[1]};
        const std::string inside = (*at)[2];
        for (std::sregex_iterator one(inside.begin(), inside.end(), attribute); one != end; ++one) found.attributes[(*one)[1]] = (*one)[2];
        out.push_back(std::move(found));
    }
    return out;
}

// Whatever opens is one of the tags that tags_in sees: none has attributes of another form.
std::size_t openings_in(const std::string& markup) {
    std::size_t count = 0;
    for (std::size_t at = 0; at + 1 < markup.size(); ++at) count += markup[at] == '<' && markup[at + 1] != '/' ? 1 : 0;
    return count;
}

// A model of what the editor of WeChat public accounts leaves of a pasted fragment. Tencent publishes no list; this one is what those who make
// articles for a living have found, the narrower where they differ (all read 2026-11):
//   attributes that may be animated: the whitelist of 2016 to 2023, https://blog.iooioio.com/archives/SVG_AttributeName
//   no clip paths, filters, gradients, meshes: https://blog.waistu.com/archives/GH6ijd6e
//   elements and style properties of HTML: github.com/royalmorty/md2wechat-skill, skills/content-writing/references/html-guide.md;
//   div loses its styles: github.com/vigorX777/wechat-article-formatter, references/css-compatibility.md
//   links do not work, ids go: github.com/VatsalSy/skills-clawhub, skills/chunhualiao/wechat-article-forge/references/wechat-html-rules.md
const std::map<std::string, std::set<std::string>> wechat_elements = {
    {"section", {"style"}},
    {"svg", {"xmlns", "width", "height", "viewBox", "style", "font-family"}},
    {"g", {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "transform", "opacity"}},
    {"rect", {"x", "y", "width", "height", "rx", "fill"}},
    {"circle", {"cx", "cy", "r", "fill"}},
    {"path", {"d", "fill", "transform", "shape-rendering"}},
    {"text", {"x", "y", "font-size", "font-weight", "fill"}},
    {"animate", {"attributeName", "begin", "dur", "fill", "restart", "from", "to"}},
};
const std::set<std::string> wechat_animated = {"x", "y", "width", "height", "cx", "cy", "opacity", "d", "points", "stroke-width", "stroke-linecap", "stroke-dashoffset", "fill"};
const std::set<std::string> wechat_styles = {"color", "font-size", "font-weight", "line-height", "margin", "padding", "border", "border-radius", "max-width", "width", "display", "background-color"};

std::set<std::string> properties_in(const std::string& style) {
    static const std::regex property(R"re((?:^|;)\s*([a-z-]+)\s*:)re");
    std::set<std::string> out;
    for (std::sregex_iterator at(style.begin(), style.end(), property), end; at != end; ++at) out.insert((*at)[1]);
    return out;
}

void check_for_wechat(const std::string& fragment) {
    const std::vector<Tag> tags = tags_in(fragment);
    CHECK(tags.size() == openings_in(fragment));
    for (const Tag& tag : tags) {
        INFO(tag.name);
        REQUIRE(wechat_elements.contains(tag.name));
        for (const auto& [name, value] : tag.attributes) {
            INFO(name << '=' << value);
            CHECK(wechat_elements.at(tag.name).contains(name));
            if (name == "style")
                for (const std::string& property : properties_in(value)) CHECK(wechat_styles.contains(property));
            if (name == "attributeName") CHECK(wechat_animated.contains(value));
            if (name == "begin") CHECK(value == "click");  // no id of another element, no waiting
            CHECK(value.find("url(") == std::string::npos);
        }
    }
}

bool overlaps(double a, double a_length, double b, double b_length) { return std::min(a + a_length, b + b_length) - std::max(a, b) > 0.01; }

void check_places(const StillLayout& layout) {
    for (const StillText& text : layout.texts) {
        INFO(text.text);
        CHECK(estimated_width(text.text, text.size, text.bold) <= text.room + 0.01);
        CHECK((text.x >= 0 && text.x + text.room <= layout.width && text.baseline <= layout.height));
        for (const StillCode& code : layout.codes) {
            const double quiet = 4 * code.module, side = static_cast<double>(code.symbol.size + 8) * code.module;
            CHECK_FALSE((overlaps(text.x, text.room, code.x - quiet, side) && overlaps(text.baseline - text.size * 0.88, text.size, code.y - quiet, side)));
        }
        for (const StillText& other : layout.texts)
            if (&other != &text) CHECK_FALSE((overlaps(text.x, text.room, other.x, other.room) && overlaps(text.baseline - text.size * 0.8, text.size * 0.9, other.baseline - other.size * 0.8, other.size * 0.9)));
    }
    for (const StillCode& code : layout.codes) CHECK((code.x - 4 * code.module >= -0.01 && code.x + static_cast<double>(code.symbol.size + 4) * code.module <= layout.width + 0.01));
}

}  // namespace

TEST_CASE("still: its day is that of the signed lists, whatever the clock says, and stands in the line with the verdict", "[still]") {
    const std::size_t count = for_each_still([](const Still& still, const Judgement& judgement, const Catalogue& catalogue) {
        REQUIRE(judgement.freshness.as_of);
        const UnixSeconds day = std::min(*judgement.freshness.as_of, judgement.now_unix_s);
        CHECK(still.day == format_rfc3339(day));
        for (const std::string* text : {&still.as_of, &still.line, &still.alt}) CHECK(text->find(show_time(catalogue, day)) != std::string::npos);
        CHECK(still.line.starts_with(still.word));
        CHECK(still_as_html(still).find(still.day) != std::string::npos);
    });
    CHECK(count > 60);
}

TEST_CASE("still: a clock that runs ahead makes it no younger", "[still]") {
    for (const Scene& scene : load_scenes()) {
        const TrustStore& trust = trust_of(scene);
        const auto now = make_still(judge(scene.text, trust, scene.now), trust, english(), scene.text, "https://pipa.example");
        const auto later = make_still(judge(scene.text, trust, scene.now + 400 * 86'400), trust, english(), scene.text, "https://pipa.example");
        INFO(scene.name);
        CHECK(now.has_value() == later.has_value());
        if (now && later && trust.as_of() <= scene.now) CHECK(later->day == now->day);
    }
}

TEST_CASE("still: no word of it counts from the day on which it is read", "[still]") {
    static const std::regex relative("days? ago|issued today|天前|今天开具|昨天|yesterday");
    for_each_still([](const Still& still, const Judgement&, const Catalogue&) {
        for (const std::string& text : {still_as_html(still), still_as_markdown(still), still.alt, still_as_svg(still, lay_out_still(still).value())}) {
            INFO(text);
            CHECK_FALSE(std::regex_search(text, relative));
        }
    });
}

TEST_CASE("still: none without a certificate, without lists, and without a site to check again at", "[still]") {
    std::size_t without = 0;
    for (const Scene& scene : load_scenes()) {
        const TrustStore nobody;
        CHECK_FALSE(make_still(judge(scene.text, nobody, scene.now), nobody, english(), scene.text, "https://pipa.example"));
        const TrustStore& trust = trust_of(scene);
        const Judgement judgement = judge(scene.text, trust, scene.now);
        if (!judgement.certificate) {
            CHECK_FALSE(make_still(judgement, trust, english(), scene.text, "https://pipa.example"));
            ++without;
        }
        if (judgement.host.empty()) CHECK_FALSE(make_still(judgement, trust, english(), scene.text));
    }
    CHECK(without > 5);
}

TEST_CASE("still: the link names the number where somebody stands behind it, and the whole code where nobody does", "[still]") {
    std::set<bool> seen;
    for_each_still([&](const Still& still, const Judgement& judgement, const Catalogue&) {
        const bool by_number = still.link.find("#~") != std::string::npos;
        CHECK(by_number == (judgement.signature_valid && judgement.issuer != nullptr && judgement.verdict != Verdict::UnknownIssuer && judgement.verdict != Verdict::Altered));
        seen.insert(by_number);
    });
    CHECK(seen.size() == 2);
}

TEST_CASE("still: every line has its place, and the code its quiet zone", "[still]") {
    for_each_still([](const Still& still, const Judgement&, const Catalogue&) {
        const auto picture = lay_out_still(still);
        REQUIRE(picture);
        check_places(*picture);
        const auto fragment = lay_out_still_fragment(still);
        REQUIRE(fragment);
        check_places(*fragment);
        CHECK((fragment->folded > 0 && fragment->folded < fragment->height));
    });
}

TEST_CASE("still: what unfolds in a WeChat article passes its editor, and shows verdict, day and the way to check again before it unfolds", "[still]") {
    for_each_still([](const Still& still, const Judgement&, const Catalogue&) {
        const StillLayout layout = lay_out_still_fragment(still).value();
        check_for_wechat(still_for_wechat(still, layout));
        std::string first;
        for (const StillText& text : layout.texts)
            if (text.baseline < layout.folded) first += text.text;
        const auto stands_in_first = [&](std::string words) {
            std::erase(words, ' ');
            std::string all = first;
            std::erase(all, ' ');
            return all.find(words) != std::string::npos;
        };
        for (const std::string& words : {still.word, still.as_of, still.product, still.reason, still.again}) CHECK(stands_in_first(words));
    });
}

TEST_CASE("still: words that would be markup stay words, in every form", "[still]") {
    const Still still = hostile_still();
    const StillLayout picture = lay_out_still(still).value(), fragment = lay_out_still_fragment(still).value();
    check_for_wechat(still_for_wechat(still, fragment));
    for (const std::string& text : {still_as_svg(still, picture), still_for_wechat(still, fragment), still_as_html(still), still_for_amp(still, {"a.png", 360, 500})}) {
        CHECK(text.find("<img") == std::string::npos);
        CHECK(text.find("<script") == std::string::npos);
        CHECK(tags_in(text).size() == openings_in(text));
    }
    const std::string markdown = still_as_markdown(still);
    CHECK(markdown.find("](javascript") == std::string::npos);
    CHECK(markdown.find("\n#") == std::string::npos);
    static const std::regex unescaped(R"([^\\(]<)");  // "(<" begins the link
    CHECK_FALSE(std::regex_search(markdown, unescaped));
}
