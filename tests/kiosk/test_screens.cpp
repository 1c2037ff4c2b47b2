// Every screen in both languages and orientations, drawn under a software GL: looks as approved, targets are large
// enough and have names of their own, no glyph is missing.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "approved.hpp"
#include "samples.hpp"
#include "screens/type_setting.hpp"
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

TEST_CASE("screens: look as approved, in both languages and orientations") {
    for (const Orientation& orientation : orientations) {
        Stage stage(orientation.width, orientation.height);
        for (const ScreenCase& screen : screen_cases()) {
            for (const auto& [language, tag] : languages) {
                const std::string name = screen.name + "." + tag + "." + orientation.name;
                INFO(name);
                const ScreenView view = view_of(screen, language, stage.display(), screen.camera_picture ? stage.camera_picture() : Picture{});
                const Drawn drawn = stage.draw(view);
                const Screenshot picture = stage.shoot();
                keep_for_viewing(picture, name);
                const Comparison comparison = compare_with_approved(picture, name);
                INFO(comparison.explanation);
                CHECK(comparison.same);
                check_targets(drawn.targets, stage.display());
                CHECK(missing_glyphs(texts_of(view)) == "");
            }
        }
    }
}

TEST_CASE("screens: fit small tablets and fine ones, with targets of 15 mm on each") {
    struct Device { int width, height; float dpi; };
    for (const Device& device : {Device{800, 1280, 160}, Device{1280, 800, 160}, Device{1200, 1920, 224}, Device{2160, 3840, 184}, Device{1024, 768, 96}}) {
        Stage stage(device.width, device.height);
        Display display = stage.display();
        display.px_per_mm = device.dpi / 25.4f;
        for (const ScreenCase& screen : screen_cases()) {
            INFO(screen.name << " on " << device.width << "x" << device.height);
            const Drawn drawn = stage.draw(view_of(screen, Language::English, display, {}));
            check_targets(drawn.targets, display);
            keep_for_viewing(stage.shoot(), screen.name + "." + std::to_string(device.width) + "x" + std::to_string(device.height));
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
