#include "screen_cases.hpp"

#include "learn_cases.hpp"
#include "samples.hpp"

namespace pipa::kiosk::test {
namespace {

std::vector<What> typed(std::string_view text) {
    std::vector<What> out{event::GoTo{Screen::Type}};
    for (const char c : text) out.emplace_back(event::KeypadKey{c});
    return out;
}

// The core has no list of withdrawn certificates yet; its words for them stand in the catalogue.
void make_revoked(ScreenView& view) {
    const Catalogue& texts = texts_in(view.language);
    auto page = std::make_shared<pipa::View>(*view.page);
    page->verdict.code = "revoked";
    page->verdict.level = "stop";
    page->verdict.icon = "stop";
    page->verdict.word = texts.text("verdict.revoked");
    page->verdict.does_not_prove = {texts.text("limits.revoked.1")};
    view.page = std::move(page);
}

void with_camera(ScreenView& view, CameraStatus status, std::string_view trouble) {
    view.camera = status;
    view.camera_trouble = trouble;
}

std::vector<ScreenCase> make_cases() {
    std::vector<ScreenCase> out;
    out.push_back({.name = "attract", .change = [](ScreenView& view) { view.screen = Screen::Attract; view.seconds = 7; }});
    out.push_back({.name = "attract_no_trust", .events = {event::TrustArrived{{.problem = "trust.wrong_signer"}}},
                   .change = [](ScreenView& view) { view.screen = Screen::Attract; view.seconds = 31; }});
    out.push_back({.name = "scan", .camera_picture = true});
    out.push_back({.name = "scan_opening"});
    out.push_back({.name = "scan_missing", .change = [](ScreenView& view) { with_camera(view, CameraStatus::Missing, "kiosk.camera.missing"); }});
    out.push_back({.name = "scan_denied", .change = [](ScreenView& view) { with_camera(view, CameraStatus::Denied, "kiosk.camera.denied"); }});
    out.push_back({.name = "scan_lost", .change = [](ScreenView& view) { with_camera(view, CameraStatus::Lost, "kiosk.camera.lost"); }});
    out.push_back({.name = "scan_garbled", .events = {event::Pasted{std::string("\x01garbage")}}, .camera_picture = true});
    out.push_back({.name = "scan_large", .events = {event::ChooseTextStep{2}}, .camera_picture = true});
    out.push_back({.name = "type_empty", .events = typed("")});
    out.push_back({.name = "type", .events = typed("LP2026-0522-0117")});
    out.push_back({.name = "type_large", .events = {event::ChooseTextStep{2}, event::GoTo{Screen::Type}, event::KeypadKey{'L'}}});
    auto number = typed("LP2026-0522-0117");
    number.emplace_back(event::KeypadDone{});
    out.push_back({.name = "number", .events = number});
    for (const Sample& sample : district().samples) out.push_back({.name = "result_" + sample.name, .events = {event::Pasted{sample.text}}});
    out.push_back({.name = "result_revoked", .events = {event::Pasted{district().sample("genuine").text}}, .change = make_revoked});
    out.push_back({.name = "result_no_trust", .events = {event::TrustArrived{{.problem = "trust.wrong_signer"}}, event::Pasted{district().sample("genuine").text}}});
    out.push_back({.name = "result_scrolled", .events = {event::Pasted{district().sample("genuine").text}}, .change = [](ScreenView& view) { view.scroll.offset = 1100; }});
    out.push_back({.name = "result_large", .events = {event::Pasted{district().sample("caution").text}, event::ChooseTextStep{2}}});
    out.push_back({.name = "idle", .events = {event::Pasted{district().sample("genuine").text}}, .idle_ms = 64'000});
    for (ScreenCase& each : learn_cases()) out.push_back(std::move(each));
    return out;
}

}  // namespace

const std::vector<ScreenCase>& screen_cases() {
    static const std::vector<ScreenCase> cases = make_cases();
    return cases;
}

ScreenView view_of(const ScreenCase& screen, Language language, Display display, Picture camera_picture) {
    Moment now = test_now;
    State state = initial_state({.language = language}, now);
    const auto give = [&](What what) {
        now.ms += 500;
        state = update(std::move(state), {now, std::move(what)}).state;
    };
    give(event::TrustArrived{{.store = district().store()}});
    give(event::Resized{display});
    give(event::Begin{language});
    for (const What& what : screen.events) give(what);
    if (screen.camera_picture) give(event::PictureShown{camera_picture});
    now.ms += screen.idle_ms;
    if (screen.idle_ms > 0) state = update(std::move(state), {now, event::Tick{}}).state;
    ScreenView view = make_view(state);
    view.seconds = 3;
    if (screen.change) screen.change(view);
    return view;
}

}  // namespace pipa::kiosk::test
