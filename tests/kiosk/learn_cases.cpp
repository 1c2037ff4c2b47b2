#include "learn_cases.hpp"

#include <stdexcept>

#include "education/embedded_sources.hpp"
#include "samples.hpp"
#include "wire/qr_text.hpp"

namespace pipa::kiosk::test {
namespace {

event::Learn wish(LearnAsk ask) { return event::Learn{std::move(ask)}; }
event::Learn article(std::string id) { return wish({.wish = LearnWish::Article, .article = std::move(id)}); }
event::Learn choose(std::uint32_t option) { return wish({.wish = LearnWish::Choose, .option = option}); }

std::vector<What> whole_quiz() {
    std::vector<What> out{wish({.wish = LearnWish::Quiz})};
    for (const learn::Question& question : education_pack()->questions) {
        out.emplace_back(choose(question.answer));
        out.emplace_back(wish({.wish = LearnWish::NextQuestion}));
    }
    return out;
}

CheatLessonView lesson() {
    return make_cheat_lesson(education_pack()->lesson_certificate, *district().store(), test_now.unix_s, texts_in(Language::English)).value();
}

void scroll_down(ScreenView& view) { view.scroll.offset = 1400; }

}  // namespace

std::shared_ptr<const learn::EducationPack> education_pack() {
    static const auto pack = [] {
        learn::CompiledPack compiled = learn::compile_pack(learn::embedded_sources());
        if (!compiled.problems.empty()) throw std::logic_error(compiled.problems.front().file);
        compiled.pack.lesson_certificate = parse_qr_text(district().sample("genuine").text).value().certificate;
        return std::make_shared<const learn::EducationPack>(std::move(compiled.pack));
    }();
    return pack;
}

std::vector<ScreenCase> learn_cases() {
    std::vector<ScreenCase> out;
    const auto add = [&](std::string name, std::vector<What> events, std::function<void(ScreenView&)> change = {}) {
        events.insert(events.begin(), event::LessonsArrived{education_pack()});
        out.push_back({.name = "learn_" + std::move(name), .events = std::move(events), .change = std::move(change)});
    };
    add("list", {wish({.wish = LearnWish::List})});
    add("list_large", {event::ChooseTextStep{2}, wish({.wish = LearnWish::List})});
    for (const learn::Article& each : education_pack()->articles) add("article_" + each.id, {article(each.id)});
    add("article_end", {article("certificate")}, scroll_down);
    add("article_large", {event::ChooseTextStep{2}, article("copy")});
    add("quiz", {wish({.wish = LearnWish::Quiz})});
    const std::uint32_t answer = education_pack()->questions.front().answer;
    add("quiz_right", {wish({.wish = LearnWish::Quiz}), choose(answer)});
    add("quiz_wrong", {wish({.wish = LearnWish::Quiz}), choose(answer == 0 ? 1 : 0)});
    add("quiz_score", whole_quiz());
    add("cheat", {wish({.wish = LearnWish::Cheat})});
    for (const CheatFieldView& field : lesson().fields)
        add("cheat_" + std::string{field.id}, {wish({.wish = LearnWish::Cheat}), wish({.wish = LearnWish::TryChange, .change = field.options.front().change})});
    add("cheat_copied", {wish({.wish = LearnWish::Cheat}), wish({.wish = LearnWish::TryCopy})});
    return out;
}

}  // namespace pipa::kiosk::test
