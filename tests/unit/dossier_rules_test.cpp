// The rules of the dossier: tests/vectors/dossier_rules.json, each row a dossier signed in the test and judged with the field data
// that ships.
#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "judge/rules.hpp"
#include "record/field_data_json.hpp"
#include "support/district.hpp"
#include "support/dossier_stories.hpp"
#include "support/exact_bytes.hpp"
#include "support/json_records.hpp"
#include "support/project_files.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

const FieldData& field_data() {
    static const FieldData data = parse_field_data(read_file(project_file("assets/field/field.json"))).value();
    return data;
}

// What a row may do to the dossier: leave a statement out, add some that the manifest does not list, or have another
// keeper or certificate in the manifest.
struct Tampering {
    std::int64_t dropped{-1};
    std::int64_t unlisted{};  // so many from the end
    std::string keeper{"bureau"};
    std::string certificate{"C-STORY-1"};
};

Bytes make_dossier(const Json& statements, const Tampering& tampering, StoryDigests& known) {
    std::vector<Bytes> messages;
    for (const Json& statement : statements) messages.push_back(sign_story(statement, known));
    cbor::Value digests = cbor::make_array();
    for (std::size_t i = 0; i + static_cast<std::size_t>(tampering.unlisted) < messages.size(); ++i)
        digests.items.push_back(cbor::make_bytes(crypto::sha256(messages[i])));
    if (tampering.dropped >= 0) messages.erase(messages.begin() + tampering.dropped);
    if (digests.items.empty()) return encode_dossier({}, messages);
    cbor::MapBuilder manifest;
    manifest.add(statement_key::id, cbor::make_text("M1"));
    manifest.add(statement_key::issued, cbor::make_integer(parse_time("2026-11-13T08:00:00+08:00").value()));
    manifest.add(statement_key::certificates, cbor::make_array({cbor::make_text(tampering.certificate)}));
    manifest.add(manifest_key::sequence, cbor::make_integer(1));
    manifest.add(manifest_key::digests, std::move(digests));
    return encode_dossier(sign_payload(worthless_key(tampering.keeper), cose::StatementType::Manifest, cbor::encode(manifest.finish())), messages);
}

Json merged(Json base, const Json& changes) {
    for (const auto& [key, value] : changes.items()) base[key] = value;
    return base;
}

bool is_of_story(std::string_view code) {
    for (const std::string_view own : {"genuine.signature_fits", "age.issued_days_ago", "link.foreign_host", "upstream.missing"})
        if (code == own) return false;
    return true;
}

}  // namespace

TEST_CASE("dossier: gives every dossier its reasons", "[judge][dossier]") {
    const Json table = load_table("dossier_rules.json");
    const Json& base = table["base"];
    for_each_row(table, "dossier_rules.json", [&](Row& row) {
        INFO(row.where());
        Json fields = row.has("certificate") ? merged(base["certificate"], row.json("certificate")) : base["certificate"];
        StoryDigests known;
        const Bytes file = make_dossier(row.json("statements"), {row.integer_or("drop", -1), row.integer_or("unlisted", 0), row.text_or("keeper", "bureau"), row.text_or("manifest_of", "C-STORY-1")}, known);
        refer_upstream(fields, known);
        const auto key = worthless_key(row.text_or("signer", base["signer"].get<std::string>()));
        const std::string text = make_qr_text("pipa.example", sign_certificate(key, certificate_from(fields)));
        const auto dossier = open_dossier(Exact(file).view(), district().store);
        REQUIRE(dossier);
        Evidence evidence = row.flag("no_dossier") ? Evidence{} : Evidence::with(std::make_shared<const CheckedDossier>(*dossier));
        evidence.field_data = &field_data();
        const Judgement judgement = judge(text, district().store, parse_time(base["now"].get<std::string>()).value(), evidence);
        CHECK(verdict_name(judgement.verdict) == row.text_or("verdict", "genuine"));
        std::vector<std::string> codes;
        for (const Reason& reason : judgement.reasons)
            if (is_of_story(rule_of(reason.id).code)) codes.emplace_back(rule_of(reason.id).code);
        CHECK(codes == row.json("reasons").get<std::vector<std::string>>());
    });
}

TEST_CASE("dossier: every reason of the rules has a row", "[judge][dossier]") {
    std::set<std::string> produced;
    const Json table = load_table("dossier_rules.json");
    for (const Json& row : table["rows"])
        for (const Json& code : row["reasons"]) produced.insert(code.get<std::string>());
    std::string rules_code;
    for (const auto& path : files_below("src/judge", {".cpp"}))
        if (path.filename().string().starts_with("rules")) rules_code += read_file(path);
    for (int i = 0; i <= static_cast<int>(ReasonId::IssuedDaysAgo); ++i) {
        const ReasonRule& rule = rule_of(static_cast<ReasonId>(i));
        const std::string code{rule.code};
        const bool of_rules = code.starts_with("notice.") || code.starts_with("input.") || code.starts_with("test.") ||
                              code.starts_with("label.") || code.starts_with("season.") || code.starts_with("dossier.") || code.starts_with("balance.") || code.starts_with("upstream.");
        INFO(code);
        const bool of_inquiry = code == "notice.not_checked" || code == "upstream.missing" || code == "dossier.further_findings";  // bundle_verdict_test; judge.json; bounded_work_test
        if (of_rules && !of_inquiry) CHECK(produced.contains(code));
    }
}

