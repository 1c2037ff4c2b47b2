#include "oversight/monitoring.hpp"

#include <algorithm>
#include <tuple>

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

class Batches {
public:
    Batches(const Observations& evidence, const TrustStore& trust) : m_evidence(evidence), m_trust(trust) {}

    std::vector<TestedBatch> all() const {
        std::vector<TestedBatch> out;
        for (const CheckedStatement& told : m_evidence.statements)
            if (told.stands() && told.is(StatementType::Test) && told.statement->text(test_key::recheck_of).empty()) out.push_back(batch(*told.statement));
        std::ranges::sort(out, {}, [](const TestedBatch& one) { return std::tuple(one.reported, std::string_view{one.test_id}); });
        return out;
    }

private:
    TestedBatch batch(const ParsedStatement& test) const {
        TestedBatch out;
        out.test_id = test.text(statement_key::id);
        out.producer = test.text(statement_key::producer);
        out.certificates = texts(test, statement_key::certificates);
        out.lots = texts(test, statement_key::lots);
        out.reported = test.day(test_key::reported).value_or(0);
        out.counted = is(test, test_key::kind, TestKind::Supervision) || is(test, test_key::kind, TestKind::Monitoring);
        add_substances(test, out);
        add_place(out);
        decide(test, out);
        return out;
    }

    static void add_substances(const ParsedStatement& test, TestedBatch& out) {
        for (const cbor::Value& item : test.list(test_key::items)) {
            const cbor::Value* analyte = item.find(test_item_key::analyte);
            const cbor::Value* value = item.find(test_item_key::value);
            const cbor::Value* limit = item.find(test_item_key::limit);
            if (analyte == nullptr) continue;
            out.substances.emplace_back(analyte->text());
            if (value != nullptr && limit != nullptr && value->integer() > limit->integer()) out.failed_substances.emplace_back(analyte->text());
        }
    }

    void add_place(TestedBatch& out) const {
        const auto fits = [&](const HeldCertificate& held) {
            if (!out.certificates.empty()) return std::ranges::find(out.certificates, held.certificate.number) != out.certificates.end();
            const bool same_lot = !held.certificate.lot.empty() && std::ranges::find(out.lots, held.certificate.lot) != out.lots.end();
            return same_lot && (out.producer.empty() || out.producer == held.producer);
        };
        const auto found = std::ranges::find_if(m_evidence.certificates, fits);
        if (found != m_evidence.certificates.end()) {
            if (found->certificate.product_code) out.product_class = product_class(*found->certificate.product_code);
            out.town = town_of(found->certificate.origin_division);
            if (out.producer.empty()) out.producer = found->producer;
            return;
        }
        const auto party = m_trust.find_party_if([&](const Party& one) { return subject_id(one) == out.producer; });
        if (party) out.town = town_of(party->division);
    }

    void decide(const ParsedStatement& test, TestedBatch& out) const {
        const bool failed = is(test, test_key::verdict, TestVerdict::Fail);
        const bool suspected = is(test, test_key::verdict, TestVerdict::ScreenPositive);
        out.outcome = failed ? Outcome::Failed : suspected ? Outcome::Waiting : Outcome::Passed;
        const ParsedStatement* last = nullptr;
        for (const CheckedStatement& told : m_evidence.statements) {
            if (!told.stands() || !told.is(StatementType::Test) || told.statement->text(test_key::recheck_of) != out.test_id) continue;
            if (last == nullptr || last->day(test_key::reported) < told.statement->day(test_key::reported)) last = &*told.statement;
        }
        if (last == nullptr || is(*last, test_key::verdict, TestVerdict::ScreenPositive)) return;
        out.recheck_id = last->text(statement_key::id);
        const bool confirmed = is(*last, test_key::verdict, TestVerdict::Fail);
        out.outcome = confirmed ? Outcome::Failed : Outcome::Passed;
        if (!confirmed) out.failed_substances.clear();
        else if (out.failed_substances.empty()) add_substances(*last, out);
    }

    const Observations& m_evidence;
    const TrustStore& m_trust;
};

class Disposals {
public:
    Disposals(const Observations& evidence, DayNumber today) : m_evidence(evidence), m_today(today) {}

    Failure follow(const TestedBatch& batch) const {
        Failure out{.batch = batch};
        for (const CheckedStatement& told : m_evidence.statements) {
            if (!told.stands()) continue;
            if (told.is(StatementType::Patrol) && concerns(*told.statement, batch)) take_order(*told.statement, out);
        }
        for (const CheckedStatement& told : m_evidence.statements) {
            if (!told.stands()) continue;
            if (told.is(StatementType::Patrol)) take_closing(*told.statement, out);
            if (told.is(StatementType::Notice)) take_notice(*told.statement, out);
        }
        if (out.closed) out.state = FailureState::Closed;
        else if (out.due && *out.due < m_today) out.state = FailureState::Overdue;
        else if (out.ordered) out.state = FailureState::Open;
        return out;
    }

private:
    static bool concerns(const ParsedStatement& patrol, const TestedBatch& batch) {
        const std::string_view test = patrol.text(patrol_key::test);
        if (!test.empty()) return test == batch.test_id || test == batch.recheck_id;
        if (patrol.day(patrol_key::visited).value_or(0) < batch.reported) return false;
        const auto certificates = texts(patrol, statement_key::certificates);
        if (!certificates.empty() && !batch.certificates.empty()) return share_one(certificates, batch.certificates);
        const bool same_producer = patrol.text(statement_key::producer) == batch.producer;
        return same_producer && share_one(texts(patrol, statement_key::lots), batch.lots);
    }

    // The latest order stands: a deadline may have been prolonged.
    static void take_order(const ParsedStatement& patrol, Failure& out) {
        const auto visited = patrol.day(patrol_key::visited);
        if (!patrol.flag(patrol_key::order) || (out.ordered && visited < out.ordered)) return;
        out.order_id = patrol.text(statement_key::id);
        out.ordered = visited;
        out.due = patrol.day(patrol_key::due);
    }

    static void take_closing(const ParsedStatement& patrol, Failure& out) {
        const auto closed = patrol.day(patrol_key::closed);
        const std::string_view closes = patrol.text(patrol_key::closes);
        const bool closes_order = !out.order_id.empty() && (closes.empty() ? patrol.text(statement_key::id) == out.order_id : closes == out.order_id);
        const bool about_test = closes.empty() && !patrol.text(patrol_key::test).empty() && concerns(patrol, out.batch);
        if (!closed || !(closes_order || about_test) || (out.closed && *closed >= *out.closed)) return;
        out.closed = closed;
        out.disposal = patrol.choice(patrol_key::disposal);
    }

    static void take_notice(const ParsedStatement& notice, Failure& out) {
        if (out.closed || !is(notice, notice_key::kind, NoticeKind::Disposal)) return;
        if (!share_one(texts(notice, statement_key::certificates), out.batch.certificates)) return;
        out.closed = notice.day(notice_key::since);
        out.disposal = notice.choice(notice_key::kind);
    }

    const Observations& m_evidence;
    DayNumber m_today;
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
