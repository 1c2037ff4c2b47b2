#include "screen_cases.hpp"

#include "demo_samples.hpp"
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

// A certificate of the demo with its record, judged with what an update repository brings.
std::vector<What> shown(std::string_view id) { return {event::Pasted{demo_case(id).text}, record_of(id)}; }

std::vector<What> with(std::vector<What> events, std::initializer_list<What> more) {
    events.insert(events.end(), more);
    return events;
}

Trust kept_trust_with(std::string trouble, std::string code) {
    Trust trust = demo_trust();
    trust.trouble = std::move(trouble);
    trust.problem = std::move(code);
    return trust;
}

std::vector<ScreenCase> demo_cases() {
    std::vector<ScreenCase> out;
    const auto add = [&](std::string name, std::vector<What> events, std::function<void(ScreenView&)> change = {}) {
        out.push_back({.name = std::move(name), .events = std::move(events), .change = std::move(change), .of_demo = true});
    };
    const std::string& good = demo_case("C04").text;
    add("result_revoked", {event::TrustArrived{demo_trust({"C04", Status::Invalid})}, event::Pasted{good}, record_of("C04")});
    add("result_suspended", shown("C03"));
    add("result_recalled", shown("C11"));
    add("result_status_unknown", {event::TrustArrived{demo_trust_without_status()}, event::Pasted{good}, record_of("C04")});
    add("result_record_missing", {event::Pasted{good}, no_record_of(demo_case("C04").number, Delivery::Missing)});
    add("result_lessons", with(shown("C18"), {event::LessonsArrived{education_pack()}}), scrolled(900));
    add("result_story_tests", shown("C01"), scrolled(2700));
    add("result_story_terms", with(shown("C11"), {event::Unfold{"terms/tests"}}), scrolled(4000));
    add("result_story_evidence", with(shown("C01"), {event::Unfold{"evidence"}}), scrolled(11600));
    add("learn_from_result", with(shown("C18"), {event::LessonsArrived{education_pack()}, event::Learn{{.wish = LearnWish::Article, .article = "purchase"}}}));
    for (const auto& [name, code] : {std::pair{"trust_offline", "file.unreadable"}, {"trust_refused", "tuf.wrong_signature"}, {"trust_rolled_back", "tuf.rollback"}})
        add("result_" + std::string{name}, with({event::TrustArrived{kept_trust_with("kiosk.trouble." + std::string{name}, code)}}, {event::Pasted{good}, record_of("C04")}));
    add("waiting", {event::Pasted{good}});
    add("waiting_number", with(typed(demo_case("C04").number), {event::KeypadDone{}}));
    return out;
}

// Every reason why a number leads to no certificate.
std::vector<ScreenCase> number_cases() {
    std::vector<ScreenCase> out;
    const std::string& number = demo_case("C04").number;
    const auto add = [&](NumberProblem problem, std::vector<What> events) {
        out.push_back({.name = "number_" + std::string{problem_name(problem)}, .events = std::move(events), .of_demo = problem != NumberProblem::NoRecords});
    };
    const auto answered = [&](event::RecordArrived record) { return with(typed(number), {event::KeypadDone{}, std::move(record)}); };
    add(NumberProblem::Malformed, with(typed("-330113-261112-C04"), {event::KeypadDone{}}));
    add(NumberProblem::NoRecords, with(typed("LP2026-0522-0117"), {event::KeypadDone{}}));
    add(NumberProblem::Unknown, with(typed("DEMO-330113-261112-C99"), {event::KeypadDone{}, event::RecordArrived{lots_file_name(lots_share_of("DEMO-330113-261112-C99")), Delivery::Whole, lots_file_with("DEMO-330113-261112-C99")}}));
    add(NumberProblem::Missing, answered(no_record_of(number, Delivery::Missing)));
    add(NumberProblem::Broken, answered({lots_file_name(lots_share_of(number)), Delivery::Whole, Bytes(64, 0xFF)}));
    add(NumberProblem::TooLarge, answered(no_record_of(number, Delivery::TooLarge)));
    return out;
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
    for (const Sample& sample : district().samples) out.push_back({.name = "result_" + sample.name, .events = {event::Pasted{sample.text}}});
    out.push_back({.name = "result_no_trust", .events = {event::TrustArrived{{.problem = "trust.wrong_signer"}}, event::Pasted{district().sample("genuine").text}}});
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
    Moment now = screen.of_demo ? demo_now() : test_now;
    State state = initial_state({.language = language, .has_records = screen.of_demo}, now);
    const auto give = [&](What what) {
        now.ms += 500;
        state = update(std::move(state), {now, std::move(what)}).state;
    };
    give(event::TrustArrived{screen.of_demo ? demo_trust() : Trust{.store = district().store()}});
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
