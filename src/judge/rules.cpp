#include "judge/rules.hpp"

#include <algorithm>
#include <array>

namespace pipa {
namespace {

using cose::StatementType;
// Statements name substances in Chinese, as the field does; readers of English get the common name beside it.
void add_english_name(const FieldData& field, Reason& reason) {
    const auto substance = std::ranges::find(reason.arguments, "substance", &Argument::name);
    if (substance == reason.arguments.end()) return;
    if (const auto english = field.english_name(substance->value); !english.empty()) reason.arguments.push_back({"substance_en", std::string{english}});
}

bool is_of_issuer(const RuleInput& input, const ParsedStatement& statement) {
    const std::string_view producer = statement.text(statement_key::producer);
    return producer.empty() || is_subject(input.issuer, producer);
}

// Harvest statements name the plots a lot came from.
bool shares_plot(const RuleInput& input, const ParsedStatement& statement) {
    bool shared = false;
    for_each_standing(input, StatementType::Work, [&](const CheckedStatement& work) {
        if (!work.statement->lists_text(statement_key::lots, input.certificate.lot)) return;
        for (const cbor::Value& plot : work.statement->list(statement_key::plots))
            shared = shared || statement.lists_text(statement_key::plots, plot.text());
    });
    return shared;
}

}  // namespace

void run_rules(const RuleInput& input, std::vector<Reason>& reasons) {
    static constexpr std::array rules = {judge_notices, judge_season, judge_quarantine, judge_tests, judge_inputs, judge_labels, judge_record, judge_upstream};
    const auto first = static_cast<std::ptrdiff_t>(reasons.size());
    for (const auto rule : rules) rule(input, reasons);
    std::for_each(reasons.begin() + first, reasons.end(), [&](Reason& reason) { add_english_name(input.field, reason); });
}

bool is_about_lot(const RuleInput& input, const ParsedStatement& statement) {
    const Certificate& certificate = input.certificate;
    if (!is_of_issuer(input, statement)) return false;
    if (statement.lists_text(statement_key::certificates, certificate.number)) return true;
    if (certificate.lot.empty()) return false;
    // What names lots speaks of those, even where another lot grew on the same plot.
    if (!statement.list(statement_key::lots).empty()) return statement.lists_text(statement_key::lots, certificate.lot);
    return shares_plot(input, statement);
}

bool is_about_upstream(const RuleInput& input, const ParsedStatement& statement) {
    return std::ranges::any_of(input.certificate.upstream, [&](const std::string& number) { return statement.lists_text(statement_key::certificates, number); });
}

std::uint32_t product_class_of(const Certificate& certificate) noexcept {
    return certificate.product_code ? product_class(*certificate.product_code) : 0;
}

bool covers_product(std::span<const std::uint32_t> products, std::span<const std::uint32_t> classes,
                    const Certificate& certificate) noexcept {
    if (products.empty() && classes.empty()) return true;
    const bool by_code = certificate.product_code && std::ranges::find(products, *certificate.product_code) != products.end();
    return by_code || std::ranges::find(classes, product_class_of(certificate)) != classes.end();
}

}  // namespace pipa
