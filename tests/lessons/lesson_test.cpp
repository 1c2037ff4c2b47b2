// What readers see: golden view-models in both languages, and the honest outcome of every attempt to cheat.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>

#include "base/hex.hpp"
#include "learn/learn_json.hpp"
#include "page/lessons.hpp"
#include "page/pin.hpp"
#include "record/field_data_json.hpp"
#include "sample_pack.hpp"
#include "support/project_files.hpp"
#include "support/signing.hpp"
#include "host/embedded_catalogues.hpp"

namespace {

using namespace pipa;

constexpr std::string_view languages[] = {"zh-Hans", "en"};

struct Golden {
    std::string name;  // "home.en.json"
    std::string json;
};

// Pretty, so that a change shows as lines.
std::string pretty(const std::string& json) { return test::Json::parse(json).dump(1) + "\n"; }

const FieldData& shipped_field_data() {
    static const FieldData data = parse_field_data(test::read_file(test::project_file("assets/field/field.json"))).value();
    return data;
}

std::vector<Golden> views(const TrustStore& trust, const FieldData& field) {
    std::vector<Golden> out;
    const learn::EducationPack& pack = test::published_pack();
    const UnixSeconds now = test::genuine_scene().now;
    for (const std::string_view tag : languages) {
        const Catalogue& catalogue = *embedded_catalogue(tag);
        const auto add = [&](const std::string& name, std::string json) { out.push_back({name + "." + std::string{tag} + ".json", std::move(json)}); };
        add("home", to_json(make_learn_home(pack, catalogue)));
        add("quiz", to_json(make_quiz_view(pack, catalogue)));
        for (const learn::Article& article : pack.articles) add("article-" + article.id, to_json(*make_article_view(pack, article.id, catalogue)));
        const auto lesson = make_cheat_lesson(pack.lesson_certificate, trust, now, catalogue);
        REQUIRE(lesson.has_value());
        add("cheat", to_json(*lesson));
        add("cheat-weight", to_json(*try_cheat(pack.lesson_certificate, lesson->fields[0].options[0].change, trust, now, catalogue)));
        add("cheat-copy", to_json(try_copy(pack.lesson_certificate, trust, now, catalogue)));
        const auto pick = make_pick_game(field, trust.pack().products, now, catalogue);
        REQUIRE(pick.has_value());
        add("pick", to_json(*pick));
    }
    return out;
}

std::vector<Golden> goldens() { return views(test::trust_of(test::genuine_scene()), shipped_field_data()); }

std::filesystem::path golden_file(const std::string& name) { return std::filesystem::path{PIPA_GOLDEN_FOLDER} / name; }

}  // namespace

TEST_CASE("lesson: the views are the approved ones", "[learn][golden]") {
    for (const Golden& golden : goldens()) {
        INFO(golden.name << " (tools/approve, after looking at it)");
        REQUIRE(std::filesystem::exists(golden_file(golden.name)));
        CHECK(test::read_file(golden_file(golden.name)) == pretty(golden.json));
    }
}

// Hidden: run by tools/approve alone.
TEST_CASE("lesson: approve", "[.approve]") {
    for (const Golden& golden : goldens()) test::write_file(golden_file(golden.name), pretty(golden.json));
}

// Hidden: run by tests/embed/agree.test.mjs, which gives whole.wasm the same messages and compares every byte.
TEST_CASE("lesson: write what whole.wasm is held against", "[.reference]") {
    const char* folder = std::getenv("PIPA_REFERENCE_FOLDER");
    REQUIRE(folder != nullptr);
    const std::filesystem::path out = folder;
    const crypto::SecretKey office = test::worthless_key("office of the learning pages");
    TrustPack known = test::district().pack;
    known.field_data = shipped_field_data();
    const Bytes trust = test::sign_trust_pack(office, known);
    const auto store = TrustStore::open(trust, office.public_key());
    REQUIRE(store.has_value());
    for (const Golden& view : views(*store, store->pack().field_data)) test::write_file(out / view.name, view.json);
    const Bytes pack = test::sign_payload(office, cose::StatementType::EducationPack, learn::encode_education_pack(test::published_pack()).value());
    test::write_file(out / "trust.cose", as_text(trust));
    test::write_file(out / "pack.cose", as_text(pack));
    test::write_file(out / "office.pub", to_hex(office.public_key()));
    test::write_file(out / "now", std::to_string(test::genuine_scene().now));
}

TEST_CASE("lesson: every offered change is refused by the real verifier, for its signature", "[learn]") {
    const test::Scene& scene = test::genuine_scene();
    const TrustStore& trust = test::trust_of(scene);
    const Catalogue& catalogue = *embedded_catalogue("en");
    const Bytes certificate = test::genuine_certificate();
    const auto lesson = make_cheat_lesson(certificate, trust, scene.now, catalogue);
    REQUIRE(lesson.has_value());
    REQUIRE(lesson->fields.size() >= 2);
    for (const CheatFieldView& field : lesson->fields)
        for (const CheatOptionView& option : field.options) {
            INFO(field.id << " " << option.text);
            const auto outcome = try_cheat(certificate, option.change, trust, scene.now, catalogue);
            REQUIRE(outcome.has_value());
            CHECK(outcome->view.verdict.code == "altered");
            CHECK(outcome->view.verdict.reason_code == "altered.signature");
        }
}

TEST_CASE("lesson: an exact copy passes, and the lesson says what that means", "[learn]") {
    const test::Scene& scene = test::genuine_scene();
    const CheatOutcomeView copied = try_copy(test::genuine_certificate(), test::trust_of(scene), scene.now, *embedded_catalogue("en"));
    CHECK(copied.view.verdict.code == "genuine");
    CHECK(copied.explanation.size() == 3);
}

