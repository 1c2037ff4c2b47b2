#include "oversight/monitoring.hpp"

#include <algorithm>
#include <tuple>

#include "judge/test_outcomes.hpp"

namespace pipa {
namespace {

using cose::StatementType;

std::vector<std::string> texts(const ParsedStatement& statement, std::int64_t key) {
    std::vector<std::string> out;
    for (const cbor::Value& item : statement.list(key)) out.emplace_back(item.text());
    return out;
}

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::ranges::any_of(a, [&](const std::string& item) { return std::ranges::find(b, item) != b.end(); });
}

bool is(const ParsedStatement& statement, std::int64_t key, auto wanted) {
    return statement.integer(key) == static_cast<std::int64_t>(wanted);
}

bool before(ByteView a, ByteView b) noexcept { return std::ranges::lexicographical_compare(a, b); }

// Some statements, found again by the digest of another one that they name.
class ByReference {
public:
    void add(ByteView digest, const CheckedStatement& told) { m_rows.push_back({digest, &told}); }
    void sort() {
        std::ranges::sort(m_rows, [](const Row& a, const Row& b) { return before(a.digest, b.digest) || (!before(b.digest, a.digest) && a.told->digest < b.told->digest); });
    }
    [[nodiscard]] auto naming(ByteView digest) const { return std::ranges::equal_range(m_rows, digest, before, &Row::digest); }

    struct Row {
        ByteView digest;
        const CheckedStatement* told;
    };

private:
    std::vector<Row> m_rows{};
};

class Batches {
public:
    Batches(const Observations& evidence, const TrustStore& trust) : m_evidence(evidence), m_trust(trust) {
        for (const CheckedStatement& told : evidence.statements) {
            if (!told.stands() || !told.is(StatementType::Test)) continue;
            m_tests.push_back(&told);
            if (const ByteView first = told.statement->binary(test_key::recheck_of); !first.empty()) m_rechecks.add(first, told);
        }
        m_rechecks.sort();
        std::ranges::sort(m_tests, before, digest_of);
        m_tests.erase(std::unique(m_tests.begin(), m_tests.end(), [](const auto* a, const auto* b) { return a->digest == b->digest; }), m_tests.end());
    }

    std::vector<TestedBatch> all() const {
        std::vector<TestedBatch> out;
        for (const CheckedStatement* told : m_tests)
            if (!speaks_through_another(*told)) out.push_back(batch(*told));
        std::ranges::sort(out, {}, [](const TestedBatch& one) { return std::tuple(one.reported, std::string_view{one.test_id}, one.test); });
        return out;
    }

private:
    static ByteView digest_of(const CheckedStatement* told) { return told->digest; }

    // A recheck does, of the same lot as the test that it rechecks.
    bool speaks_through_another(const CheckedStatement& told) const {
        const ByteView first = told.statement->binary(test_key::recheck_of);
        const auto found = std::ranges::equal_range(m_tests, first, before, digest_of);
        return !first.empty() && !found.empty() && is_same_lot(*found.front()->statement, *told.statement);
    }

    static bool is_same_lot(const ParsedStatement& one, const ParsedStatement& other) {
        return one.text(statement_key::producer) == other.text(statement_key::producer) &&
               (share_one(texts(one, statement_key::lots), texts(other, statement_key::lots)) ||
                share_one(texts(one, statement_key::certificates), texts(other, statement_key::certificates)));
    }

    TestedBatch batch(const CheckedStatement& told) const {
        const ParsedStatement& test = *told.statement;
        TestedBatch out;
        out.test_id = test.text(statement_key::id);
        out.test = told.digest;
        out.producer = test.text(statement_key::producer);
        out.certificates = texts(test, statement_key::certificates);
        out.lots = texts(test, statement_key::lots);
        out.reported = test.day(test_key::reported).value_or(0);
        out.counted = !is_self_test(told) && (is(test, test_key::kind, TestKind::Supervision) || is(test, test_key::kind, TestKind::Monitoring));
        for (const cbor::Value& item : test.list(test_key::items)) out.substances.emplace_back(item.find(test_item_key::analyte)->text());
        decide(told, add_place(out), out);
        return out;
    }

