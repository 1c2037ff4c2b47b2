#include "judge/judge.hpp"

#include <algorithm>
#include <iterator>

#include "judge/rules.hpp"
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

// Reasons are few (rules.cpp), and those of one gravity stay in the order in which they were found. (Not std::stable_sort: Debian 12's own
// warns under Clang, and warnings are errors where the compilers are known.)
void sort_by_gravity(std::vector<Reason>& reasons) {
    for (auto at = reasons.begin(); at != reasons.end(); ++at)
        std::rotate(std::ranges::upper_bound(reasons.begin(), at, at->id, {}, &Reason::id), at, std::next(at));
}

// One judgement, from what can be said of the code and the trust to the rules of the dossier.
class Judge {
public:
    Judge(ReadCode code, const TrustStore& trust, UnixSeconds device_now, const Evidence& evidence)
        : m_trust(trust), m_evidence(evidence), m_device_now(std::clamp(device_now, earliest_now, latest_now)) {
        static_cast<ReadCode&>(m_out) = std::move(code);
    }

    Judgement run() {
        m_out.disclosure = m_evidence.disclosure;
        look_at_time();
        look_at_trust();
        if (m_out.certificate && m_out.may_have_dossier()) m_out.public_log = find_in_public_log(m_out, m_trust, m_evidence.log_proof);
        if (m_out.refusal) m_out.reasons.push_back(*m_out.refusal);
        if (m_out.certificate) look_at_certificate();
        if (m_out.certificate && m_out.may_have_dossier()) look_at_dossier();
        conclude();
        return std::move(m_out);
    }

private:
    Reason& add(ReasonId id) { return m_out.reasons.emplace_back(Reason{id}); }

    // A device cannot be earlier than what it has verified was signed: the later of the two is now, and a clock that is behind sets
    // neither a recall aside nor turns the dates of a label into a reason against it.
    void look_at_time() {
        const UnixSeconds newest = m_trust.is_loaded() ? std::clamp(m_trust.as_of(), earliest_now, latest_now) : earliest_now;
        m_out.clock_behind = m_device_now < newest - clock_tolerance_s;
        m_out.now_unix_s = std::max(m_device_now, newest);
    }

    // Nothing came, what came is another district's, or it is incomplete or bent: each has another next step.
    [[nodiscard]] ReasonId why_no_trust() const noexcept {
        if (!m_evidence.trust_error) return ReasonId::NoTrust;
        const ErrorCode code = m_evidence.trust_error->code;
        return code == ErrorCode::BundleWrongRoot || code == ErrorCode::TrustWrongSigner ? ReasonId::NoTrustForeign : ReasonId::NoTrustUnreadable;
    }

    void look_at_trust() {
        m_out.trust_error = m_evidence.trust_error;
        if (!m_trust.is_loaded()) return void(add(why_no_trust()));
        const TrustPack& pack = m_trust.pack();
        const UnixSeconds as_of = m_trust.as_of();
        m_out.freshness.as_of = as_of;
        const auto say = [&](ReasonId id) { add(id).with("date", format_time(as_of)).with("now", format_time(m_device_now)); };
        if (m_evidence.trust_news == TrustNews::Offline) say(ReasonId::TrustOffline);
        if (m_evidence.trust_news == TrustNews::Refused) say(ReasonId::TrustRefused);
        if (m_evidence.trust_news == TrustNews::RolledBack) say(ReasonId::TrustRolledBack);
        if (m_out.clock_behind) return say(ReasonId::ClockBehind);
        const std::int64_t age_s = m_device_now - as_of;
        if (age_s > pack.usable_for_s) return say(ReasonId::TrustAgeUnknown);
        // Metadata that has expired was meant to have a successor by now.
        const bool expired = m_trust.expires().value_or(latest_now) < m_device_now;
        if (age_s > pack.fresh_for_s || expired) {
            m_out.freshness.grade = Grade::Stale;
            return say(ReasonId::TrustStale);
        }
        m_out.freshness.grade = Grade::Fresh;
    }

