// What each statement of a dossier has to do with the certificate at hand, and whether it counts for it.
#include <algorithm>
#include <array>

#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

bool is_about_issuer(const RuleInput& input, const ParsedStatement& statement) {
    if (is_subject(input.issuer, statement.text(statement_key::producer))) return true;
    return std::ranges::any_of(statement.list(notice_key::producers), [&](const cbor::Value& producer) { return is_subject(input.issuer, producer.text()); });
}

bool is_this_product(const RuleInput& input, const ParsedStatement& variety) {
    return input.certificate.product_code && variety.integer(variety_key::product) == std::int64_t{*input.certificate.product_code};
}

// What names another lot, plot or certificate of the same producer is still about something else.
bool names_something(const ParsedStatement& statement) {
    static constexpr std::array keys = {statement_key::lots, statement_key::plots, statement_key::certificates};
    return std::ranges::any_of(keys, [&](std::int64_t key) { return !statement.list(key).empty(); });
}

Relation issuer_or_other(const RuleInput& input, const ParsedStatement& statement) {
    return is_about_issuer(input, statement) && !names_something(statement) ? Relation::Issuer : Relation::Other;
}

Relation relation_of_label(const RuleInput& input, const ParsedStatement& label) {
    const auto reference = label.integer(label_key::reference).value_or(0);
    if (std::ranges::find(input.certificate.labels, reference) != input.certificate.labels.end()) return Relation::Label;
    return is_subject(input.issuer, label.text(label_key::holder)) ? Relation::Issuer : Relation::Other;
}

Relation relation_of_notice(const RuleInput& input, const ParsedStatement& notice) {
    if (notice_matches(input, notice)) return Relation::Lot;
    if (is_about_upstream(input, notice)) return Relation::Upstream;
    return issuer_or_other(input, notice);
}

// A recheck speaks of whatever the test that it rechecks speaks of.
bool rechecks_this_lot(const RuleInput& input, const ParsedStatement& test) {
    const std::string_view original = test.text(test_key::recheck_of);
    return !original.empty() && std::ranges::any_of(input.dossier.statements, [&](const CheckedStatement& told) {
        return told.is(StatementType::Test) && told.statement->id() == original && is_about_lot(input, *told.statement);
    });
}

Relation relation_of(const RuleInput& input, const ParsedStatement& statement) {
    switch (statement.type()) {
        case StatementType::Certificate:
            if (statement.id() == input.certificate.number) return Relation::Lot;
            return std::ranges::find(input.certificate.upstream, statement.id()) != input.certificate.upstream.end() ? Relation::Upstream : Relation::Other;
        case StatementType::Label: return relation_of_label(input, statement);
        case StatementType::Notice: return relation_of_notice(input, statement);
        case StatementType::Variety: return is_this_product(input, statement) ? Relation::Product : Relation::Other;
        case StatementType::Figures: return Relation::District;
        case StatementType::Card: return is_subject(input.issuer, statement.text(card_key::uscc)) ? Relation::Issuer : issuer_or_other(input, statement);
        default: break;
    }
    if (is_about_lot(input, statement) || rechecks_this_lot(input, statement)) return Relation::Lot;
    if (is_about_upstream(input, statement)) return Relation::Upstream;
    return issuer_or_other(input, statement);
}

// Tests, inputs and works name no product; for this lot they are held against the lot's own.
bool names_no_product(StatementType type) noexcept {
    return type == StatementType::Test || type == StatementType::Input || type == StatementType::Work;
}

}  // namespace

std::vector<Bearing> bearings_of(const RuleInput& given) {
    const auto& statements = given.dossier.statements;
    std::vector<Bearing> out(statements.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const CheckedStatement& told = statements[i];
        out[i].standing = told.standing;
        if (told.stands() && !given.clock_behind && told.statement->issued() > given.now + clock_tolerance_s) out[i].standing = Standing::NotYet;
        out[i].after_issue = told.statement && told.statement->issued() > given.certificate.issued_unix_s;
    }
    RuleInput input = given;
    input.bearings = out;  // plots are shared through harvests that stand
    for (std::size_t i = 0; i < out.size(); ++i) {
        const CheckedStatement& told = statements[i];
        if (!told.statement) continue;
        out[i].relation = relation_of(input, *told.statement);
        const bool of_lot = out[i].relation == Relation::Lot && names_no_product(told.statement->type());
        if (out[i].standing == Standing::Stands && of_lot && !covers_class(told.key->scope, product_class_of(input.certificate)))
            out[i].standing = Standing::OutOfScope;
    }
    return out;
}

}  // namespace pipa
