#include "pipa/office/notice_reach.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "judge/rules.hpp"

namespace pipa {
namespace {

struct Named {  // a certificate, as others refer to it
    explicit Named(const StoredCertificate& stored) : number(stored.number), signer(stored.kid), digest(stored.digest) {}

    std::string number;
    cose::Kid signer;
    crypto::Digest digest;
};

class Reacher {
public:
    Reacher(const std::optional<TrustStore>& registry, const CheckedStatement& told, UnixSeconds now) : m_registry(registry), m_told(told) {
        // One that begins later is told from then on.
        const DayNumber since = told.statement->day(notice_key::since).value_or(0);
        m_now = since > day_of(now) ? parse_time(format_day(since)).value_or(now) : now;
        for (const cbor::Value& one : told.statement->list(statement_key::certificates)) m_named.emplace(one.text());
        for (const cbor::Value& one : told.statement->list(statement_key::lots)) m_named.emplace(one.text());
        m_unknown = m_named;
        m_untouched = m_named;
    }

    Result<void> look_at(const StoredCertificate& stored) {
        const auto parsed = parse_certificate(stored.message);
        if (!parsed) return std::unexpected(parsed.error());
        const Certificate& certificate = parsed->certificate;
        for (const UpstreamReference& reference : certificate.upstream) m_made_from[reference.number].emplace_back(reference, stored);
        m_unknown.erase(stored.number);
        m_unknown.erase(stored.lot);
        const RuleInput input{.certificate = certificate, .issuer = issuer_of(stored.kid), .dossier = m_no_dossier, .field = m_no_data, .now = m_now, .notices = {&m_told, 1}};
        if (!notice_matches(input, *m_told.statement)) return {};
        if (!bears(input)) return m_out.beyond.push_back(stored.number), Result<void>{};
        m_out.certificates.push_back(stored.number);
        m_reached.emplace_back(stored);
        m_untouched.erase(stored.number);
        m_untouched.erase(stored.lot);
        if (!stored.lot.empty()) m_lots.emplace(stored.kid, stored.lot);
        return {};
    }

    NoticeReach finish() {
        std::set<std::string> seen(m_out.certificates.begin(), m_out.certificates.end());
        std::vector<Named> last = std::move(m_reached);
        for (std::size_t depth = 0; depth < max_upstream_depth; ++depth) {
            std::vector<Named> next;
            for (const Named& source : last)
                for (const auto& [reference, made] : m_made_from[source.number])
                    if (refers_to(reference, source.number, source.signer, source.digest) && seen.insert(made.number).second) next.push_back(made);
            for (const Named& made : next) m_out.downstream.push_back(made.number);
            last = std::move(next);
        }
        for (const std::string& name : m_unknown) m_untouched.erase(name);
        m_out.unknown.assign(m_unknown.begin(), m_unknown.end());
        m_out.untouched.assign(m_untouched.begin(), m_untouched.end());
        m_out.lots = m_lots.size();
        return std::move(m_out);
    }

private:
    const Party& issuer_of(const cose::Kid& kid) {
        const auto [found, is_new] = m_issuers.try_emplace(kid);
        if (!is_new || !m_registry) return found->second;
        const auto key = m_registry->find_key(kid);
        if (const auto party = key ? m_registry->find_party(key->party) : nullptr) found->second = *party;
        return found->second;
    }

    // The rule that phones run tells something of this certificate itself, and not only of what went into it.
    bool bears(const RuleInput& input) const {
        if (!m_registry) return true;
        Findings findings;
        judge_notices(input, findings);
        return std::ranges::any_of(findings.all(), [](const Reason& reason) { return reason.id != ReasonId::UpstreamStopped; });
    }

    const std::optional<TrustStore>& m_registry;
    const CheckedStatement& m_told;
    UnixSeconds m_now{};
    const CheckedDossier m_no_dossier{};
    const FieldData m_no_data{};
    std::set<std::string> m_named{}, m_unknown{}, m_untouched{};
    std::map<cose::Kid, Party> m_issuers{};
    std::map<std::string, std::vector<std::pair<UpstreamReference, Named>>> m_made_from{};
    std::vector<Named> m_reached{};
    std::set<std::pair<cose::Kid, std::string>> m_lots{};
    NoticeReach m_out{};
};

}  // namespace

Result<NoticeReach> reach_of(const OfficeStore& store, const std::optional<TrustStore>& registry, const CheckedStatement& told, UnixSeconds now) {
    Reacher reacher(registry, told, now);
    if (auto ok = store.each_certificate([&](const StoredCertificate& stored) { return reacher.look_at(stored); }); !ok) return std::unexpected(ok.error());
    return reacher.finish();
}

}  // namespace pipa
