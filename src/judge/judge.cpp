#include "judge/judge.hpp"

#include <algorithm>

#include "judge/rules.hpp"
#include "judge/steps.hpp"
#include "record/uscc.hpp"

namespace pipa {
namespace {

constexpr std::array rules = {
#define PIPA_REASON(name, code, verdict, level) ReasonRule{ReasonId::name, code, Verdict::verdict, Level::level},
#include "judge/reasons.def"
#undef PIPA_REASON
};

// A broken clock may say anything; between these no sum overflows and every date has four digits.
constexpr UnixSeconds earliest_now = 0;
constexpr UnixSeconds latest_now = 7'258'089'599;  // the last second of the last year, in China

class Examiner {
public:
    Examiner(const TrustStore& trust, UnixSeconds now) : m_trust(trust), m_now(std::clamp(now, earliest_now, latest_now)) {}

    Judgement run(std::string_view text) {
        m_out.now_unix_s = m_now;
        look_at_freshness();
        if (read(text)) {
            look_at_issuer();
            look_at_certificate();
            look_at_status();
        }
        return std::move(m_out);
    }

private:
    Reason& add(ReasonId id) { return pipa::add(m_out.reasons, id); }

    bool unreadable(const Error& error) {
        m_out.error = error;
        const bool incomplete = error.code == ErrorCode::CertificateMissingField;
        add(incomplete ? ReasonId::Incomplete : ReasonId::Unreadable).with("code", code_name(error.code)).with("field", error.detail);
        return false;
    }

    // Text to certificate; false when there is nothing further to judge.
    bool read(std::string_view text) {
        const auto qr = parse_qr_text(text);
        if (!qr && qr.error().code == ErrorCode::QrTextNotOurs) {
            m_out.foreign_code = recognise_foreign_code(text);
            const bool paper = m_out.foreign_code == ForeignCode::PaperCertificate;
            m_out.error = qr.error();
            add(paper ? ReasonId::Incomplete : ReasonId::ForeignCode).with("code", "qr.not_ours").with("field", "");
            return false;
        }
        if (!qr) return unreadable(qr.error());
        m_out.host = qr->host;
        auto parsed = parse_certificate(qr->certificate);
        if (!parsed) return unreadable(parsed.error());
        m_out.certificate = std::move(*parsed);
        const Certificate& certificate = m_out.certificate->certificate;
        const bool gtin_agrees = qr->gtin.empty() || qr->gtin == certificate.gtin;
        const bool lot_agrees = qr->lot.empty() || qr->lot == certificate.lot;
        if (!gtin_agrees || !lot_agrees) add(ReasonId::LinkMismatch);
        if (!m_out.host.empty() && !m_trust.is_own_host(m_out.host)) add(ReasonId::ForeignHost).with("host", m_out.host);
        return true;
    }

    void look_at_issuer() {
        if (!m_trust.is_loaded()) return void(add(ReasonId::NoTrust));
        const cose::Statement& statement = m_out.certificate->statement;
        m_out.key = m_trust.find_key(statement.kid);
        if (m_out.key == nullptr) return void(add(ReasonId::UnknownKey));
        m_out.issuer = m_trust.find_party(m_out.key->party);
        m_out.signature_valid = verify_statement(statement, m_out.key->public_key) == crypto::SignatureCheck::Valid;
        if (!m_out.signature_valid) return void(add(ReasonId::WrongSignature));
        look_at_key_dates();
        look_at_scope();
        if (m_out.issuer != nullptr && !m_out.issuer->uscc.empty() && !check_uscc(m_out.issuer->uscc))
            add(ReasonId::UsccInvalid).with("uscc", m_out.issuer->uscc);
    }

    void look_at_key_dates() {
        const KeyEntry& key = *m_out.key;
        const UnixSeconds issued = m_out.certificate->certificate.issued_unix_s;
        if (key.compromised_since && issued >= *key.compromised_since)
            add(ReasonId::KeyCompromised).with("date", format_day(day_of(*key.compromised_since)));
        else if (key.compromised_since)  // whoever holds the key now could have written an earlier date
            add(ReasonId::KeyCompromisedLater).with("date", format_day(day_of(*key.compromised_since)));
        if (issued < key.valid_from)
            add(ReasonId::KeyNotValidThen).with("date", format_day(day_of(key.valid_from))).with("issued", format_day(day_of(issued)));
        if (key.valid_until && issued > *key.valid_until)
            add(ReasonId::KeyNotValidThen).with("date", format_day(day_of(*key.valid_until))).with("issued", format_day(day_of(issued)));
    }

