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

void with_camera(ScreenView& view, CameraStatus status, std::string_view trouble) {
    view.camera = status;
    view.camera_trouble = trouble;
}

// Pixels down in portrait; the two columns of a landscape screen are half as long.
std::function<void(ScreenView&)> scrolled(float offset) {
    return [offset](ScreenView& view) { view.scroll.offset = view.display.width < view.display.height ? offset : offset * 0.55f; };
}

// A certificate of the demo.
std::vector<What> shown(std::string_view id) { return {event::Pasted{demo_case(id).text}}; }

std::vector<What> with(std::vector<What> events, std::initializer_list<What> more) {
    events.insert(events.end(), more);
    return events;
}

const DemoSite& whole_site() {
    static const DemoSite made = demo_site({.edition = 2});
    return made;
}
DemoSite without_records() {
    DemoSite out = whole_site();
    std::erase_if(out.files, [](const auto& file) { return file.first.starts_with(records_folder); });
    return out;
}
// What is there where a newer bundle is asked for.
DemoSite with_bundle(std::optional<Bytes> bundle) {
    DemoSite out = whole_site();
    if (bundle) out.files["bundle.cbor"] = std::move(*bundle);
    else out.files.erase("bundle.cbor");
    return out;
}

std::vector<ScreenCase> demo_cases() {
    std::vector<ScreenCase> out;
    const auto add = [&](std::string name, std::vector<What> events, std::function<void(ScreenView&)> change = {}) -> ScreenCase& {
        return out.emplace_back(ScreenCase{.name = std::move(name), .events = std::move(events), .change = std::move(change), .site = whole_site()});
    };
    add("result_revoked", shown("C04")).site = demo_site({.status_of = "C04", .status = Status::Invalid});
    add("result_suspended", shown("C03"));
    add("result_recalled", shown("C11"));
    add("result_status_unknown", shown("C04")).site = demo_site({.without_status = true});
    add("result_record_missing", shown("C04")).site = without_records();
    add("result_several", {event::CodesSeen{{demo_case("C05").text, demo_case("C11").text, demo_case("C04").text}}});
    add("result_lessons", with(shown("C18"), {event::LessonsArrived{education_pack()}}), scrolled(900));
    add("result_story_tests", shown("C01"), scrolled(2700));
    add("result_story_terms", with(shown("C11"), {event::Unfold{"terms/tests"}}), scrolled(4000));
    add("result_story_evidence", with(shown("C01"), {event::Unfold{"evidence"}}), scrolled(11600));
    add("learn_from_result", with(shown("C18"), {event::LessonsArrived{education_pack()}, event::Learn{{.wish = LearnWish::Article, .article = "purchase"}}}));
    const Bytes older = demo_site({.edition = 1}).files.at("bundle.cbor"), newest = whole_site().files.at("bundle.cbor");
    for (const auto& [name, bundle] : {std::pair{"trust_offline", std::optional<Bytes>{}}, {"trust_refused", Bytes(newest.begin(), newest.begin() + 5000)}, {"trust_rolled_back", older}}) {
        add("result_" + std::string{name}, shown("C04")).later = with_bundle(bundle);
        add("scan_" + std::string{name}, {}).later = with_bundle(bundle);
    }
    add("waiting", shown("C04")).waits = true;
    add("waiting_number", with(typed(demo_case("C04").number), {event::KeypadDone{}})).waits = true;
    return out;
}

// Every reason why a number leads to no certificate.
std::vector<ScreenCase> number_cases() {
    std::vector<ScreenCase> out;
    const std::string& number = demo_case("C04").number;
    const auto add = [&](std::string name, std::string_view asked, std::optional<DemoSite> site) {
        out.push_back({.name = "number_" + std::move(name), .events = with(typed(asked), {event::KeypadDone{}}), .site = std::move(site)});
    };
    DemoSite broken = whole_site();
    broken.files[record_file_of(broken, number)] = Bytes(64, 0xFF);
    add("no_records", "LP2026-0522-0117", {});
    add("unknown", "DEMO-330113-261112-C99", whole_site());
    add("missing", number, without_records());
    add("broken", number, broken);
    return out;
}