    void look_at_certificate() {
        if (!m_out.link_agrees) add(ReasonId::LinkMismatch);
        if (!m_out.host.empty() && !m_trust.is_own_host(m_out.host)) add(ReasonId::ForeignHost).with("host", m_out.host);
        look_at_issuer();
        look_at_dates();
        look_at_status();
    }

    void look_at_issuer() {
        if (!m_trust.is_loaded()) return;  // said already
        if (m_out.key == nullptr) return void(add(ReasonId::UnknownKey));
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
            add(is_shown_before(*key.compromised_since) ? ReasonId::ShownBeforeLoss : ReasonId::KeyCompromisedLater).with("date", format_day(day_of(*key.compromised_since)));
        else
            look_at_key_end();
        if (issued < key.valid_from)
            add(ReasonId::KeyNotValidThen).with("date", format_day(day_of(key.valid_from))).with("issued", format_day(day_of(issued)));
        if (key.valid_until && issued > *key.valid_until)
            add(ReasonId::KeyNotValidThen).with("date", format_day(day_of(*key.valid_until))).with("issued", format_day(day_of(issued)));
    }

    // Whoever kept a key that has run out could write an earlier date too. The goods are judged as they were all the same.
    void look_at_key_end() {
        const auto end = m_out.key->valid_until;
        const bool ended = end && *end < m_out.now_unix_s && m_out.certificate->certificate.issued_unix_s <= *end;
        if (ended && m_evidence.on_file != true && !is_shown_before(*end + 1)) add(ReasonId::KeyEndedSince).with("date", format_day(day_of(*end)));
    }

