// Boundaries of time: what holds in the second (or on the day) before each `from`, `until`, expiry, interval and border of a grade, at it,
// and after it. Days are China's: they begin at 16:00 UTC.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <stdexcept>

#include "learn/open_pack.hpp"
#include "limits/world.hpp"
#include "oversight/figures.hpp"
#include "support/tuf_repository.hpp"

using namespace pipa;
using namespace pipa::test;
using cose::StatementType;

namespace {

std::string iso(DayNumber day) { return format_day(day); }

constexpr const char* border = "2026-11-10T00:00:00+08:00";  // a day begins in China

Json title() { return {{"zh-Hans", "示例"}}; }
std::string rfc3339(UnixSeconds at) { return format_rfc3339(at); }

struct Border {
    const char* name;
    std::string at;       // the border
    UnixSeconds step;     // a second, or a day
    const char* expected; // of before, at and after: 'y' where it is said
    std::function<bool(UnixSeconds)> said;
};

constexpr UnixSeconds second = 1, one_day = 86'400;

// Whether the world says so, changed for each moment.
Border row(const char* name, const std::string& at, UnixSeconds step, const char* expected, std::string_view code,
    std::function<void(World&, UnixSeconds)> change) {
    return {name, at, step, expected, [=](UnixSeconds moment) {
                World world;
                change(world, moment);
                return world.says(code);
            }};
}

std::string before_at_after(const Border& row) {
    std::string out;
    for (const UnixSeconds offset : {-row.step, UnixSeconds{0}, row.step}) out += row.said(time(row.at) + offset) ? 'y' : 'n';
    return out;
}

void recall(World& world, const Json& more) {
    Json fields = {{"id", "N1"}, {"kind", "recall"}, {"title", title()}, {"since", "2026-11-01"}, {"producers", {producer}}};
    fields.update(more);
    world.say("bureau", "notice", fields);
}

void spray(World& world, const Json& more) {
    Json fields = {{"id", "I1"}, {"producer", producer}, {"kind", "pesticide"}, {"action", "use"}, {"product", "示例"},
        {"substance", "阿维菌素"}, {"used", "2026-11-01"}, {"lots", {"LOT-T"}}};
    fields.update(more);
    world.say("producer", "input", fields);
}

void label(World& world, const Json& more) {
    Json fields = {{"id", "L1"}, {"kind", "green_food"}, {"number", "LB-1"}, {"reference", 7}, {"holder", producer},
        {"product_name", title()}, {"valid_from", "2026-01-01"}};
    fields.update(more);
    world.certificate.labels = {7};
    world.say("bureau", "label", fields);
}

void grade(World& world, const Json& more) {
    Json fields = {{"id", "G1"}, {"producer", producer}, {"scale", "credit"}, {"letter", "C"}, {"from", "2026-01-01"},
        {"until", "2027-12-31"}, {"scale_name", title()}};
    fields.update(more);
    world.say("bureau", "grade", fields);
}

Json tested(const char* id, const char* verdict, const char* value) {
    return {{"id", id}, {"producer", producer}, {"kind", "supervision"}, {"method", "GB 1"}, {"reported", "2026-11-13"},
        {"verdict", verdict}, {"lots", {"LOT-T"}},
            {"items", {{{"analyte", "毒死蜱"}, {"value", value}, {"unit", "mg/kg"}, {"limit", "0.05"}}}}};
}

// A failure, and another laboratory's recheck that clears it.
void recheck(World& world, const Json& first, const Json& again) {
    Json failed = tested("T1", "fail", "0.36");
    failed.update(first);
    Json passed = tested("T2", "pass", "0.01");
    passed["issued"] = "2026-11-15T08:00:00+08:00";
    passed["recheck_of"] = world.say("laboratory", "test", failed);
    passed.update(again);
    world.say("second laboratory", "test", passed);
}

void season(World& world, std::int64_t keeps_days) { world.field.seasons = {{{2002}, {{{11, 10}, {11, 19}}}, keeps_days, {}}}; }

// How a statement of the laboratory stands, in a word.
std::string standing(const std::function<void(World&)>& change, UnixSeconds issued) {
    World world;
    Json test = tested("T1", "pass", "0.01");
    test["issued"] = rfc3339(issued);
    world.say("laboratory", "test", test);
    change(world);
    return std::string{standing_name(open_dossier(encode_dossier({}, world.statements),
        world.trust()).value().statements.front().standing)};
}

// A root, snapshot, timestamp or targets that expires at the border, and a device that looks then.
bool is_taken(const char* role, UnixSeconds now) {
    Repository repository;
    repository[role]["expires"] = "2026-11-20T00:00:00Z";
    if (std::string_view{role} == "root") repository.publish({"root"});
    repository.publish_all();
    Device device(repository);
    device.now = now;
    const std::string answer = device.refresh(repository);
    if (answer != "ok" && !answer.starts_with("tuf.expired(" + std::string{role})) throw std::runtime_error(answer);
    return answer == "ok";
}

bool is_editors(const std::function<void(KeyEntry&)>& change, UnixSeconds issued) {
    const learn::Text text{"文", "text"};
    const learn::Body body = {{.kind = learn::BlockKind::Action, .lines = {{{.text = "文"}}}}};
    learn::EducationPack pack{.version = 1, .issued_unix_s = issued, .title = text};
    pack.topics.push_back({"topic", text});
    pack.articles.push_back({"article", 0, text, text, body, body});
    World world;
    KeyEntry& key = world.key("bureau");
    key.scope.types = {StatementType::EducationPack};
    change(key);
    const Bytes message = sign_payload(worthless_key("bureau"), StatementType::EducationPack, learn::encode_education_pack(pack).value());
    return open_education_pack(message, worthless_key("office").public_key(), world.trust()).has_value();
}

bool is_counted(DayNumber reported) {
    const std::vector<TestedBatch> batches = {{.reported = reported, .counted = true}};
    return !count_figures(batches, {}, day("2026-11-10"), day("2026-11-19"), {}).value().rows.empty();
}

std::vector<Border> rows() {
    const std::string issued = "2026-11-20T08:00:00+08:00";  // of the pack
    return {
        // Keys.
        row("a key's first second", border, second, "ynn", "issuer.key_not_valid_then",
            [](World& w, UnixSeconds t) { w.certificate.issued_unix_s = t, w.key("producer").valid_from = time(border); }),
        row("a key's last second", border, second, "nny", "issuer.key_not_valid_then",
            [](World& w, UnixSeconds t) { w.certificate.issued_unix_s = t, w.key("producer").valid_until = time(border); }),
        row("a key's loss", border, second, "nyy", "issuer.key_compromised",
            [](World& w, UnixSeconds t) { w.certificate.issued_unix_s = t, w.key("producer").compromised_since = time(border); }),
        row("a key that was lost later", border, second, "ynn", "issuer.key_compromised_later",
            [](World& w, UnixSeconds t) { w.certificate.issued_unix_s = t, w.key("producer").compromised_since = time(border); }),
        row("a receipt before the loss", border, second, "ynn", "issuer.shown_before_loss", [](World& w, UnixSeconds t) {
            w.certificate.issued_unix_s = time("2026-11-01");
            w.key("producer").compromised_since = time(border);
            w.say("bureau", "receipt", {{"id", "R1"}, {"issued", rfc3339(t)}, {"digests", {to_hex(crypto::sha256(w.message()))}}});
        }),
        // The certificate.
        row("the last second of a certificate", border, second, "nny", "date.expired", [](World& w, UnixSeconds t) {
            w.certificate.issued_unix_s = time("2026-11-01"), w.certificate.expires_unix_s = time(border), w.now = t,
                w.pack.issued_unix_s = time("2026-11-09");
        }),
        row("a date in the future, beyond what clocks differ by", "2026-11-20T09:40:00+08:00", second, "nny", "date.in_future",
            [](World& w, UnixSeconds t) { w.certificate.issued_unix_s = t; }),
        row("harvested on the day after the promise", border, second, "ynn", "date.harvest_after_issue",
            [](World& w, UnixSeconds t) { w.certificate.issued_unix_s = t, w.certificate.harvest_day = day("2026-11-10"); }),
        // The trust.
        row("a clock behind what was signed", "2026-11-20T07:50:00+08:00", second, "ynn", "trust.clock_behind",
            [](World& w, UnixSeconds t) { w.now = t; }),
        row("the last second of fresh trust", "2026-11-21T08:00:00+08:00", second, "nny", "trust.stale",
            [](World& w, UnixSeconds t) { w.now = t; }),
        row("the last second of usable trust", "2026-11-27T08:00:00+08:00", second, "nny", "trust.age_unknown",
            [](World& w, UnixSeconds t) { w.now = t; }),
        row("metadata that has expired", issued, second, "nny", "trust.stale",
            [=](World& w, UnixSeconds t) { w.pack.issued_unix_s = time("2026-11-20"),
            w.repository = RepositoryState{.expires = time(issued)}, w.now = t; }),
        // Notices.
        row("the day from which a notice holds", "2026-11-25", second, "nyy", "notice.recalled",
            [](World& w, UnixSeconds t) { recall(w, {{"since", "2026-11-25"}}), w.now = t; }),
        row("the day after a notice ended", "2026-11-25", second, "ynn", "notice.recalled",
            [](World& w, UnixSeconds t) { recall(w, {{"ended", "2026-11-24"}}), w.now = t; }),
        row("the first day of issue that a notice means", border, second, "nyy", "notice.recalled",
            [](World& w, UnixSeconds t) { recall(w, {{"issued_from", "2026-11-10"}}), w.certificate.issued_unix_s = t; }),
        row("the last day of issue that a notice means", border, second, "ynn", "notice.recalled",
            [](World& w, UnixSeconds t) { recall(w, {{"issued_until", "2026-11-09"}}), w.certificate.issued_unix_s = t; }),
        // Inputs.
        row("the first day of a ban", border, one_day, "nyy", "input.banned_substance", [](World& w, UnixSeconds t) {
            w.field.names.add("阿维菌素", "阿维菌素"), w.field.names.sort(), w.field.bans = {{"阿维菌素", day("2026-11-10"), {}, {}}};
            spray(w, {{"used", iso(day_of(t))}});
        }),
        row("the last day of an interval", border, one_day, "ynn", "input.interval_violated",
            [](World& w, UnixSeconds t) { spray(w, {{"used", "2026-11-03"}, {"interval_days", 7}}),
            w.certificate.harvest_day = day_of(t); }),
        row("an interval that was kept", border, one_day, "nyy", "input.interval_kept",
            [](World& w, UnixSeconds t) { spray(w, {{"used", "2026-11-03"}, {"interval_days", 7}}),
            w.certificate.harvest_day = day_of(t); }),
        row("the day of the use itself", border, one_day, "nyy", "input.interval_violated",
            [](World& w, UnixSeconds t) { spray(w, {{"used", "2026-11-10"}, {"interval_days", 7}}),
            w.certificate.harvest_day = day_of(t); }),
        row("degree-days", border, one_day, "ynn", "input.degree_days_violated", [](World& w, UnixSeconds t) {
            spray(w, {{"used", "2026-10-21"}, {"degree_days", 500}, {"water_temperature", "25"}}), w.certificate.harvest_day = day_of(t);
        }),
        // Labels.
        row("the first day of a label, of the harvest", border, one_day, "ynn", "label.expired",
            [](World& w, UnixSeconds t) { label(w, {{"valid_from", "2026-11-10"}}), w.certificate.harvest_day = day_of(t); }),
        row("the first day of a label, of the issue", border, second, "ynn", "label.expired",
            [](World& w, UnixSeconds t) { label(w, {{"valid_from", "2026-11-10"}}), w.certificate.issued_unix_s = t; }),
        row("the day after a label ended", border, second, "nyy", "label.expired",
            [](World& w, UnixSeconds t) { label(w, {{"valid_until", "2026-11-09"}}), w.certificate.issued_unix_s = t; }),
        // Seasons.
        row("the first day of a season", border, second, "ynn", "season.not_plausible_now", [](World& w, UnixSeconds t) {
            season(w, 0), w.certificate.issued_unix_s = time("2026-11-01"), w.pack.issued_unix_s = time("2026-11-09"), w.now = t;
        }),
        row("the day after a season", "2026-11-20T00:00:00+08:00", second, "nyy", "season.not_plausible_now",
            [](World& w, UnixSeconds t) { season(w, 0), w.pack.issued_unix_s = time("2026-11-19"), w.now = t; }),
        row("the day after goods of a season keep", "2026-11-23T00:00:00+08:00", second, "nyy", "season.not_plausible_now",
            [](World& w, UnixSeconds t) { season(w, 3), w.now = t; }),
        row("harvested on the first day of a season", border, one_day, "ynn", "season.harvest_outside",
            [](World& w, UnixSeconds t) { season(w, 9), w.certificate.harvest_day = day_of(t); }),
        row("harvested on the last day of a season", "2026-11-19T00:00:00+08:00", one_day, "nny", "season.harvest_outside",
            [](World& w, UnixSeconds t) {
            season(w, 9), w.certificate.harvest_day = day_of(t), w.certificate.issued_unix_s = w.now;
        }),
        // Grades.
        row("the first day of a grade", "2026-11-25", second, "nyy", "grade.low",
            [](World& w, UnixSeconds t) { grade(w, {{"from", "2026-11-25"}}), w.now = t; }),
        row("the day after a grade ended", "2026-11-25", second, "ynn", "grade.low",
            [](World& w, UnixSeconds t) { grade(w, {{"until", "2026-11-24"}}), w.now = t; }),
        // Statements.
        row("a statement of the future, beyond what clocks differ by", "2026-11-20T09:40:00+08:00", second, "nny",
            "dossier.statement_does_not_stand", [](World& w, UnixSeconds t) { grade(w, {{"issued", rfc3339(t)}}); }),
        row("a recheck that was reported before the failure", border, one_day, "nyy", "test.recheck_cleared",
            [](World& w, UnixSeconds t) { recheck(w, {{"reported", "2026-11-10"}}, {{"reported", iso(day_of(t))}}); }),
        row("a recheck that was signed before the failure", border, second, "nny", "test.recheck_cleared",
            [](World& w, UnixSeconds t) { recheck(w, {{"issued", border}}, {{"issued", rfc3339(t)}}); }),
        {"a statement that was written down after the certificate", "2026-11-12T10:00:00+08:00", second, "nny", [](UnixSeconds t) {
             World world;
             grade(world, {{"issued", rfc3339(t)}});
             return world.judged().bearings.at(0).after_issue;
         }},
        // The update repository.
        {"a root expires", "2026-11-20T00:00:00Z", second, "ynn", [](UnixSeconds t) { return is_taken("root", t); }},
        {"a timestamp expires", "2026-11-20T00:00:00Z", second, "ynn", [](UnixSeconds t) { return is_taken("timestamp", t); }},
        {"a snapshot expires", "2026-11-20T00:00:00Z", second, "ynn", [](UnixSeconds t) { return is_taken("snapshot", t); }},
        {"targets expire", "2026-11-20T00:00:00Z", second, "ynn", [](UnixSeconds t) { return is_taken("targets", t); }},
        // Editors, and the board.
        {"an editor's first second", border, second, "nyy",
            [](UnixSeconds t) { return is_editors([](KeyEntry& key) { key.valid_from = time(border); }, t); }},
        {"an editor's last second", border, second, "yyn",
            [](UnixSeconds t) { return is_editors([](KeyEntry& key) { key.valid_until = time(border); }, t); }},
        {"the first day of figures", border, one_day, "nyy", [](UnixSeconds t) { return is_counted(day_of(t)); }},
        {"the last day of figures", "2026-11-19T00:00:00+08:00", one_day, "yyn", [](UnixSeconds t) { return is_counted(day_of(t)); }},
    };
}

}  // namespace

