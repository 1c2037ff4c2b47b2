#include <catch2/catch_test_macros.hpp>

#include "page/format.hpp"

#include <map>

#include "page/lessons.hpp"
#include "page/privacy.hpp"
#include "page/view.hpp"
#include "support/district.hpp"
#include "support/exact_bytes.hpp"
#include "support/signing.hpp"
#include "support/catalogues.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

View view_of(const Scene& scene, const Catalogue& catalogue) {
    const TrustStore& trust = trust_of(scene);
    return make_view(judge(scene.text, trust, scene.now), trust, catalogue);
}

const RowView* find_row(const View& view, std::string_view id) {
    for (const SectionView& section : view.sections)
        for (const RowView& row : section.rows)
            if (row.id == id) return &row;
    return nullptr;
}

}  // namespace

TEST_CASE("privacy: masks what its table says", "[page]") {
    for_each_row("privacy.json", [](Row& row) {
        INFO(row.where());
        const bool is_contact = row.has("contact");
        const Exact text(row.text(is_contact ? "contact" : "person"));
        CHECK((is_contact ? mask_contact(text.text()) : mask_name(text.text())) == row.text("shown"));
    });
}

TEST_CASE("privacy: natural persons are households and buying persons", "[page]") {
    for (int kind = 1; kind <= 7; ++kind) {
        const auto party_kind = static_cast<PartyKind>(kind);
        CHECK(is_natural_person(party_kind) == (party_kind == PartyKind::Household || party_kind == PartyKind::BuyerPerson));
    }
}

TEST_CASE("privacy: no view and no voucher shows a natural person's full name or number", "[page]") {
    for (const Scene& scene : load_scenes()) {
        for (const Catalogue* catalogue : {&chinese(), &english()}) {
            const View view = view_of(scene, *catalogue);
            const auto is_clean = [](std::string_view text) {
                return text.find("周示例") == std::string_view::npos && text.find("Zhou Shili") == std::string_view::npos &&
                       text.find("吴示例") == std::string_view::npos && text.find("13800000000") == std::string_view::npos;
            };
            INFO("judge.json: " << scene.name);
            for (const SectionView& section : view.sections)
                for (const RowView& row : section.rows) CHECK((is_clean(row.value) && is_clean(row.note)));
            for (const VoucherView& voucher : view.vouchers) CHECK(is_clean(voucher.name));
            CHECK(is_clean(view.title));
        }
    }
}

TEST_CASE("catalogue: fills placeholders as its table says", "[page]") {
    for_each_row("placeholders.json", [](Row& row) {
        INFO(row.where());
        const auto given = row.json("arguments").get<std::map<std::string, std::string>>();
        std::vector<Argument> arguments;
        for (const auto& [name, value] : given) arguments.push_back({name, value});
        CHECK(fill_placeholders(Exact(row.text("text")).text(), arguments) == row.text("filled"));
    });
}

TEST_CASE("catalogue: refuses what is no object of texts", "[page]") {
    for (const char* json : {"", "[]", "7", "\"x\"", "{", "{\"a\": 1}", "{\"a\": null}", "{\"a\": {\"b\": \"c\"}}", "{\"a\": \"\xff\"}"}) {
        INFO(json);
        const auto catalogue = Catalogue::parse("en", Exact(std::string_view{json}).text());
        REQUIRE_FALSE(catalogue);
        CHECK(catalogue.error().code == ErrorCode::CatalogueInvalid);
    }
    CHECK(Catalogue::parse("en", "{}"));
}

TEST_CASE("catalogue: takes a missing text from the other language, field by field", "[page]") {
    const Catalogue other = Catalogue::parse("zh-Hans", R"({"a": "甲", "b": "乙"})").value();
    Catalogue own = Catalogue::parse("en", R"({"a": "A"})").value();
    CHECK(own.text("b") == "[b]");
    own.set_fallback(&other);
    CHECK(own.text("a") == "A");
    CHECK(own.text("b") == "乙");
    CHECK(own.text("c") == "[c]");
}

TEST_CASE("catalogue: a plural of the other language is none of this one", "[page]") {
    const Catalogue other = Catalogue::parse("en", R"({"unit.piece": "pieces", "unit.piece.one": "piece"})").value();
    Catalogue own = Catalogue::parse("zh-Hans", R"({"unit.piece": "个"})").value();
    own.set_fallback(&other);
    CHECK_FALSE(own.has("unit.piece.one"));
    CHECK(show_quantity(own, {1, Unit::Piece}) == "1 个");
}

TEST_CASE("catalogue: two languages that fall back on each other end", "[page]") {
    Catalogue first = Catalogue::parse("en", "{}").value();
    Catalogue second = Catalogue::parse("zh-Hans", "{}").value();
    first.set_fallback(&second);
    second.set_fallback(&first);
    CHECK(first.text("nowhere") == "[nowhere]");
}

TEST_CASE("format: dates as each language writes them", "[page]") {
    const DayNumber day = parse_day("2026-05-02").value();
    CHECK(show_day(chinese(), day) == "2026年5月2日");
    CHECK(show_day(english(), day) == "2 May 2026");
    const UnixSeconds time = parse_time("2026-12-31T09:05:00+08:00").value();
    CHECK(show_time(chinese(), time) == "2026年12月31日 09:05");
    CHECK(show_time(english(), time) == "31 December 2026 09:05");
}

