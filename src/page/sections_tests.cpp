// Tests: what was measured, how far it is from the limit, and what was not tested. Inputs: what was used, how long before
// harvest, against which quota, and what was bought and brought back.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "judge/test_item.hpp"
#include "page/drawings.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

using cose::StatementType;

std::string show_measure(std::int64_t value, std::string_view unit) { return format_micro(value) + " " + std::string{unit}; }

// "12 % of the limit", "7.2 times the limit".
std::string margin_of(const Catalogue& catalogue, const TestItem& item) {
    if (!item.value || !item.limit || *item.limit == 0) return {};
    const std::int64_t tenths = (*item.value * 10 + *item.limit / 2) / *item.limit;
    if (*item.value > *item.limit) {
        const std::string times = std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
        return catalogue.format("value.times_limit", {{"times", times}});
    }
    const std::int64_t percent = *item.value * 100 / *item.limit;
    return percent == 0 && *item.value > 0 ? catalogue.text("value.below_one_percent") : catalogue.format("value.share_of_limit", {{"percent", std::to_string(percent)}});
}

std::string result_of(const Catalogue& catalogue, const TestItem& item) {
    if (item.value) return show_measure(*item.value, item.unit);
    if (!item.result) return catalogue.text("value.no_result");
    static constexpr std::array words = {"negative", "positive", "not_detected"};
    return catalogue.text("choice.item.result." + std::string{words[static_cast<std::size_t>(*item.result) - 1]});
}

std::string note_of(const Catalogue& catalogue, const TestItem& item) {
    Notes parts(catalogue);
    if (item.is_screening) {
        if (item.limit) parts.add(catalogue.format("value.positive_from", {{"limit", show_measure(*item.limit, item.unit)}}));
        parts.add(catalogue.text("value.screening"));
        return parts.text();
    }
    if (item.limit) parts.add(*item.limit == 0 ? catalogue.text("value.limit_zero") : catalogue.format("value.limit", {{"limit", show_measure(*item.limit, item.unit)}}));
    parts.add(margin_of(catalogue, item));
    if (!item.value && item.detection_limit) parts.add(catalogue.format("value.detection_limit", {{"limit", show_measure(*item.detection_limit, item.unit)}}));
    parts.add(item.limit_source);
    return parts.text();
}

// The test that this one rechecks; null where it is none, or that one is not here.
const CheckedStatement* find_original(const CheckedDossier& dossier, const ParsedStatement& test) {
    const ByteView digest = test.binary(test_key::recheck_of);
    const auto is_it = [&](const CheckedStatement& told) { return told.statement && std::ranges::equal(told.digest, digest); };
    const auto found = std::ranges::find_if(dossier.statements, is_it);
    return digest.empty() || found == dossier.statements.end() ? nullptr : &*found;
}

void add_test(const ViewInput& input, const Piece& piece, Days& days, Rows& rows) {
    static constexpr std::array<std::string_view, 3> levels = {"ok", "stop", "caution"};
    const Catalogue& catalogue = input.catalogue;
    const std::string voucher = voucher_id(input.judgement, piece.checked, piece.bearings.standing);
    const Certificate& certificate = input.judgement.certificate->certificate;
    Notes notes(catalogue, {days.show(piece.said.day(test_key::reported).value_or(0)), std::string{piece.said.text(test_key::method)}});
    if (const CheckedStatement* original = find_original(*input.judgement.dossier, piece.said))
        notes.add(catalogue.format("value.recheck_of", {{"number", std::string{original->statement->id()}}}));
    notes.add(catalogue.pick(piece.said.local(statement_key::note)));
    const auto verdict = static_cast<std::size_t>(piece.said.integer(test_key::verdict).value_or(1));
    // Whoever is no laboratory tests its own goods, whatever it calls that.
    rows.put({"test", is_self_test(piece.checked) ? catalogue.text("choice.test.kind.self_test") : show_choice(catalogue, piece.said, test_key::kind, "kind"), show_choice(catalogue, piece.said, test_key::verdict, "verdict"),
              notes.text(), voucher, std::string{levels[verdict - 1]}});
    for (const cbor::Value& map : piece.said.list(test_key::items)) {
        const TestItem item = read_test_item(certificate, input.trust.pack().field_data, piece.checked, map);
        const std::string_view level = !is_over(item) ? "" : item.is_screening ? "caution" : "stop";
        rows.put({"test_item", show_substance(input, item.analyte), result_of(catalogue, item), note_of(catalogue, item), voucher, std::string{level}});
        rows.draw(draw_gauge(catalogue, item, rows.last(), level));
    }
}

// What the year's nitrogen may be, from the record or from the field data.
std::optional<std::int64_t> quota_of(const ViewInput& input, const ParsedStatement& use) {
    if (const auto own = use.integer(input_key::quota_nitrogen)) return own;
    const auto code = input.judgement.certificate->certificate.product_code;
    for (const Quota& quota : input.trust.pack().field_data.quotas)
        if (code && std::ranges::find(quota.products, *code) != quota.products.end()) return quota.nitrogen_micro;
    return {};
}