What no_trust() { return event::SessionGiven{std::make_shared<inquiry::Session>(inquiry::Anchor{}), "trust.wrong_signer"}; }

std::vector<ScreenCase> make_cases() {
    std::vector<ScreenCase> out;
    out.push_back({.name = "attract", .change = [](ScreenView& view) { view.screen = Screen::Attract; view.seconds = 7; }});
    out.push_back({.name = "attract_no_trust", .events = {no_trust()},
                   .change = [](ScreenView& view) { view.screen = Screen::Attract; view.seconds = 31; }});
    out.push_back({.name = "scan", .camera_picture = true});
    out.push_back({.name = "scan_advice", .change = [](ScreenView& view) { view.advice = "kiosk.scan.less_glare"; }, .camera_picture = true});
    out.push_back({.name = "scan_opening"});
    out.push_back({.name = "scan_missing", .change = [](ScreenView& view) { with_camera(view, CameraStatus::Missing, "kiosk.camera.missing"); }});
    out.push_back({.name = "scan_denied", .change = [](ScreenView& view) { with_camera(view, CameraStatus::Denied, "kiosk.camera.denied"); }});
    out.push_back({.name = "scan_lost", .change = [](ScreenView& view) { with_camera(view, CameraStatus::Lost, "kiosk.camera.lost"); }});
    out.push_back({.name = "result_garbled", .events = {event::Pasted{std::string("\x01garbage")}}});
    out.push_back({.name = "scan_large", .events = {event::ChooseTextStep{2}}, .camera_picture = true});
    out.push_back({.name = "type_empty", .events = typed("")});
    out.push_back({.name = "type", .events = typed("LP2026-0522-0117")});
    out.push_back({.name = "type_large", .events = {event::ChooseTextStep{2}, event::GoTo{Screen::Type}, event::KeypadKey{'L'}}});
    for (const Sample& sample : district().samples) out.push_back({.name = "result_" + sample.name, .events = {event::Pasted{sample.text}}});
    out.push_back({.name = "result_no_trust", .events = {no_trust(), event::Pasted{district().sample("genuine").text}}});
    out.push_back({.name = "result_scrolled", .events = {event::Pasted{district().sample("genuine").text}}, .change = [](ScreenView& view) { view.scroll.offset = 1100; }});
    out.push_back({.name = "result_large", .events = {event::Pasted{district().sample("caution").text}, event::ChooseTextStep{2}}});
    out.push_back({.name = "idle", .events = {event::Pasted{district().sample("genuine").text}}, .idle_ms = 64'000});
    for (ScreenCase& each : demo_cases()) out.push_back(std::move(each));
    for (ScreenCase& each : number_cases()) out.push_back(std::move(each));
    for (ScreenCase& each : learn_cases()) out.push_back(std::move(each));
    return out;
}

}  // namespace

const std::vector<ScreenCase>& screen_cases() {
    static const std::vector<ScreenCase> cases = make_cases();
    return cases;
}

ScreenView view_of(const ScreenCase& screen, Language language, Display display, Picture camera_picture) {
    Moment now = screen.site ? demo_now() : test_now;
    State state = initial_state({.language = language}, now);
    const auto give = [&](What what) {
        now.ms += 500;
        state = update(std::move(state), {now, std::move(what)}).state;
    };
    const auto serve = [&](const DemoSite& site) {
        for (auto wanted = wanted_files(state); !wanted.empty(); wanted = wanted_files(state)) give(arrival_of(site.files, wanted.front()));
    };
    give(event::SessionGiven{screen.site ? screen.site->session() : district().session(), {}});
    if (screen.site) serve(*screen.site);
    if (screen.later) {
        give(event::TrustMayBeNew{});
        serve(*screen.later);
    }
    give(event::Resized{display});
    give(event::Begin{language});
    for (const What& what : screen.events) {
        give(what);
        if (screen.site && !screen.waits) serve(*screen.site);
    }
    if (screen.camera_picture) give(event::PictureShown{camera_picture});
    now.ms += screen.idle_ms;
    if (screen.idle_ms > 0) state = update(std::move(state), {now, event::Tick{}}).state;
    ScreenView view = make_view(state);
    view.seconds = 3;
    if (screen.change) screen.change(view);
    return view;
}

}  // namespace pipa::kiosk::test