TEST_CASE("format: a list leaves out what is empty", "[page]") {
    CHECK(join(chinese(), std::vector<std::string>{"塘栖镇", ""}) == "塘栖镇");
    CHECK(join(chinese(), std::vector<std::string>{"", "云坞村"}) == "云坞村");
    CHECK(join(english(), std::vector<std::string>{"a", "", "b"}) == "a, b");
    CHECK(join(english(), std::vector<std::string>{}).empty());
}

TEST_CASE("format: products are named by the certificate first, then by the list, then by their code", "[page]") {
    const TrustStore& trust = district().store;
    Certificate certificate{.product_code = 1001, .product_name = "塘栖枇杷"};
    CHECK(show_product(chinese(), trust, certificate) == "塘栖枇杷");
    CHECK(show_product(english(), trust, certificate) == "Loquat (塘栖枇杷)");
    certificate.product_name.clear();
    CHECK(show_product(chinese(), trust, certificate) == "枇杷");
    CHECK(show_product(english(), trust, certificate) == "Loquat");
    certificate.product_code = 2006;
    CHECK(show_product(english(), trust, certificate) == "混装叶菜");
    certificate.product_code = 9999;
    CHECK(show_product(english(), trust, certificate) == "product code 9999");
    CHECK(show_product(chinese(), TrustStore{}, {.product_name = "青菜"}) == "青菜");
}

TEST_CASE("format: one day ago is one day, and today is today", "[page]") {
    const auto age = [](const Catalogue& catalogue, const char* days) {
        return show_reason(catalogue, Judgement{}, {ReasonId::IssuedDaysAgo, {{"days", days}}});
    };
    CHECK(age(english(), "0") == "issued today");
    CHECK(age(english(), "1") == "issued 1 day ago");
    CHECK(age(english(), "2") == "issued 2 days ago");
    CHECK(age(chinese(), "0") == "今天开具");
    CHECK(age(chinese(), "1") == "1 天前开具");
}

TEST_CASE("view: an altered or unknown certificate is vouched for by nobody", "[page]") {
    for (const Scene& scene : load_scenes()) {
        const View view = view_of(scene, english());
        const RowView* quantity = find_row(view, "quantity");
        if (quantity == nullptr) continue;
        INFO("judge.json: " << scene.name);
        const bool vouched = scene.verdict == "genuine" || scene.verdict == "out_of_date";
        CHECK(quantity->voucher == (vouched ? "producer" : "nobody"));
        CHECK(find_row(view, "number")->voucher == quantity->voucher);
    }
}

TEST_CASE("view: every row names a voucher that is listed, and says something", "[page]") {
    for (const Scene& scene : load_scenes()) {
        for (const Catalogue* catalogue : {&chinese(), &english()}) {
            const View view = view_of(scene, *catalogue);
            INFO("judge.json: " << scene.name << " in " << view.language);
            for (const SectionView& section : view.sections) {
                for (const RowView& row : section.rows) {
                    CHECK_FALSE(row.label.empty());
                    CHECK_FALSE(row.value.empty());
                    CHECK(std::ranges::find(view.vouchers, row.voucher, &VoucherView::id) != view.vouchers.end());
                }
            }
            CHECK_FALSE(view.verdict.word.empty());
            CHECK_FALSE(view.verdict.next_step.empty());
            CHECK_FALSE(view.verdict.does_not_prove.empty());
            for (const RemarkView& remark : view.remarks) CHECK(remark.code != view.verdict.reason_code);
        }
    }
}

TEST_CASE("lessons: every row of the table begins the code of some reason", "[page]") {
    constexpr std::string_view codes[] = {
#define PIPA_REASON(id_name, code, verdict, level) code,
#include "judge/reasons.def"
#undef PIPA_REASON
    };
    for (const LessonRule& rule : lesson_rules()) {
        INFO(rule.code);
        CHECK(std::ranges::any_of(codes, [&](std::string_view code) { return code.starts_with(rule.code); }));
    }
}

TEST_CASE("lessons: of the gravest reason first, each once, no more than three", "[page]") {
    const auto lessons = [](std::initializer_list<ReasonId> ids, std::string product) {
        Judgement judgement;
        judgement.verdict = rule_of(*ids.begin()).verdict;
        judgement.certificate = SignedCertificate{};
        for (const ReasonId id : ids) judgement.reasons.push_back({.id = id});
        judgement.certificate->certificate.product_name = std::move(product);
        std::string out;
        for (const LessonView& lesson : make_lessons(judgement, TrustStore{}, english())) out += lesson.id + " ";
        return out;
    };
    CHECK(lessons({ReasonId::LabelExpired, ReasonId::LabelNotForProduct, ReasonId::SignatureFits}, "甘蔗") == "labels copy ");
    CHECK(lessons({ReasonId::TestFailed, ReasonId::LabelExpired, ReasonId::SignatureFits}, "枇杷") == "limit purchase labels ");
    CHECK(lessons({ReasonId::SignatureFits}, "软条白沙枇杷") == "copy tangqi ");
    CHECK(lessons({ReasonId::WrongSignature}, "软条白沙枇杷") == "copy purchase ");  // who knows what it is
    CHECK(lessons({ReasonId::ForeignCode}, "") == "code copy certificate ");
}