TEST_CASE("lesson: values that no certificate can have are refused", "[learn]") {
    const test::Scene& scene = test::genuine_scene();
    const Catalogue& catalogue = *embedded_catalogue("en");
    const CheatChange impossible[] = {{CheatField::Weight, 0}, {CheatField::Weight, -5}, {CheatField::Weight, INT64_MAX}, {CheatField::Origin, 7},
                                      {CheatField::Date, INT64_MAX}, {CheatField::Date, INT64_MIN}, {CheatField::Date, 0}};
    for (const CheatChange& change : impossible) CHECK(!try_cheat(test::genuine_certificate(), change, test::trust_of(scene), scene.now, catalogue));
}

TEST_CASE("lesson: without trust or with a false certificate there is no lesson", "[learn]") {
    const test::Scene& scene = test::genuine_scene();
    const Catalogue& catalogue = *embedded_catalogue("en");
    CHECK(!make_cheat_lesson(test::genuine_certificate(), TrustStore{}, scene.now, catalogue));
    Bytes damaged = test::genuine_certificate();
    damaged.back() ^= 1;
    CHECK(!make_cheat_lesson(damaged, test::trust_of(scene), scene.now, catalogue));
    CHECK(!make_cheat_lesson({}, test::trust_of(scene), scene.now, catalogue));
}

TEST_CASE("lesson: an article that is not there is nothing", "[learn]") { CHECK(!make_article_view(test::published_pack(), "no-such", *embedded_catalogue("en"))); }

TEST_CASE("lessons: every article that an answer leads to is in the pack, under the same title", "[learn]") {
    for (const auto rules : {lesson_rules(), product_lesson_rules()})
        for (const LessonRule& rule : rules)
            for (const std::string_view tag : languages) {
                INFO(rule.article << " " << tag);
                const auto article = make_article_view(test::published_pack(), rule.article, *embedded_catalogue(tag));
                REQUIRE(article.has_value());
                CHECK(article->title == embedded_catalogue(tag)->text("lesson." + std::string{rule.article}));
            }
}

// What is worth knowing without any scan at hand is read from the list alone; whoever adds an article decides which it is.
TEST_CASE("lessons: every article of the pack is reached from some answer, or is for the list alone", "[learn]") {
    constexpr std::string_view for_the_list[] = {"kitchen", "quota", "pests", "records", "whom", "costs"};
    for (const learn::Article& article : test::published_pack().articles) {
        INFO(article.id);
        const bool reached =
            (std::ranges::count(lesson_rules(), article.id, &LessonRule::article) + std::ranges::count(product_lesson_rules(), article.id, &LessonRule::article)) > 0;
        CHECK(reached == (std::ranges::find(for_the_list, article.id) == std::end(for_the_list)));
    }
}

TEST_CASE("pin: says what has changed since publication", "[learn]") {
    const test::Scene& scene = test::genuine_scene();
    const Catalogue& catalogue = *embedded_catalogue("en");
    const Judgement judgement = judge(scene.text, test::trust_of(scene), scene.now);
    const std::string pin = make_pin(judgement);
    CHECK(pin.starts_with("genuine."));
    CHECK(check_pin(pin, judgement, catalogue).state == PinState::Match);
    CHECK(check_pin("revoked" + pin.substr(7), judgement, catalogue).state == PinState::OtherAnswer);
    CHECK(check_pin("genuine.00000000000000000000000000000000", judgement, catalogue).state == PinState::OtherCertificate);
    for (const std::string_view bad : {"x", "genuine", "genuine.", "genuine.00", "good.00000000000000000000000000000000", "genuine.0000000000000000000000000000000G"})
        CHECK(check_pin(bad, judgement, catalogue).state == PinState::Malformed);
    Judgement recalled = judgement;
    recalled.verdict = Verdict::Revoked;
    recalled.reasons = {Reason{.id = ReasonId::Recalled, .arguments = {{"date", "2026-11-02"}, {"title", "x"}}}};
    CHECK(check_pin(pin + "@2026-10-30", recalled, catalogue).text == "On the day of publication, 30 October 2026: Genuine and unchanged. Since 2 November 2026: Recalled.");
    CHECK(check_pin(pin, recalled, catalogue).text == "When the article was published: Genuine and unchanged. Since 2 November 2026: Recalled.");
    recalled.reasons = {Reason{.id = ReasonId::StatusRecalled, .arguments = {{"date", "2026-11-20"}}}};  // the day of the list, and not of the recall
    CHECK(check_pin(pin + "@2026-10-30", recalled, catalogue).text == "On the day of publication, 30 October 2026: Genuine and unchanged. Now: Recalled.");
    Judgement doubted = judgement;
    doubted.level = Level::Stop;
    CHECK(make_pin(doubted) == "genuine-stop" + pin.substr(7));
    CHECK(check_pin(pin, doubted, catalogue).state == PinState::OtherAnswer);
    CHECK(check_pin(make_pin(doubted), doubted, catalogue).state == PinState::Match);
    CHECK(check_pin(make_pin(doubted), judgement, catalogue).text == "When the article was published: Genuine, but do not buy yet. Now: Genuine and unchanged.");
    Judgement cautious = judgement;
    cautious.level = Level::Caution;
    CHECK(make_pin(cautious) == pin);
    CHECK(check_pin(pin, cautious, catalogue).state == PinState::Match);
    const Judgement nothing = judge("", test::trust_of(scene), scene.now);
    CHECK(make_pin(nothing).empty());
    CHECK(check_pin(pin, nothing, catalogue).state == PinState::OtherCertificate);
}