    // By the public log or by an office's receipt.
    [[nodiscard]] bool is_shown_before(UnixSeconds end) {
        if (m_out.public_log && *m_out.public_log && (*m_out.public_log)->since && *(*m_out.public_log)->since < end) return true;
        const cose::Statement& statement = m_out.certificate->statement;
        if (!m_evidence.dossier) return false;
        const Bytes message = cose::assemble_statement(statement.protected_bytes, statement.payload, statement.signature);
        m_receipt = find_receipt(*m_evidence.dossier, m_out.certificate->certificate, crypto::sha256(message), end);
        return m_receipt != nullptr;
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

    void look_at_dates() {
        const Certificate& certificate = m_out.certificate->certificate;
        const DayNumber issued_day = day_of(certificate.issued_unix_s);
        const bool in_future = certificate.issued_unix_s > m_out.now_unix_s + clock_tolerance_s;
        if (in_future && !m_out.clock_behind) add(ReasonId::DateInFuture).with("date", format_day(issued_day));
        // Issued minutes ahead of a slow clock, it may bear the next day's date.
        if (!in_future) add(ReasonId::IssuedDaysAgo).with("days", std::to_string(std::max(day_of(m_out.now_unix_s) - issued_day, 0)));
        if (certificate.expires_unix_s && m_out.now_unix_s > *certificate.expires_unix_s)
            add(ReasonId::Expired).with("date", format_day(day_of(*certificate.expires_unix_s)));
        if (certificate.harvest_day && *certificate.harvest_day > issued_day)
            add(ReasonId::HarvestAfterIssue).with("date", format_day(*certificate.harvest_day));
        // Order 2025 No. 4: a buyer who mixes or repacks collects the upstream certificates and issues a new one, whatever form it takes for it.
        const bool bought = certificate.form == Form::Buyer2025 || (m_out.key != nullptr && m_out.key->role == Role::Buyer);
        if (bought && certificate.upstream.empty()) add(ReasonId::UpstreamMissing);
        if (!certificate.product_code) add(ReasonId::ProductUncoded);
    }

    // Two bits in the status list. What is not known is said, and is never 'valid'.
    void look_at_status() {
        const auto index = m_out.certificate->certificate.status_index;
        // A trust pack alone knows of no status; those who need to know have a repository.
        if (!m_out.signature_valid || !m_trust.keeps_status()) return;
        if (!index) return void(add(ReasonId::StatusNoIndex));
        const auto say = [&](ReasonId id) { add(id).with("date", format_time(m_trust.as_of())); };
        const auto status = m_trust.status_of(*index, m_out.key->store);
        if (!status) return say(ReasonId::StatusUnknown);
        switch (*status) {
            case Status::Valid:
                // The place it names may be another's: nobody could have withdrawn what the office has no copy of.
                if (m_evidence.on_file == false) say(ReasonId::StatusNotOnFile);
                return;
            case Status::Invalid: return say(ReasonId::StatusWithdrawn);
            case Status::Suspended: return say(ReasonId::StatusSuspended);
            case Status::Recalled: return say(ReasonId::StatusRecalled);
        }
    }

    void look_at_availability() {
        switch (m_evidence.record) {
            case Record::NotFetched: add(ReasonId::RecordNotFetched); break;
            case Record::Unreadable: add(ReasonId::RecordUnreadable); break;
            case Record::NotPublished: add(ReasonId::RecordNotPublished); break;
            case Record::GivenByHand: add(ReasonId::RecordGivenByHand); break;
            case Record::NotAsked:
            case Record::Given: break;
        }
        if (m_evidence.notices_missing) add(ReasonId::NoticesUnknown).with("date", format_time(m_trust.as_of()));
    }

    void look_at_dossier() {
        look_at_availability();
        static const CheckedDossier no_dossier;
        m_out.dossier = m_evidence.dossier;
        const CheckedDossier& dossier = m_out.dossier ? *m_out.dossier : no_dossier;
        const FieldData& field = m_evidence.field_data != nullptr ? *m_evidence.field_data : m_trust.pack().field_data;
        RuleInput input{m_out.certificate->certificate, *m_out.issuer, dossier, field, m_out.now_unix_s, m_out.clock_behind, m_out.dossier != nullptr,
                        m_out.bearings, m_evidence.notices, m_evidence.upstream, &m_trust, m_evidence.on_file == true, m_receipt};
        m_out.bearings = bearings_of(input);
        input.bearings = m_out.bearings;
        run_rules(input, m_out.reasons);
    }

    void conclude() {
        if (m_out.signature_valid) add(ReasonId::SignatureFits);
        sort_by_gravity(m_out.reasons);
        const ReasonRule& gravest = rule_of(m_out.reasons.front().id);
        m_out.verdict = gravest.verdict;
        m_out.level = gravest.level;
        // Among reasons that leave it genuine the level is the strictest, whatever the order on screen. (What could not be checked is
        // graver than a caution, and was sorted before all of those.)
        if (m_out.verdict == Verdict::Genuine && m_out.level != Level::Stop)
            for (const Reason& reason : m_out.reasons) m_out.level = std::max(m_out.level, rule_of(reason.id).level);
    }

    const TrustStore& m_trust;
    const Evidence& m_evidence;
    UnixSeconds m_device_now;
    const CheckedStatement* m_receipt{};  // that the certificate rests on
    Judgement m_out{};
};

}  // namespace

Judgement judge(ReadCode code, const TrustStore& trust, UnixSeconds device_now, const Evidence& evidence) {
    return Judge(std::move(code), trust, device_now, evidence).run();
}

Evidence Evidence::with(std::shared_ptr<const CheckedDossier> dossier) {
    Evidence out;
    out.record = dossier ? Record::Given : Record::NotAsked;
    out.dossier = std::move(dossier);
    return out;
}

Evidence Evidence::open(ByteView file, const TrustStore& trust) {
    auto dossier = open_dossier(file, trust);
    if (dossier) return with(std::make_shared<const CheckedDossier>(std::move(*dossier)));
    Evidence out;
    out.record = Record::Unreadable;
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

const ReasonRule& rule_of(ReasonId id) noexcept { return rules[static_cast<std::size_t>(id)]; }

}  // namespace pipa
