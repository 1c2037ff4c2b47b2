// What the machine has or lacks: a camera, a font.
#include "behaviour.hpp"

namespace pipa::kiosk::test {

TEST_CASE("camera: is missing, is tried again, and comes") {
    Kiosk kiosk = scanning();
    kiosk.give(event::CameraChanged{CameraStatus::Missing});
    CHECK(kiosk.view().camera_trouble == "kiosk.camera.missing");
    kiosk.pass(camera_retry_ms);
    CHECK(kiosk.effects() == std::vector{Effect::OpenCamera});
    CHECK(kiosk.view().camera_trouble == "kiosk.camera.missing");
    kiosk.give(event::PictureShown{{.texture = 1, .width = 4, .height = 3}});
    CHECK(kiosk.view().camera_trouble.empty());
    CHECK(kiosk.view().picture.texture == 1);
}

TEST_CASE("camera: unplugged and back") {
    Kiosk kiosk = scanning();
    kiosk.give(event::PictureShown{{.texture = 1, .width = 4, .height = 3}});
    kiosk.give(event::CameraChanged{CameraStatus::Lost});
    CHECK(kiosk.view().camera_trouble == "kiosk.camera.lost");
    CHECK(kiosk.view().picture == Picture{});
    kiosk.pass(camera_retry_ms);
    CHECK(kiosk.effects() == std::vector{Effect::OpenCamera});
    kiosk.give(event::PictureShown{{.texture = 2, .width = 4, .height = 3}});
    kiosk.see({text_of("genuine")});
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

TEST_CASE("camera: what it says after the visit left the viewfinder is not bearings") {
    Kiosk kiosk = scanning();
    kiosk.give(event::GoTo{Screen::Type});
    kiosk.give(event::PictureShown{{.texture = 9, .width = 1, .height = 1}});
    kiosk.give(event::CameraChanged{CameraStatus::Lost});
    kiosk.see({text_of("genuine")});
    CHECK(kiosk.view().screen == Screen::Type);
    CHECK(kiosk.view().picture == Picture{});
}

TEST_CASE("font: without a Chinese one the kiosk speaks English and says why") {
    Kiosk kiosk(Setup{.chinese_font_missing = true});
    CHECK(kiosk.view().language == Language::English);
    CHECK(kiosk.view().troubles.at(0).key == "kiosk.trouble.no_font");
}

}  // namespace pipa::kiosk::test
