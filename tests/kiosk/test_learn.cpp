// The learning screens: the verifier's answers on them, every glyph of the pack, and how soon the first article is there.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <ctime>
#include <stdexcept>

#include "learn_cases.hpp"
#include "platform/gl.hpp"
#include "samples.hpp"
#include "screens/type_setting.hpp"
#include "stage.hpp"

namespace pipa::kiosk::test {
namespace {

const ScreenCase& case_named(std::string_view name) {
    const auto found = std::ranges::find(screen_cases(), name, &ScreenCase::name);
    if (found == screen_cases().end()) throw std::logic_error(std::string{name});
    return *found;
}

struct Milliseconds {
    double own{};    // the kiosk's own work: the update, the view-model, layout, and the glyphs that were not there yet
    double whole{};  // and the pixels, by a software GL
};

// Processor time of this program alone: what else the machine does at the moment does not count.
double processor_ms() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// The list of articles stands, with nothing of any article in the font atlas; a finger lifts; the frame with the article.
Milliseconds first_article() {
    Stage stage(1080, 1920);
    State state = initial_state({.language = Language::Chinese}, test_now);
    const auto give = [&](What what) { state = update(std::move(state), {test_now, std::move(what)}).state; };
    give(event::SessionGiven{district().session(), {}});
    give(event::LessonsArrived{education_pack()});
    give(event::Resized{stage.display()});
    give(event::Begin{Language::Chinese});
    give(event::Learn{{.wish = LearnWish::List}});
    stage.draw(make_view(state));
    (void)stage.shoot();
    Milliseconds out;
    const double start = processor_ms();
    give(event::Learn{{.wish = LearnWish::Article, .article = education_pack()->articles.front().id}});
    stage.draw_once(make_view(state));
    out.own = processor_ms() - start;
    glFinish();
    out.whole = processor_ms() - start;
    return out;
}

}  // namespace

TEST_CASE("learn: the real verifier refuses every lie on the kiosk, and lets the copy pass") {
    const auto reason = [](std::string_view name) {
        const ScreenView view = view_of(case_named(name), Language::English, {}, {});
        return view.learn->outcome.value().view.verdict.reason_code;
    };
    for (const char* name : {"learn_cheat_weight", "learn_cheat_origin", "learn_cheat_date"}) CHECK(reason(name) == "altered.signature");
    CHECK(reason("learn_cheat_copied") == "genuine.signature_fits");
}

TEST_CASE("learn: every character of the education pack can be drawn") {
    Stage stage(320, 320);
    for (const Language language : {Language::Chinese, Language::English}) {
        const Catalogue& catalogue = texts_in(language);
        for (const learn::Article& each : education_pack()->articles) {
            const ArticleView article = make_article_view(*education_pack(), each.id, catalogue).value();
            std::string text = article.title + article.summary;
            for (const BlockView& block : article.blocks)
                for (const auto& line : block.lines)
                    for (const SpanView& span : line) text += span.text;
            for (const SourceView& source : article.sources) text += source.title + source.checked + source.standing;
            for (const WordView& word : article.words) text += word.name + word.meaning;
            CHECK(missing_glyphs(text) == "");
        }
        for (const QuestionView& question : make_quiz_view(*education_pack(), catalogue).questions)
            CHECK(missing_glyphs(question.question + question.why) == "");
    }
}

// A kiosk's own GL fills these pixels in a few milliseconds; the software GL of this test is told beside it.
TEST_CASE("learn: the first article is there within 100 ms of the tap") {
    const Milliseconds took = first_article();
    WARN("first article: " << took.own << " ms of work, " << took.whole << " ms with the software GL's pixels (1080 x 1920, cold font atlas)");
    CHECK(took.own <= 100);
}

}  // namespace pipa::kiosk::test
