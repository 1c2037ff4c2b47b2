#include <catch2/catch_test_macros.hpp>
#include <regex>

#include "page/view_json.hpp"
#include "support/district.hpp"
#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"
#include "support/catalogues.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::vector<std::string> codes_of(const Judgement& judgement) {
    std::vector<std::string> codes;
    for (const Reason& reason : judgement.reasons) codes.emplace_back(rule_of(reason.id).code);
    return codes;
}

const Scene& scene_called(const std::string& name) {
    static const std::vector<Scene> scenes = load_scenes();
    return *std::ranges::find(scenes, name, &Scene::name);
}

}  // namespace

TEST_CASE("judge: gives every scene its answer", "[judge]") {
    for (const Scene& scene : load_scenes()) {
        INFO("judge.json: " << scene.name);
        const Judgement judgement = judge(Exact(scene.text).text(), trust_of(scene), scene.now);
        CHECK(verdict_name(judgement.verdict) == scene.verdict);
        CHECK(level_name(judgement.level) == scene.level);
        CHECK(codes_of(judgement) == scene.reasons);
        CHECK((judgement.error ? without_detail(answer_of(*judgement.error)) : "ok") == scene.error);
        if (!scene.foreign.empty()) CHECK(foreign_code_name(judgement.foreign_code) == scene.foreign);
    }
}

// judge.cpp judges the certificate alone, and every reason it gives needs a scene here; the rules of the dossier stand in
// files of their own, with tables of their own.
TEST_CASE("judge: no reason of the certificate alone is without a scene, and none is never given", "[judge]") {
    std::set<std::string> produced;
    for (const Scene& scene : load_scenes()) produced.insert(scene.reasons.begin(), scene.reasons.end());
    const std::string judge_code = read_file(project_file("src/judge/judge.cpp")) + read_file(project_file("src/judge/read_code.cpp"));
    std::string other_code;
    for (const char* folder : {"src/judge", "src/inquiry"})
        for (const auto& path : files_below(folder, {".cpp"}))
            if (path.filename() != "judge.cpp" && path.filename() != "read_code.cpp") other_code += read_file(path);
    // What takes a repository, records or a device that keeps something has its scenes in tests/tuf and tests/inquiry.
    std::string repository_scenes = read_file(project_file("tests/tuf/bundle_verdict_test.cpp"));
    for (const auto& path : files_below("tests/inquiry", {".cpp"})) repository_scenes += read_file(path);
    repository_scenes += read_file(project_file("tests/unit/receipts_test.cpp"));
    const auto look = [&](const std::string& name, const std::string& code) {
        const std::regex use("ReasonId::" + name + "\\b");
        INFO(code);
        const bool of_judge = std::regex_search(judge_code, use);
        CHECK((of_judge || std::regex_search(other_code, use)));
        CHECK((!of_judge || produced.contains(code) || repository_scenes.find('"' + code + '"') != std::string::npos || repository_scenes.find(" " + code + '"') != std::string::npos));
    };
#define PIPA_REASON(id_name, text, verdict, level) look(#id_name, text);
#include "judge/reasons.def"
#undef PIPA_REASON
}

TEST_CASE("judge: every verdict but the one that needs status lists has a golden scene", "[judge]") {
    std::set<std::string> verdicts;
    for (const Scene& scene : load_scenes())
        if (scene.golden) verdicts.insert(scene.verdict);
    CHECK(verdicts == std::set<std::string>{"genuine", "out_of_date", "altered", "unknown_issuer", "could_not_check"});
}

TEST_CASE("judge: rules stand in the order of their ids, with codes of their own", "[judge]") {
    std::set<std::string_view> codes;
    int expected = 0;
#define PIPA_REASON(id_name, text, verdict, level)                             \
    CHECK(static_cast<int>(rule_of(ReasonId::id_name).id) == expected);         \
    CHECK(static_cast<int>(ReasonId::id_name) == expected++);                   \
    CHECK(codes.insert(rule_of(ReasonId::id_name).code).second);
#include "judge/reasons.def"
#undef PIPA_REASON
}

TEST_CASE("judge: no code is genuine when its key is not listed or its bytes were changed", "[judge][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const Scene& scene = scene_called("genuine sugar cane");
    const Bytes certificate = parse_qr_text(scene.text)->certificate;
    for (int i = 0; i < 5000; ++i) {
        const Bytes changed = mutated(random, certificate);
        if (changed == certificate) continue;
        const std::string text = make_qr_text("pipa.example", changed);
        const Judgement judgement = judge(Exact(text).text(), district().store, scene.now);
        INFO(text);
        REQUIRE(judgement.verdict != Verdict::Genuine);
        REQUIRE_FALSE(judgement.reasons.empty());
    }
}

TEST_CASE("judge: any text is judged, and shown in both languages", "[judge][page][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int i = 0; i < 2000; ++i) {
        const Bytes message = sign_certificate(worthless_key(random.chance(3) ? "stranger" : "P2"), random_certificate(random));
        const std::string text = make_qr_text(random.chance(2) ? "pipa.example" : "other.example", random.chance(4) ? mutated(random, message) : message);
        const UnixSeconds now = random.between(0, 7'258'000'000);
        const Judgement judgement = judge(Exact(text).text(), district().store, now);
        for (const Catalogue* catalogue : {&chinese(), &english()}) {
            const std::string json = to_json(make_view(judgement, district().store, *catalogue));
            INFO(json);
            REQUIRE(nlohmann::json::accept(json));
            REQUIRE(json.find("\"[") == std::string::npos);  // a text that no catalogue has stands in brackets
        }
        REQUIRE(nlohmann::json::accept(to_json(judgement)));
    }
}

TEST_CASE("judge: a clock at the ends of its range overflows nothing", "[judge]") {
    for (const UnixSeconds now : {INT64_MIN, INT64_MIN + 1, std::int64_t{-1}, std::int64_t{0}, INT64_MAX - 1, INT64_MAX}) {
        INFO(now);
        const Judgement judgement = judge(scene_called("genuine sugar cane").text, district().store, now);
        CHECK(judgement.signature_valid);
        CHECK((judgement.verdict == Verdict::Genuine || judgement.verdict == Verdict::OutOfDate));
        CHECK(judgement.freshness.grade == Grade::Unknown);
        CHECK(to_json(make_view(judgement, district().store, english())).find("[") != 0);
    }
}

TEST_CASE("judge: the same input gives the same bytes", "[judge][page]") {
    for (const Scene& scene : load_scenes()) {
        const auto once = [&] { return to_json(judge(scene.text, trust_of(scene), scene.now)); };
        CHECK(once() == once());
    }
}
