#include "judge/test_outcomes.hpp"

#include <algorithm>

#include "base/heap_sort.hpp"

namespace pipa {
namespace {

TestVerdict verdict_of(const CheckedStatement& test) {
    return static_cast<TestVerdict>(test.statement->integer(test_key::verdict).value_or(static_cast<std::int64_t>(TestVerdict::Fail)));
}

struct ReadTest {
    const CheckedStatement* told{};
    std::vector<TestItem> items{};  // by substance

    [[nodiscard]] auto measured(std::string_view substance) const { return std::ranges::equal_range(items, substance, {}, &TestItem::substance); }
};

ReadTest read_test(const Certificate& certificate, const FieldData& field, const CheckedStatement& told) {
    ReadTest out{&told, {}};
    for (const cbor::Value& map : told.statement->list(test_key::items)) out.items.push_back(read_test_item(certificate, field, told, map));
    heap_sort(out.items, {}, &TestItem::substance);
    return out;
}

// Findings and what cannot be compared, as the test alone shows them.
TestOutcome outcome_alone(const ReadTest& test) {
    TestOutcome out{.test = test.told};
    const TestVerdict verdict = verdict_of(*test.told);
    bool any_over = false;
    for (const TestItem& item : test.items) {
        const bool over = is_over(item);
        any_over = any_over || over;
        if (over || (item.is_screening && verdict == TestVerdict::ScreenPositive))
            out.findings.push_back({.item = item, .suspected = item.is_screening && verdict != TestVerdict::Fail});
        else if (!is_comparable(item))
            out.not_comparable.push_back(item);
    }
    if (verdict == TestVerdict::Fail && !any_over)
        for (const TestItem& item : test.items) out.findings.push_back({.item = item, .declared = true});
    if (verdict == TestVerdict::ScreenPositive && out.findings.empty())
        for (const TestItem& item : test.items) out.findings.push_back({.item = item, .suspected = true});
    out.contradicts_itself = any_over ? verdict == TestVerdict::Pass : verdict == TestVerdict::Fail;
    return out;
}

bool may_clear(const CheckedStatement& recheck, const CheckedStatement& first, const Certificate& certificate) {
    const bool another = recheck.key->rechecks || first.key == nullptr || recheck.key->party != first.key->party;
    const auto reported = [](const CheckedStatement& test) { return test.statement->day(test_key::reported).value_or(0); };
    // Of goods that nobody named it is not known whether they are those that the laboratory may speak of.
    const bool in_scope = certificate.product_code || recheck.key->scope.product_classes.empty();
    // Plots are shared by lots: a recheck of a plot says nothing of goods that the first test calls by their name.
    const auto names = [&](const CheckedStatement& test) {
        const ParsedStatement& said = *test.statement;
        return (!certificate.lot.empty() && said.lists_text(statement_key::lots, certificate.lot)) || said.lists_text(statement_key::certificates, certificate.number);
    };
    const bool same_goods = names(recheck) || !names(first);
    return another && in_scope && same_goods && verdict_of(recheck) == TestVerdict::Pass && reported(recheck) >= reported(first) && recheck.statement->issued() > first.statement->issued();
}

// What the first report says, in the unit of the recheck. A screening's numbers are no residues.
std::optional<std::int64_t> in_unit_of(const TestItem& again, const TestItem& first, std::optional<std::int64_t> value) {
    return value && !first.is_screening ? convert_unit(*value, first.unit, again.unit) : std::nullopt;
}

bool is_in_order(const TestItem& again, const TestItem& first) {
    if (again.is_screening || is_over(again) || again.unit.empty()) return false;
    const auto other = in_unit_of(again, first, first.limit);
    const auto limit = again.limit && other ? std::min(*again.limit, *other) : again.limit ? again.limit : other;
    if (!limit) return false;
    if (again.value) return *again.value <= *limit;
    if (again.result != ItemResult::NotDetected || !again.detection_limit) return false;
    if (*limit > 0) return *again.detection_limit <= *limit;
    // Nothing of it may be there: the method has to see less than what was found.
    const auto found = in_unit_of(again, first, first.value);
    return !found || *again.detection_limit < *found;
}

enum class Word : std::uint8_t { None, InOrder, NotInOrder };

std::string_view substance_of(const TestFinding& finding) noexcept { return finding.item.substance; }

// A test, as it speaks of another one.
struct Recheck {
    const ReadTest& read;
    TestOutcome& own;
};

// What it says of one substance: nothing where it did not measure it, or measured it in a way that shows nothing.
Word word_on(const Recheck& recheck, std::string_view substance, const TestItem& first) {
    const auto failed = std::ranges::equal_range(recheck.own.findings, substance, {}, substance_of);
    if (std::ranges::any_of(failed, [](const TestFinding& finding) { return !finding.item.is_screening; })) return Word::NotInOrder;
    Word word = Word::None;
    for (const TestItem& item : recheck.read.measured(substance)) {
        if (!is_in_order(item, first)) return Word::None;
        word = Word::InOrder;
    }
    return word;
}

// The same of a test for many substances at once: all that together say as much as it have to be in order.
Word word_on_finding(const Recheck& recheck, const FieldData& field, const TestItem& first) {
    const Word own = word_on(recheck, first.substance, first);
    const auto group = std::ranges::find(field.group_tests, first.substance, &GroupTest::analyte);
    if (own != Word::None || group == field.group_tests.end()) return own;
    bool all = true;
    for (const std::string& substance : group->cleared_by) {
        const Word word = word_on(recheck, substance, first);
        if (word == Word::NotInOrder) return word;
        all = all && word == Word::InOrder;
    }
    return all ? Word::InOrder : Word::None;
}

void hear_recheck(TestOutcome& first, const Recheck& recheck, const Certificate& certificate, const FieldData& field) {
    const CheckedStatement& told = *recheck.read.told;
    if (is_self_test(told)) return;
    const bool clears = may_clear(told, *first.test, certificate);
    for (TestFinding& finding : first.findings) {
        const Word word = word_on_finding(recheck, field, finding.item);
        if (word == Word::NotInOrder) {
            finding.state = FindingState::Confirmed;
            finding.recheck = &told;
            // A screening that was right is told by the recheck's own values.
            if (finding.suspected) continue;
            for (TestFinding& same : std::ranges::equal_range(recheck.own.findings, substance_of(finding), {}, substance_of)) same.spoken_for = true;
        } else if (word == Word::InOrder && finding.state == FindingState::Open && clears) {
            finding.state = FindingState::Cleared;
            finding.recheck = &told;
        }
    }
}

bool before(ByteView a, ByteView b) noexcept { return std::ranges::lexicographical_compare(a, b); }

}  // namespace

std::vector<TestOutcome> test_outcomes(const Certificate& certificate, const FieldData& field, std::span<const CheckedStatement* const> given) {
    std::vector<const CheckedStatement*> tests(given.begin(), given.end());
    keep_each_once(tests);
    std::vector<ReadTest> read;
    std::vector<TestOutcome> out;
    for (const CheckedStatement* told : tests) {
        ReadTest one = read_test(certificate, field, *told);
        out.push_back(outcome_alone(one));
        if (told->statement->binary(test_key::recheck_of).empty()) one.items = {};  // nobody asks again
        read.push_back(std::move(one));
    }
    const auto digest_of = [](const CheckedStatement* test) { return ByteView{test->digest}; };
    for (std::size_t i = 0; i < tests.size(); ++i) {
        const auto first = std::ranges::lower_bound(tests, tests[i]->statement->binary(test_key::recheck_of), before, digest_of);
        if (first != tests.end() && std::ranges::equal((*first)->digest, tests[i]->statement->binary(test_key::recheck_of)))
            hear_recheck(out[static_cast<std::size_t>(first - tests.begin())], {read[i], out[i]}, certificate, field);
    }
    heap_sort(out, std::ranges::less{}, &TestOutcome::test);  // as they lie in their file
    return out;
}

}  // namespace pipa