// The interval that the judge worked out for this use, in days or degree-days.
std::optional<DrawingView> draw_interval(const ViewInput& input, const ParsedStatement& use, std::int32_t row) {
    static constexpr std::array intervals = {ReasonId::IntervalKept, ReasonId::IntervalViolated, ReasonId::DegreeDaysKept, ReasonId::DegreeDaysViolated};
    for (const Reason& reason : input.judgement.reasons) {
        if (std::ranges::find(intervals, reason.id) == intervals.end() || std::ranges::find(reason.evidence, use.id()) == reason.evidence.end()) continue;
        const auto number = [&](std::string_view name) {
            const auto found = std::ranges::find(reason.arguments, name, &Argument::name);
            return found == reason.arguments.end() ? std::nullopt : parse_micro(found->value);
        };
        const auto kept = number("kept");
        const auto needed = number("needed");
        const Level level = rule_of(reason.id).level;
        if (kept && needed) return draw_meter("needed", *kept, *needed, row, level == Level::Ok ? "" : level_name(level));
    }
    return {};
}

void add_use(const ViewInput& input, const Piece& piece, Rows& rows) {
    const Catalogue& catalogue = input.catalogue;
    const ParsedStatement& use = piece.said;
    const std::string_view substance = use.text(input_key::substance);
    const Finding finding = finding_of(input, use.id());
    Notes notes(catalogue, {finding.text, std::string{use.text(input_key::product)}, std::string{use.text(input_key::amount)}});
    if (!use.text(input_key::target).empty()) notes.add(catalogue.format("value.target", {{"target", std::string{use.text(input_key::target)}}}));
    const auto nitrogen = use.integer(input_key::nitrogen_kg_per_mu);
    const std::int64_t quota = nitrogen ? quota_of(input, use).value_or(0) : 0;  // 0: none is known
    if (nitrogen) {
        notes.add(quota > 0 ? catalogue.format("value.nitrogen_quota", {{"amount", format_micro(*nitrogen)}, {"quota", format_micro(quota)}})
                              : catalogue.format("value.nitrogen", {{"amount", format_micro(*nitrogen)}}));
    }
    if (use.choice(input_key::registered_for_crop) == "no") notes.add(catalogue.text("value.not_registered"));
    notes.add(catalogue.pick(use.local(statement_key::note)));
    rows.put({"input", substance.empty() ? show_choice(catalogue, use, input_key::kind, "kind") : show_substance(input, substance),
              catalogue.format("value.used_on", {{"date", show_day(catalogue, use.day(input_key::used).value_or(0))}}), notes.text(),
              voucher_id(input.judgement, piece.checked, piece.bearings.standing), finding.level == "ok" ? "" : finding.level});
    rows.draw(draw_interval(input, use, rows.last()));
    if (quota > 0) rows.draw(draw_meter("quota", *nitrogen, quota, rows.last(), ""));
}

void add_trade(const ViewInput& input, const Piece& piece, Rows& rows, std::int64_t packs_key) {
    const Catalogue& catalogue = input.catalogue;
    const auto packs = piece.said.integer(packs_key);
    Notes notes(catalogue, {about_whom(catalogue, piece), show_day(catalogue, piece.said.day(input_key::used).value_or(0)),
                                      packs ? catalogue.format("value.packs", {{"count", std::to_string(*packs)}}) : std::string{}});
    rows.put({"trade", show_choice(catalogue, piece.said, input_key::action, "action"), std::string{piece.said.text(input_key::product)},
              notes.text(), voucher_id(input.judgement, piece.checked, piece.bearings.standing)});
}

// What was bought once this lot was in: it went onto another.
bool is_after_harvest(const ViewInput& input, const ParsedStatement& purchase) {
    const Certificate& certificate = input.judgement.certificate->certificate;
    return purchase.day(input_key::used).value_or(0) > certificate.harvest_day.value_or(day_of(certificate.issued_unix_s));
}

}  // namespace

SectionView tests_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "tests", voucher::device);
    const auto tests = standing_pieces(input.judgement, StatementType::Test, Relation::Lot);
    Days days(catalogue);
    for (const Piece& piece : tests) add_test(input, piece, days, rows);
    rows.add("not_tested", catalogue.text(tests.empty() ? "value.no_tests" : "value.not_tested"));
    if (!tests.empty()) rows.explain({"limit", "screening", "not_detected"});
    return rows.finish();
}

SectionView inputs_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "inputs", voucher::device);
    const auto pieces = standing_pieces(input.judgement, StatementType::Input);
    bool any_use = false;
    for (const Piece& piece : pieces) {
        if (piece.bearings.relation != Relation::Lot || piece.said.choice(input_key::action) != "use") continue;
        add_use(input, piece, rows);
        any_use = true;
    }
    if (!any_use) rows.add("no_inputs", catalogue.text("value.no_inputs"));
    for (const Piece& piece : pieces) {
        if (piece.bearings.relation != Relation::Lot && piece.bearings.relation != Relation::Issuer) continue;
        if (piece.said.choice(input_key::action) == "purchase" && !is_after_harvest(input, piece.said)) add_trade(input, piece, rows, input_key::packs_bought);
        if (piece.said.choice(input_key::action) == "return") add_trade(input, piece, rows, input_key::packs_returned);
    }
    if (any_use) rows.explain({"interval", "quota"});
    return rows.finish();
}

}  // namespace pipa
