// What the record adds to the summary: the tests in a word, the labels as badges, and the drawing of the goods.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "judge/test_item.hpp"
#include "page/pictures.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

using cose::StatementType;

struct Tested {  // of the tests of this lot that stand
    std::set<std::uint32_t> laboratories{};
    std::set<std::string> substances{};
    bool self{};
    int over{}, screened_positive{}, screened{}, not_comparable{}, within{};
    std::int64_t highest_percent{};  // of those within their limit, rounded up
};

// How much of the limit a value within it is, rounded up: what is said to be the most must not be less than it is.
std::int64_t percent_of_limit(std::int64_t value, std::int64_t limit) {
    while (limit > std::numeric_limits<std::int64_t>::max() / 200) value = value / 2 + 1, limit /= 2;
    return (value * 100 + limit - 1) / limit;
}

void count_item(Tested& out, const TestItem& item) {
    out.substances.insert(item.substance);
    if (item.is_screening) {
        ++out.screened;
        out.screened_positive += is_over(item) ? 1 : 0;
    } else if (is_over(item)) {
        ++out.over;
    } else if (!is_comparable(item)) {
        ++out.not_comparable;
    } else {
        ++out.within;
        if (item.value && item.limit && *item.limit > 0 && *item.value > 0)
            out.highest_percent = std::max(out.highest_percent, percent_of_limit(*item.value, *item.limit));
    }
}

Tested count_tests(const ViewInput& input) {
    Tested out;
    const Certificate& certificate = input.judgement.certificate->certificate;
    for (const Piece& piece : standing_pieces(input.judgement, StatementType::Test, Relation::Lot)) {
        if (is_self_test(piece.checked)) out.self = true;
        else if (piece.checked.party != nullptr) out.laboratories.insert(piece.checked.party->id);
        for (const cbor::Value& map : piece.said.list(test_key::items))
            count_item(out, read_test_item(certificate, input.trust.pack().field_data, piece.checked, map));
    }
    return out;
}

// "tested.laboratories", or "tested.laboratories.one" where the language has a form for one.
std::string counted(const Catalogue& catalogue, std::string_view what, std::size_t count) {
    std::string key = "tested." + std::string{what};
    if (count == 1 && catalogue.has(key + ".one")) key += ".one";
    return catalogue.format(key, {{"count", std::to_string(count)}});
}

// Gravest first; nothing is said to be within its limit while something else is not.
void add_results(const Catalogue& catalogue, const Tested& tested, std::vector<std::string>& out) {
    const auto add = [&](std::string_view what, int count) {
        if (count > 0) out.push_back(counted(catalogue, what, static_cast<std::size_t>(count)));
    };
    add("over", tested.over);
    add("screened_positive", tested.screened_positive);
    add("not_comparable", tested.not_comparable);
    if (tested.over + tested.screened_positive + tested.not_comparable > 0) return;
    if (tested.within == 0 && tested.screened > 0) out.push_back(catalogue.text("tested.screened_negative"));
    else if (tested.highest_percent > 0)
        out.push_back(catalogue.format("tested.none_above", {{"percent", std::to_string(tested.highest_percent)}}));
    else if (tested.within > 0) out.push_back(catalogue.text("tested.none_detected"));
}

bool is_about_tests(const Reason& reason) { return rule_of(reason.id).code.starts_with("test."); }

RowView tests_row(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    RowView out{.id = "tests", .label = catalogue.text("section.tests"), .voucher = std::string{voucher::device}};
    const Tested tested = count_tests(input);
    std::vector<std::string> parts;
    if (!tested.laboratories.empty()) parts.push_back(counted(catalogue, "laboratories", tested.laboratories.size()));
    if (tested.self) parts.push_back(catalogue.text(tested.laboratories.empty() ? "tested.self_alone" : "tested.self_too"));
    if (parts.empty()) {
        out.value = catalogue.text("value.no_tests");
        return out;
    }
    parts.push_back(counted(catalogue, "substances", tested.substances.size()));
    add_results(catalogue, tested, parts);
    Level gravest = Level::Ok;
    for (const Reason& reason : input.judgement.reasons) {
        if (!is_about_tests(reason)) continue;
        gravest = std::max(gravest, rule_of(reason.id).level);
        if (reason.id == ReasonId::TestDeclaredFailed) parts.push_back(catalogue.text("tested.declared_failed"));
        if (reason.id == ReasonId::RecheckCleared) parts.push_back(catalogue.text("tested.cleared"));
    }
    if (gravest != Level::Ok) out.level = level_name(gravest);
    out.value = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) out.value += (catalogue.is_chinese() ? "，" : ", ") + parts[i];
    return out;
}

// Whatever the judge found about a label keeps it from simply holding, what has merely ended too.
std::string word_of_badge(const ViewInput& input, const RowView& label) {
    for (const Reason& reason : input.judgement.reasons) {
        const auto is_it = [&](const Argument& argument) { return argument.name == "number" && argument.value == label.value; };
        const bool names_it = std::ranges::any_of(reason.arguments, is_it);
        if (names_it && reason.id == ReasonId::LabelSchemeEnded) return input.catalogue.text("badge.ended");
        if (names_it && reason.id == ReasonId::LabelExpired) return input.catalogue.text("badge.expired");
    }
    if (label.level.empty()) return {};
    return input.catalogue.text(label.level == "stop" ? "badge.wrong" : "badge.questioned");
}

}  // namespace

void complete_summary(const ViewInput& input, SummaryView& summary) {
    summary.to_come.clear();
    summary.picture = picture_of(input.judgement.certificate->certificate, input.trust);
    if (!input.judgement.dossier) return;
    summary.rows.push_back(tests_row(input));
    for (const RowView& label : labels_section(input).rows)
        summary.badges.push_back({label.id, label.label, word_of_badge(input, label), {}, label.voucher, label.level});
}

}  // namespace pipa
