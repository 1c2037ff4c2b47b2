// Tests: what failed, what was only suspected, and what a recheck made of it.
#include "judge/rules.hpp"
#include "judge/test_outcomes.hpp"

namespace pipa {
namespace {

using cose::StatementType;

Reason& add_about(const TestOutcome& outcome, const TestItem& item, Findings& reasons, ReasonId id) {
    const ParsedStatement& test = *outcome.test->statement;
    return add(reasons, id)
        .with("substance", item.analyte)
        .with("value", item.value ? format_micro(*item.value) : std::string{})
        .with("limit", item.limit ? format_micro(*item.limit) : std::string{})
        .with("unit", item.unit)
        .with("method", test.text(test_key::method))
        .with("date", format_day(test.day(test_key::reported).value_or(0)))
        .because_of(test.id());
}

ReasonId reason_of(const TestFinding& finding) noexcept {
    if (finding.state == FindingState::Cleared) return ReasonId::RecheckCleared;
    if (finding.declared) return ReasonId::TestDeclaredFailed;
    return finding.suspected ? ReasonId::ScreeningPositive : ReasonId::TestFailed;
}

void say(const TestOutcome& outcome, Findings& reasons) {
    bool declared = false;
    for (const TestFinding& finding : outcome.findings) {
        const ReasonId id = reason_of(finding);
        const bool said = finding.spoken_for || (declared && id == ReasonId::TestDeclaredFailed);
        declared = declared || id == ReasonId::TestDeclaredFailed;
        const bool told_by_recheck = finding.suspected && finding.state == FindingState::Confirmed;
        if (!said && !told_by_recheck) {
            Reason& reason = add_about(outcome, finding.item, reasons, id);
            if (finding.state == FindingState::Cleared) reason.because_of(finding.recheck->statement->id());
        }
        if (finding.state == FindingState::Confirmed && !finding.spoken_for)
            add_about(outcome, finding.item, reasons, ReasonId::RecheckConfirmed).because_of(finding.recheck->statement->id());
    }
    for (const TestItem& item : outcome.not_comparable) add_about(outcome, item, reasons, ReasonId::TestNotComparable);
    if (outcome.contradicts_itself)
        add(reasons, ReasonId::TestContradiction).with("method", outcome.test->statement->text(test_key::method)).because_of(outcome.test->statement->id());
}

}  // namespace

void judge_tests(const RuleInput& input, Findings& reasons) {
    std::vector<const CheckedStatement*> tests;
    for_each_of_lot(input, StatementType::Test, [&](const CheckedStatement& told) { tests.push_back(&told); });
    for (const TestOutcome& outcome : test_outcomes(input.certificate, input.field, tests)) say(outcome, reasons);
}

}  // namespace pipa
