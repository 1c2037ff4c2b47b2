// Every screen in both languages and orientations, drawn under a software GL: looks as approved, targets are large
// enough and have names of their own, no glyph is missing.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>

#include "approved.hpp"
#include "samples.hpp"
#include "screens/theme.hpp"
#include "screens/type_setting.hpp"
#include "wire/qr_text.hpp"
#include "screen_cases.hpp"
#include "stage.hpp"

namespace pipa::kiosk::test {
namespace {

struct Orientation {
    const char* name;
    int width;
    int height;
};
constexpr Orientation orientations[] = {{"portrait", 1080, 1920}, {"landscape", 1920, 1080}};
constexpr std::pair<Language, const char*> languages[] = {{Language::Chinese, "zh"}, {Language::English, "en"}};

bool overlap(const Rect& a, const Rect& b) { return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom(); }

void check_targets(const std::vector<Target>& targets, const Display& display) {
    std::set<std::string> ids;
    const float least = 15 * display.px_per_mm;
    for (const Target& target : targets) {
        INFO(target.id);
        CHECK(ids.insert(target.id).second);
        CHECK(target.rect.w >= least - 0.5f);
        CHECK(target.rect.h >= least - 0.5f);
        CHECK(target.rect.x >= 0);
        CHECK(target.rect.right() <= static_cast<float>(display.width));
        if (target.id == "attract/anywhere") continue;
        for (const Target& other : targets) {
            INFO(other.id);
            CHECK((&other == &target || other.id == "attract/anywhere" || !overlap(target.rect, other.rect)));
        }
    }
}

std::string texts_of(const ScreenView& view) {
    if (!view.page) return view.freshness.text + view.demo_notice;
    std::string out = view.page->title + view.page->verdict.reason + view.page->freshness.text;
    for (const SectionView& section : view.page->sections)
        for (const RowView& row : section.rows) out += row.label + row.value + row.note;
    for (const VoucherView& voucher : view.page->vouchers) out += voucher.name + voucher.role + voucher.basis;
    return out;
}

}  // namespace

namespace {

// One orientation in one language: four tests, so that they run side by side.
void check_looks(const Orientation& orientation, Language language, const std::string& tag) {
    Stage stage(orientation.width, orientation.height);
    for (const ScreenCase& screen : screen_cases()) {
        const std::string name = screen.name + "." + tag + "." + orientation.name;
        INFO(name);
        const ScreenView view = view_of(screen, language, stage.display(), screen.camera_picture ? stage.camera_picture() : Picture{});
        const Drawn drawn = stage.draw(view);
        check_targets(drawn.targets, stage.display());
        CHECK(missing_glyphs(texts_of(view)) == "");
        const Screenshot picture = stage.shoot();
        keep_for_viewing(picture, name);
        const Comparison comparison = compare_with_approved(picture, name);
        INFO(comparison.explanation);
        CHECK(comparison.same);
    }
}

}  // namespace

TEST_CASE("screens: look as approved in portrait and Chinese") { check_looks(orientations[0], Language::Chinese, "zh"); }
TEST_CASE("screens: look as approved in portrait and English") { check_looks(orientations[0], Language::English, "en"); }
TEST_CASE("screens: look as approved in landscape and Chinese") { check_looks(orientations[1], Language::Chinese, "zh"); }
TEST_CASE("screens: look as approved in landscape and English") { check_looks(orientations[1], Language::English, "en"); }

TEST_CASE("screens: every verdict and every foreign or broken code is among them, as the core judged it") {
    std::set<std::string> verdicts, reasons;
    for (ScreenCase screen : screen_cases()) {
        const auto shown = view_of(screen, Language::English, {}, {}).page;
        if (shown == nullptr) continue;
        INFO(screen.name);
        verdicts.insert(shown->verdict.code);
        reasons.insert(shown->verdict.reason_code);
        screen.change = {};  // what a test may change of a result is how far down it is read
        CHECK(view_of(screen, Language::English, {}, {}).page->verdict.reason == shown->verdict.reason);
    }
    CHECK(verdicts == std::set<std::string>{"genuine", "out_of_date", "revoked", "altered", "unknown_issuer", "could_not_check"});
    for (const char* code : {"check.no_trust", "check.foreign_code", "check.unreadable", "check.incomplete", "status.not_checked", "status.withdrawn", "notice.recalled", "notice.suspended"})
        CHECK(reasons.contains(code));
    std::set<ForeignCode> foreign;
    for (const Sample& sample : district().samples) foreign.insert(recognise_foreign_code(sample.text));
    CHECK(foreign.size() == static_cast<std::size_t>(ForeignCode::ActiveContent) + 1);
}

TEST_CASE("screens: the comparison sees one other digit in a number") {
    Stage stage(1080, 1920);
    const auto shot = [&](char last) {
        const ScreenCase typed{.name = "typed", .events = {event::GoTo{Screen::Type}, event::KeypadKey{'7'}, event::KeypadKey{last}}};
        stage.draw(view_of(typed, Language::English, stage.display(), {}));
        return stage.shoot();
    };
    const Screenshot before = shot('1');
    CHECK(alike(before, shot('1')));
    CHECK_FALSE(alike(before, shot('8')));
}

TEST_CASE("screens: the comparison sees a missing button, and passes over the rounding of another GL") {
    const Screenshot before{.width = 960, .height = 540, .rgb = Bytes(960 * 540 * 3, 250)};
    Screenshot rounded = before, changed = before;
    for (std::size_t i = 0; i < rounded.rgb.size(); i += 7) rounded.rgb[i] = 248;
    for (std::size_t y = 400; y < 470; ++y) std::fill_n(changed.rgb.begin() + static_cast<std::ptrdiff_t>((y * 960 + 300) * 3), 200 * 3, std::uint8_t{90});
    CHECK(alike(before, rounded));
    CHECK_FALSE(alike(before, changed));
}

TEST_CASE("theme: words on every accent and surface have a contrast of 4.5 to 1 or more") {
    const auto linear = [](ImU32 colour, int shift) {
        const double part = static_cast<double>(colour >> shift & 0xFF) / 255;
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const auto light = [&](ImU32 c) { return 0.2126 * linear(c, IM_COL32_R_SHIFT) + 0.7152 * linear(c, IM_COL32_G_SHIFT) + 0.0722 * linear(c, IM_COL32_B_SHIFT); };
    const auto contrast = [&](ImU32 a, ImU32 b) { return (std::max(light(a), light(b)) + 0.05) / (std::min(light(a), light(b)) + 0.05); };
    for (const char* verdict : {"genuine", "out_of_date", "revoked", "altered", "unknown_issuer", "could_not_check"})
        for (const char* level : {"ok", "caution", "stop", "unknown"}) {
            INFO(verdict << ' ' << level);
            CHECK(contrast(colour::white, accent_of(verdict, level)) >= 4.5);
        }
    for (const auto& [ink, ground] : {std::pair{colour::ink, colour::paper}, {colour::soft_ink, colour::paper}, {colour::soft_ink, colour::white},
                                      {colour::white, colour::leaf}, {colour::leaf_deep, colour::leaf_light}, {colour::warning, colour::cream},
                                      {colour::ink, colour::loquat_light}, {colour::white, colour::night}})
        CHECK(contrast(ink, ground) >= 4.5);
}

TEST_CASE("screens: fit small tablets and fine ones, with targets of 15 mm on each") {
    struct Device { int width, height; float dpi; };
    for (const Device& device : {Device{800, 1280, 160}, Device{1280, 800, 160}, Device{1200, 1920, 224}, Device{2160, 3840, 184}, Device{1024, 768, 96}}) {
        Stage stage(device.width, device.height);
        Display display = stage.display();
        display.px_per_mm = device.dpi / 25.4f;
        for (const ScreenCase& screen : screen_cases()) {
            INFO(screen.name << " on " << device.width << "x" << device.height);
            check_targets(stage.lay_out(view_of(screen, Language::English, display, {})).targets, display);
        }
    }
}

TEST_CASE("glyphs: every text of both catalogues and of the samples can be drawn") {
    Stage stage(320, 320);
    for (const Language language : {Language::Chinese, Language::English})
        for (const auto& [key, text] : texts_in(language).entries()) {
            INFO(key);
            CHECK(missing_glyphs(text) == "");
        }
    CHECK(missing_glyphs("\U0010FFFD") != "");  // the test can fail
}

}  // namespace pipa::kiosk::test
