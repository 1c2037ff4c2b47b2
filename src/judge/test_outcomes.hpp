// What became of the tests of one lot: which substances failed in each, and whether a recheck confirmed or cleared them.
//
// A value above its limit fails whatever the verdict says, and a verdict 'fail' fails whatever the values say. A failure is cleared
// for one substance at a time, by a recheck that names the test by its digest and
// - comes from another laboratory, or from one that the registry names for rechecks, and not from the producer's own,
// - names the lot or certificate where the test does,
// - was reported no earlier and signed later,
// - passed, and measured the substance by no screening, within a limit that its method can see.
// Law: Art. 51 of the Law on Quality and Safety of Agricultural Products. Judgements and figures both count from here.
#pragma once

#include "judge/test_item.hpp"

namespace pipa {

enum class FindingState : std::uint8_t { Open, Cleared, Confirmed };

struct TestFinding {  // of one substance that is not in order
    TestItem item{};
    bool suspected{};  // by a screening that nobody called a failure: to be rechecked, not failed
    bool declared{};   // by the verdict alone: no value shows it
    FindingState state{FindingState::Open};
    const CheckedStatement* recheck{};  // that confirmed or cleared it
    bool spoken_for{};                  // the test that this one rechecks has the same finding, confirmed by this one
};

struct TestOutcome {
    const CheckedStatement* test{};
    std::vector<TestFinding> findings{};  // by substance
    std::vector<TestItem> not_comparable{};
    bool contradicts_itself{};  // verdict and values disagree
};

// Of standing tests of one lot, each message once and in the order in which they lie in memory; those that another one of them rechecks and those that do it.
[[nodiscard]] std::vector<TestOutcome> test_outcomes(const Certificate& certificate, const FieldData& field, std::span<const CheckedStatement* const> tests);

}  // namespace pipa