    void look_at_scope() {
        const Scope& scope = m_out.key->scope;
        const Certificate& certificate = m_out.certificate->certificate;
        const auto allows = [](const auto& list, auto fits) { return list.empty() || std::ranges::any_of(list, fits); };
        const bool signs_certificates = m_out.key->role == Role::Producer || m_out.key->role == Role::Buyer;
        const auto is_certificate = [](auto type) { return type == cose::StatementType::Certificate; };
        if (!signs_certificates || !allows(scope.types, is_certificate)) add(ReasonId::TypeOutOfScope);
        const auto covers = [&](std::int64_t prefix) { return is_in_division(certificate.origin_division, prefix); };
        if (!allows(scope.division_prefixes, covers))
            add(ReasonId::AreaOutOfScope).with("division", std::to_string(certificate.origin_division));
        // A product without a code has no class, so a key limited to classes may not sign it.
        const auto is_class = [&](std::uint32_t wanted) {
            return certificate.product_code && product_class(*certificate.product_code) == wanted;
        };
        if (!allows(scope.product_classes, is_class)) add(ReasonId::ProductOutOfScope);
    }

    void look_at_certificate() {
        const Certificate& certificate = m_out.certificate->certificate;
        const DayNumber issued_day = day_of(certificate.issued_unix_s);
        if (certificate.issued_unix_s > m_now + clock_tolerance_s)
            add(ReasonId::DateInFuture).with("date", format_day(issued_day));
        else
            // Issued minutes ahead of a slow clock, it may bear the next day's date.
            add(ReasonId::IssuedDaysAgo).with("days", std::to_string(std::max(day_of(m_now) - issued_day, 0)));
        if (certificate.expires_unix_s && m_now > *certificate.expires_unix_s)
            add(ReasonId::Expired).with("date", format_day(day_of(*certificate.expires_unix_s)));
        if (certificate.harvest_day && *certificate.harvest_day > issued_day)
            add(ReasonId::HarvestAfterIssue).with("date", format_day(*certificate.harvest_day));
        // Order 2025 No. 4: a buyer who mixes or repacks collects the upstream certificates and issues a new one.
        if (certificate.form == Form::Buyer2025 && certificate.upstream.empty()) add(ReasonId::UpstreamMissing);
    }

    // Two bits in the status list. What is not known is said, and is never 'valid'.
    void look_at_status() {
        const auto index = m_out.certificate->certificate.status_index;
        // A trust pack alone knows of no status; those who need to know have a repository.
        if (!m_out.signature_valid || !index || !m_trust.keeps_status()) return;
        const auto say = [&](ReasonId id) { add(id).with("date", format_time(m_trust.as_of())); };
        const auto status = m_trust.status_of(*index, m_out.key->store);
        if (!status) return say(ReasonId::StatusUnknown);
        switch (*status) {
            case Status::Valid: return;
            case Status::Invalid: return say(ReasonId::StatusWithdrawn);
            case Status::Suspended: return say(ReasonId::StatusSuspended);
            case Status::Recalled: return say(ReasonId::StatusRecalled);
        }
    }

    void look_at_freshness() {
        if (!m_trust.is_loaded()) return;
        const TrustPack& pack = m_trust.pack();
        const UnixSeconds as_of = m_trust.as_of();
        m_out.freshness.as_of = as_of;
        const std::int64_t age_s = m_now - as_of;
        const auto say = [&](ReasonId id) { add(id).with("date", format_time(as_of)).with("now", format_time(m_now)); };
        if (age_s < -clock_tolerance_s) return say(ReasonId::ClockBehind);
        if (age_s > pack.usable_for_s) return say(ReasonId::TrustAgeUnknown);
        // Metadata that has expired was meant to have a successor by now.
        const bool expired = m_trust.expires().value_or(latest_now) < m_now;
        if (age_s > pack.fresh_for_s || expired) {
            m_out.freshness.grade = Grade::Stale;
            return say(ReasonId::TrustStale);
        }
        m_out.freshness.grade = Grade::Fresh;
    }