TEST_CASE("times: before each border, at it and after it", "[limits]") {
    for (const Border& row : rows()) {
        INFO(row.name);
        CHECK(before_at_after(row) == row.expected);
    }
}

TEST_CASE("times: how a statement stands around its key's own times", "[limits]") {
    const auto three = [](const std::function<void(World&)>& change) {
        const UnixSeconds at = time(border);
        return std::vector{standing(change, at - 1), standing(change, at), standing(change, at + 1)};
    };
    using Three = std::vector<std::string>;
    CHECK(three([](World& w) { w.key("laboratory").valid_from = time(border); }) == Three{"key_not_valid_then", "stands", "stands"});
    CHECK(three([](World& w) { w.key("laboratory").valid_until = time(border); }) == Three{"stands", "stands", "key_not_valid_then"});
    CHECK(three([](World& w) { w.key("laboratory").compromised_since = time(border); }) == Three{"key_lost_later", "key_not_valid_then",
        "key_not_valid_then"});
    // What was there before the loss, by an office's receipt of that time.
    const auto received = [&](UnixSeconds offset) {
        return standing([=](World& w) {
            w.key("laboratory").compromised_since = time(border);
            w.say("bureau", "receipt", {{"id", "R1"}, {"issued", rfc3339(time(border) + offset)},
                {"digests", {to_hex(crypto::sha256(w.statements.front()))}}});
        }, time("2026-11-01"));
    };
    CHECK(received(-1) == "stands");
    CHECK(received(0) == "key_lost_later");
    CHECK(received(1) == "key_lost_later");
}

TEST_CASE("times: a certificate is as old as China's days say", "[limits]") {
    const auto days_told = [](std::string_view issued, std::string_view now) {
        World world;
        world.pack.issued_unix_s = time("2026-11-01");
        world.certificate.issued_unix_s = time(issued);
        world.now = time(now);
        for (const Reason& reason : world.judged().reasons)
            if (reason.id == ReasonId::IssuedDaysAgo) return reason.arguments.at(0).value;
        return std::string{"not told"};
    };
    CHECK(days_told("2026-11-09T23:59:59+08:00", "2026-11-09T23:59:59+08:00") == "0");
    CHECK(days_told("2026-11-09T23:59:59+08:00", border) == "1");
    CHECK(days_told(border, border) == "0");
    CHECK(days_told("2026-11-01T00:00:00+08:00", "2026-11-09T23:59:59+08:00") == "8");
    CHECK(days_told("2026-11-01T00:00:00+08:00", border) == "9");
    CHECK(days_told("2026-11-10T00:05:00+08:00", "2026-11-09T23:59:00+08:00") == "0");  // minutes ahead of a slow clock
}