    // The goods that were tested; null where nobody holds a certificate of theirs.
    const Certificate* add_place(TestedBatch& out) const {
        const auto fits = [&](const HeldCertificate& held) {
            if (held.producer != out.producer) return false;
            if (!out.certificates.empty()) return std::ranges::find(out.certificates, held.certificate.number) != out.certificates.end();
            return !held.certificate.lot.empty() && std::ranges::find(out.lots, held.certificate.lot) != out.lots.end();
        };
        const auto found = std::ranges::find_if(m_evidence.certificates, fits);
        if (found != m_evidence.certificates.end()) {
            if (found->certificate.product_code) out.product_class = product_class(*found->certificate.product_code);
            out.town = town_of(found->certificate.origin_division);
            return &found->certificate;
        }
        const auto party = m_trust.find_party_if([&](const Party& one) { return is_subject(one, out.producer); });
        if (party) out.town = town_of(party->division);
        return nullptr;
    }

    // As a judgement of the goods' certificate takes the test and its rechecks. Of goods that nothing names the laboratory's own limit holds.
    void decide(const CheckedStatement& told, const Certificate* goods, TestedBatch& out) const {
        static const FieldData no_limits;
        static const Certificate nothing_known;
        std::vector<const CheckedStatement*> tests = {&told};
        for (const ByReference::Row& row : m_rechecks.naming(told.digest))
            if (is_same_lot(*told.statement, *row.told->statement)) tests.push_back(row.told);
        for (const CheckedStatement* recheck : std::span(tests).subspan(1)) out.rechecks.push_back(recheck->digest);
        bool suspected = false;
        for (const TestOutcome& outcome : test_outcomes(goods != nullptr ? *goods : nothing_known, goods != nullptr ? m_trust.pack().field_data : no_limits, tests))
            for (const TestFinding& finding : outcome.findings) {
                if (finding.recheck != nullptr && outcome.test == &told) out.recheck_id = finding.recheck->statement->id();
                if (finding.spoken_for || finding.state == FindingState::Cleared) continue;
                const bool waits = finding.suspected && finding.state == FindingState::Open;
                suspected = suspected || waits;
                // A screening that a recheck confirmed failed by the recheck's own values.
                if (finding.suspected) continue;
                out.outcome = Outcome::Failed;
                const std::string substance{finding.item.analyte};
                if (std::ranges::find(out.failed_substances, substance) == out.failed_substances.end()) out.failed_substances.push_back(substance);
            }
        if (out.outcome != Outcome::Failed && suspected) out.outcome = Outcome::Waiting;
    }

    const Observations& m_evidence;
    const TrustStore& m_trust;
    std::vector<const CheckedStatement*> m_tests{};  // by digest, each once
    ByReference m_rechecks{};
};

class Disposals {
public:
    Disposals(const Observations& evidence, DayNumber today) : m_today(today) {
        for (const CheckedStatement& told : evidence.statements) {
            if (!told.stands()) continue;
            if (told.is(StatementType::Patrol)) add_patrol(told);
            // What became of the goods is the bureau's to say, and of no producer's own.
            const bool disposal = told.is(StatementType::Notice) && is(*told.statement, notice_key::kind, NoticeKind::Disposal);
            if (disposal && told.key->role == Role::Bureau) m_disposals.push_back(&told);
        }
        m_by_test.sort();
        m_closings.sort();
        const auto in_order = [](const CheckedStatement* told) { return std::pair{producer_of(told), told->digest}; };
        std::ranges::sort(m_by_producer, {}, in_order);
        std::ranges::sort(m_disposals, {}, in_order);
    }