    const TrustStore& m_trust;
    UnixSeconds m_now;
    Judgement m_out{};
};

// Reasons are few, and those of one gravity stay in the order in which they were found. (Not std::stable_sort: Debian
// 12's own warns under Clang, and warnings are errors.)
void sort_by_gravity(std::vector<Reason>& reasons) {
    for (auto at = reasons.begin(); at != reasons.end(); ++at)
        std::rotate(std::ranges::upper_bound(reasons.begin(), at, at->id, {}, &Reason::id), at, std::next(at));
}

}  // namespace

Judgement examine(std::string_view text, const TrustStore& trust, UnixSeconds now) { return Examiner(trust, now).run(text); }

void conclude(Judgement& judgement) {
    if (judgement.signature_valid) add(judgement.reasons, ReasonId::SignatureFits);
    sort_by_gravity(judgement.reasons);
    const ReasonRule& gravest = rule_of(judgement.reasons.front().id);
    judgement.verdict = gravest.verdict;
    judgement.level = gravest.level;
    // Among reasons that leave it genuine the level is the strictest, whatever the order on screen.
    if (judgement.verdict == Verdict::Genuine)
        for (const Reason& reason : judgement.reasons) judgement.level = std::max(judgement.level, rule_of(reason.id).level);
}

void look_at_availability(Judgement& judgement, Record record) {
    if (record == Record::NotFetched) add(judgement.reasons, ReasonId::RecordNotFetched);
    if (record == Record::NotPublished) add(judgement.reasons, ReasonId::RecordNotPublished);
    if (record == Record::Unreadable) add(judgement.reasons, ReasonId::RecordUnreadable);
}

Judgement judge_certificate(std::string_view text, const TrustStore& trust, UnixSeconds now, Record record, std::span<const CheckedStatement> notices) {
    Judgement out = examine(text, trust, now);
    if (may_have_dossier(out)) {
        look_at_availability(out, record);
        const CheckedDossier no_dossier{};
        const RuleInput input{out.certificate->certificate, *out.issuer, no_dossier, trust.pack().field_data, out.now_unix_s, false, {}, notices};
        run_certificate_rules(input, out.reasons);
    }
    conclude(out);
    return out;
}

Reason& Reason::with(std::string_view name, std::string_view value) {
    arguments.push_back({name, std::string{value}});
    return *this;
}

Reason& Reason::because_of(std::string_view statement_id) {
    evidence.emplace_back(statement_id);
    return *this;
}

Reason& add(std::vector<Reason>& reasons, ReasonId id) { return reasons.emplace_back(Reason{id}); }

const ReasonRule& rule_of(ReasonId id) noexcept { return rules[static_cast<std::size_t>(id)]; }

std::string_view verdict_name(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::Genuine: return "genuine";
        case Verdict::OutOfDate: return "out_of_date";
        case Verdict::Revoked: return "revoked";
        case Verdict::Altered: return "altered";
        case Verdict::UnknownIssuer: return "unknown_issuer";
        case Verdict::CouldNotCheck: return "could_not_check";
    }
    return {};
}

std::string_view level_name(Level level) noexcept {
    switch (level) {
        case Level::Ok: return "ok";
        case Level::Caution: return "caution";
        case Level::Stop: return "stop";
        case Level::Unknown: return "unknown";
    }
    return {};
}

std::string_view relation_name(Relation relation) noexcept {
    switch (relation) {
        case Relation::Lot: return "lot";
        case Relation::Label: return "label";
        case Relation::Upstream: return "upstream";
        case Relation::Issuer: return "issuer";
        case Relation::Product: return "product";
        case Relation::District: return "district";
        case Relation::Other: return "other";
    }
    return {};
}

std::string_view grade_name(Grade grade) noexcept {
    switch (grade) {
        case Grade::Fresh: return "fresh";
        case Grade::Stale: return "stale";
        case Grade::Unknown: return "unknown";
    }
    return {};
}

}  // namespace pipa