TEST_CASE("dossier: statements survive JSON, bytes and JSON again", "[record][dossier]") {
    const Json table = load_table("dossier_rules.json");
    for (const Json& row : table["rows"]) {
        for (Json statement : row["statements"]) {
            if (statement.contains("certificate")) continue;
            const auto type = statement_type_named(statement["type"].get<std::string>()).value();
            complete_story(statement, {});
            statement["issued"] = format_rfc3339(parse_time(statement["issued"].get<std::string>()).value());
            const auto payload = payload_from_json(statement.dump(), *schema_of(type));
            INFO(statement.dump());
            REQUIRE(payload);
            CHECK(nlohmann::json::parse(payload_to_json(*payload, *schema_of(type))) == nlohmann::json::parse(statement.dump()));  // in any order
        }
    }
}

TEST_CASE("dossier: a statement says what is wrong with it, by path", "[record][dossier]") {
    const auto answer = [](std::string_view type, std::string_view json) {
        return answer_of(payload_from_json(json, *schema_of(statement_type_named(type).value())));
    };
    CHECK(answer("input", R"({"id":"I1"})") == "statement.missing_field(issued)");
    CHECK(answer("input", R"({"id":"I1","weather":"fine"})") == "statement.unknown_field(weather)");
    CHECK(answer("input", R"({"id":1})") == "statement.bad_field(id)");
    CHECK(answer("test", R"({"items":[{"analyte":"a"},{"analyte":"b","value":0.3}]})") == "statement.bad_field(items/1/value)");
    CHECK(answer("test", R"({"items":[{"analyte":"b","value":"0.0000001"}]})") == "statement.bad_field(items/0/value)");
    CHECK(answer("grade", "[") == "json.invalid");
}

TEST_CASE("dossier: a dossier of garbage is refused, one bad statement is not", "[record][dossier]") {
    CHECK(answer_of(parse_dossier(as_bytes("garbage"))) != "ok");
    const Bytes file = encode_dossier(as_bytes("no manifest"), std::vector<Bytes>{to_bytes(as_bytes("no statement"))});
    const auto dossier = open_dossier(file, district().store);
    REQUIRE(dossier);
    CHECK(dossier->statements.front().standing == Standing::Unreadable);
    CHECK(dossier->sequence == 0);
}

TEST_CASE("dossier: a record that did not arrive or is broken leaves a certificate half checked, and none at all is said", "[judge][dossier]") {
    const Json table = load_table("dossier_rules.json");
    const std::string text = make_qr_text("pipa.example", sign_certificate(worthless_key("P2"), certificate_from(table["base"]["certificate"])));
    const auto now = parse_time(table["base"]["now"].get<std::string>()).value();
    const auto judged = [&](const Evidence& evidence) { return judge(text, district().store, now, evidence); };
    const auto has = [](const Judgement& judgement, ReasonId id) { return std::ranges::find(judgement.reasons, id, &Reason::id) != judgement.reasons.end(); };
    const auto with = [](Record record) {
        Evidence evidence;
        evidence.record = record;
        return evidence;
    };
    CHECK(has(judged(with(Record::NotFetched)), ReasonId::RecordNotFetched));
    CHECK(judged(with(Record::NotFetched)).verdict == Verdict::CouldNotCheck);
    CHECK(has(judged(with(Record::NotPublished)), ReasonId::RecordNotPublished));
    CHECK(judged(with(Record::NotPublished)).level == Level::Ok);
    const Judgement broken = judged(Evidence::open(as_bytes("no dossier"), district().store));
    CHECK(has(broken, ReasonId::RecordUnreadable));
    CHECK(broken.verdict == Verdict::CouldNotCheck);
    CHECK(broken.dossier == nullptr);
}

TEST_CASE("season: a window may run over the turn of the year", "[judge][dossier]") {
    const Season season{.windows = {{{9, 1}, {4, 5}}}};
    const auto day = [](std::string_view text) { return parse_day(text).value(); };
    CHECK(in_season(season, day("2026-09-01"), 0));
    CHECK(in_season(season, day("2027-04-05"), 0));
    CHECK_FALSE(in_season(season, day("2027-04-06"), 0));
    CHECK(in_season(season, day("2027-04-06"), 1));
    CHECK_FALSE(in_season(season, day("2026-08-31"), 30));
}
