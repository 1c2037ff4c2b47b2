// The district's monitoring, from signed statements alone: which batches were tested, which failed, and what was done about
// each failure (district plan, points 11 and 12). Pure: today's date is a parameter.
//
// A batch is one supervision or monitoring test by a laboratory; what its values, its verdict and its rechecks come to is what judgements
// take them for (judge/test_outcomes.hpp). A positive quick test without a recheck is a suspicion that waits, never a failure. A recheck
// whose first test is not here counts as a test. Statements that do not stand are not looked at.
// Towns are divisions of nine digits. No errors: what cannot be told is left empty.
#pragma once

#include "trust/checked_dossier.hpp"

namespace pipa {

// A certificate whose signature fits a key of the trust pack.
struct HeldCertificate {
    Certificate certificate{};
    std::string producer{};  // subject id of who signed it
    cose::Kid signer{};
    crypto::Digest digest{};  // of the signed message
};

struct Observations {
    std::vector<CheckedStatement> statements{};
    std::vector<HeldCertificate> certificates{};
};

enum class Outcome : std::uint8_t { Passed, Failed, Waiting };

struct TestedBatch {
    std::string test_id{};
    crypto::Digest test{};                         // of the signed message
    std::string producer{};                        // subject id
    std::vector<std::string> certificates{};
    std::vector<std::string> lots{};
    std::optional<std::uint32_t> product_class{};
    std::int64_t town{};                           // 0 where nothing tells it
    DayNumber reported{};
    bool counted{};                                // supervision or monitoring; others only matter when they fail
    Outcome outcome{Outcome::Passed};
    std::string recheck_id{};                      // of the recheck that decided
    std::vector<crypto::Digest> rechecks{};        // all there are
    std::vector<std::string> substances{};         // measured
    std::vector<std::string> failed_substances{};  // not in order, and no recheck cleared them
};

// The oldest first.
[[nodiscard]] std::vector<TestedBatch> tested_batches(const Observations& evidence, const TrustStore& trust);

enum class FailureState : std::uint8_t { NoOrder, Open, Overdue, Closed };

struct Failure {
    TestedBatch batch{};
    FailureState state{FailureState::NoOrder};
    std::string order_id{};
    std::optional<DayNumber> ordered{};
    std::optional<DayNumber> due{};
    std::optional<DayNumber> closed{};
    std::string disposal{};  // "destroyed"; of the statement that closed it
};

// Every failed batch with its order and disposal, the oldest first. An order belongs to a failure whose test it names, or,
// where it names none, whose producer and whose certificate or lot it shares.
[[nodiscard]] std::vector<Failure> failures_of(std::span<const TestedBatch> batches, const Observations& evidence, DayNumber today);

[[nodiscard]] std::string_view failure_state_name(FailureState state) noexcept;  // "overdue"
[[nodiscard]] std::int64_t town_of(std::int64_t division) noexcept;             // at most nine digits of it

}  // namespace pipa