    Failure follow(const TestedBatch& batch) const {
        Failure out{.batch = batch};
        const CheckedStatement* order = nullptr;
        std::vector<const CheckedStatement*> visits;
        // A visit is to one producer, and orders or closes nothing for another, whatever it names.
        const auto is_to_him = [&](const CheckedStatement* told) { return producer_of(told) == batch.producer; };
        const auto add_those_naming = [&](const crypto::Digest& test) {
            for (const ByReference::Row& row : m_by_test.naming(test))
                if (is_to_him(row.told)) visits.push_back(row.told);
        };
        add_those_naming(batch.test);
        for (const crypto::Digest& recheck : batch.rechecks) add_those_naming(recheck);
        for (const CheckedStatement* told : std::ranges::equal_range(m_by_producer, std::string_view{batch.producer}, {}, producer_of))
            if (concerns(*told->statement, batch)) visits.push_back(told);
        for (const CheckedStatement* visit : visits) take_order(*visit, order, out);
        for (const CheckedStatement* visit : visits)
            if (visit == order || !visit->statement->binary(patrol_key::test).empty()) take_closing(*visit->statement, out);
        if (order != nullptr)
            for (const ByReference::Row& row : m_closings.naming(order->digest))
                if (is_to_him(row.told)) take_closing(*row.told->statement, out);
        for (const CheckedStatement* told : std::ranges::equal_range(m_disposals, std::string_view{batch.producer}, {}, producer_of)) take_notice(*told->statement, out);
        if (out.closed) out.state = FailureState::Closed;
        else if (out.due && *out.due < m_today) out.state = FailureState::Overdue;
        else if (out.ordered) out.state = FailureState::Open;
        return out;
    }

private:
    static std::string_view producer_of(const CheckedStatement* told) { return told->statement->text(statement_key::producer); }

    void add_patrol(const CheckedStatement& told) {
        const ByteView test = told.statement->binary(patrol_key::test);
        const ByteView closes = told.statement->binary(patrol_key::closes);
        if (!closes.empty()) m_closings.add(closes, told);
        else if (!test.empty()) m_by_test.add(test, told);
        else m_by_producer.push_back(&told);
    }

    // Of a visit to the producer that names no test.
    static bool concerns(const ParsedStatement& patrol, const TestedBatch& batch) {
        if (patrol.day(patrol_key::visited).value_or(0) < batch.reported) return false;
        const auto certificates = texts(patrol, statement_key::certificates);
        if (!certificates.empty() && !batch.certificates.empty()) return share_one(certificates, batch.certificates);
        return share_one(texts(patrol, statement_key::lots), batch.lots);
    }

    // The latest order stands: a deadline may have been prolonged.
    static void take_order(const CheckedStatement& told, const CheckedStatement*& order, Failure& out) {
        const ParsedStatement& patrol = *told.statement;
        const auto visited = patrol.day(patrol_key::visited);
        if (!patrol.flag(patrol_key::order) || (out.ordered && visited < out.ordered)) return;
        order = &told;
        out.order_id = patrol.text(statement_key::id);
        out.ordered = visited;
        out.due = patrol.day(patrol_key::due);
    }

    static void take_closing(const ParsedStatement& patrol, Failure& out) {
        const auto closed = patrol.day(patrol_key::closed);
        if (!closed || (out.closed && *closed >= *out.closed)) return;
        out.closed = closed;
        out.disposal = patrol.choice(patrol_key::disposal);
    }

    static void take_notice(const ParsedStatement& notice, Failure& out) {
        if (out.closed || !share_one(texts(notice, statement_key::certificates), out.batch.certificates)) return;
        out.closed = notice.day(notice_key::since);
        out.disposal = notice.choice(notice_key::kind);
    }

    DayNumber m_today;
    ByReference m_by_test{};   // visits, by the test that they name
    ByReference m_closings{};  // by the order that they close
    std::vector<const CheckedStatement*> m_by_producer{};  // visits that name neither
    std::vector<const CheckedStatement*> m_disposals{};    // notices
};

}  // namespace

std::vector<TestedBatch> tested_batches(const Observations& evidence, const TrustStore& trust) { return Batches(evidence, trust).all(); }

std::vector<Failure> failures_of(std::span<const TestedBatch> batches, const Observations& evidence, DayNumber today) {
    const Disposals disposals(evidence, today);
    std::vector<Failure> out;
    for (const TestedBatch& batch : batches)
        if (batch.outcome == Outcome::Failed) out.push_back(disposals.follow(batch));
    return out;
}

std::string_view failure_state_name(FailureState state) noexcept {
    switch (state) {
        case FailureState::NoOrder: return "no_order";
        case FailureState::Open: return "open";
        case FailureState::Overdue: return "overdue";
        case FailureState::Closed: return "closed";
    }
    return {};
}

std::int64_t town_of(std::int64_t division) noexcept {
    while (division > 999'999'999) division /= 10;
    return division;
}

}  // namespace pipa
