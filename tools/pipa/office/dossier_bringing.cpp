#include "pipa/office/dossier_bringing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "judge/rules.hpp"
#include "pipa/dossier/dossier_making.hpp"
#include "pipa/office/registered.hpp"
#include "pipa/store/store_sets.hpp"

namespace pipa {
namespace {

using cose::StatementType;

constexpr std::size_t manifests_a_transaction = 200;

struct Candidate {
    crypto::Digest digest{};
    Bytes message{};
};
using Candidates = std::map<std::int64_t, Candidate>;  // by row, each once

crypto::Digest digest_of(const cbor::Value& listed) {
    crypto::Digest out{};
    if (listed.bytes.size() == out.size()) std::ranges::copy(listed.bytes, out.begin());
    return out;
}

class Bringer {
public:
    Bringer(OfficeStore& store, const TrustStore& registry, const crypto::SecretKey& keeper, UnixSeconds now, const BringingRules& rules)
        : m_store(store), m_registry(registry), m_keeper(keeper), m_now(now), m_rules(rules) {}

    Result<BroughtDossiers> run() {
        auto ok = read_loose();
        // The walk is over before anything is written.
        std::vector<std::string> numbers;
        if (ok) ok = m_store.each_certificate([&](const StoredCertificate& one) {
            if (is_wanted(one)) numbers.push_back(one.number);
            return Result<void>{};
        });
        if (!ok) return std::unexpected(ok.error());
        for (const std::string& number : numbers) {
            const auto certificate = m_store.certificate(number);
            if (!certificate) return std::unexpected(certificate.error());
            if (ok = bring(*certificate); !ok) return std::unexpected(ok.error());
        }
        if (ok = flush(); !ok) return std::unexpected(ok.error());
        if (is_all())
            for (auto& [digest, id] : m_failed) m_out.unseen_failures.push_back(std::move(id));
        return std::move(m_out);
    }

private:
    [[nodiscard]] bool is_all() const { return m_rules.numbers.empty() && m_rules.lots.empty(); }
    [[nodiscard]] bool is_wanted(const StoredCertificate& one) const {
        if (is_all()) return true;
        return std::ranges::find(m_rules.numbers, one.number) != m_rules.numbers.end() || (!one.lot.empty() && std::ranges::find(m_rules.lots, one.lot) != m_rules.lots.end());
    }

    // Statements that name neither lot nor certificate, by the producer they name; and failed tests, until a record is seen to list them.
    Result<void> read_loose() {
        return m_store.each_statement({}, [&](const StoredStatement& stored) -> Result<void> {
            if (schema_of(stored.type) == nullptr || stored.type == StatementType::Manifest) return {};
            const auto parsed = parse_any_statement(stored.message);
            if (!parsed) return {};
            if (parsed->list(statement_key::lots).empty() && parsed->list(statement_key::certificates).empty())
                m_loose[std::string{parsed->text(statement_key::producer)}].emplace_back(stored.row, Candidate{stored.digest, stored.message});
            if (stored.type == StatementType::Test && parsed->integer(test_key::verdict) == static_cast<std::int64_t>(TestVerdict::Fail))
                m_failed.emplace(stored.digest, parsed->id());
            return {};
        });
    }

    Result<void> gather(const StoredCertificate& certificate, std::size_t depth, Candidates& out, std::set<std::string>& seen) {
        if (!seen.insert(certificate.number).second) return {};
        const auto about = m_store.statements_about(certificate.number);
        if (!about) return std::unexpected(about.error());
        for (const StoredStatement& stored : *about)
            if (stored.type != StatementType::Manifest) out.emplace(stored.row, Candidate{stored.digest, stored.message});
        add_loose(certificate, out);
        const auto parsed = parse_certificate(certificate.message);
        if (!parsed || depth == 0) return {};
        for (const UpstreamReference& reference : parsed->certificate.upstream) {
            const auto upstream = m_store.certificate(reference.number);
            if (!upstream || !refers_to(reference, upstream->number, upstream->kid, upstream->digest)) continue;  // it may be in another store
            const auto stored = find_statement(m_store, upstream->digest);
            if (!stored) return std::unexpected(stored.error());
            if (*stored) out.emplace((*stored)->row, Candidate{upstream->digest, (*stored)->message});
            if (auto ok = gather(*upstream, depth - 1, out, seen); !ok) return ok;
        }
        return {};
    }

    void add_loose(const StoredCertificate& certificate, Candidates& out) const {
        const auto key = m_registry.find_key(certificate.kid);
        const auto party = key ? m_registry.find_party(key->party) : nullptr;
        for (const std::string& subject : {party ? subject_id(*party) : std::string{}, std::string{}}) {
            const auto found = m_loose.find(subject);
            if (found == m_loose.end()) continue;
            for (const auto& [row, one] : found->second) out.emplace(row, one);
        }
    }

    // The record that there is: what its manifest lists, and when that came into the store.
    struct Before {
        std::int64_t row{}, sequence{};
        std::set<crypto::Digest> digests{};
        std::vector<Bytes> statements{};
        std::size_t missing{};
    };
    Result<Before> before_of(const StoredCertificate& certificate) const {
        Before out;
        auto dossier = m_store.dossier_of(certificate);
        if (!dossier) return std::unexpected(dossier.error());
        if (!*dossier) return out;
        const auto manifest = parse_any_statement((*dossier)->manifest);
        const auto stored = find_statement(m_store, crypto::sha256((*dossier)->manifest));
        if (!manifest || !stored || !*stored) return fail(ErrorCode::StoreDamaged, {}, certificate.number);
        out.row = (*stored)->row;
        out.sequence = manifest->integer(manifest_key::sequence).value_or(0);
        out.missing = (*dossier)->missing;
        out.statements = std::move((*dossier)->statements);
        for (const cbor::Value& listed : manifest->list(manifest_key::digests)) out.digests.insert(digest_of(listed));
        return out;
    }

    // What names the certificate or its lot and is not listed may have been in the store before the manifest was.
    static bool has_news(const Candidates& candidates, const Before& before) {
        const bool is_newer = !candidates.empty() && candidates.rbegin()->first > before.row;
        return is_newer || std::ranges::any_of(candidates, [&](const auto& one) { return !before.digests.contains(one.second.digest); });
    }

    Result<void> bring(const StoredCertificate& certificate) {
        Candidates candidates;
        std::set<std::string> seen;
        if (auto ok = gather(certificate, max_upstream_depth, candidates, seen); !ok) return ok;
        const auto before = before_of(certificate);
        if (!before) return std::unexpected(before.error());
        for (const crypto::Digest& digest : before->digests) m_failed.erase(digest);
        if (!has_news(candidates, *before)) return {};
        const auto made = make(certificate, candidates, *before);
        if (!made) return m_out.left.emplace_back(certificate.number, made.error()), Result<void>{};
        if (!made->has_value()) return {};
        const ParsedStatement& manifest = (*made)->manifest;
        // Whoever may not keep records is told so at the first one, and not by every phone.
        if (const auto ok = must_stand((*made)->message, m_registry, m_now); !ok) {
            if (m_out.dossiers.empty() && m_out.left.empty()) return ok;
            return m_out.left.emplace_back(certificate.number, ok.error()), Result<void>{};
        }
        for (const cbor::Value& listed : manifest.list(manifest_key::digests)) m_failed.erase(digest_of(listed));
        m_out.dossiers.push_back({certificate.number, before->sequence + 1, manifest.list(manifest_key::digests).size(), before->digests.size()});
        m_manifests.push_back((*made)->message);
        return m_manifests.size() < manifests_a_transaction ? Result<void>{} : flush();
    }

    struct Made {
        Bytes message{};
        ParsedStatement manifest{};
    };
    // Everything that the record lists stays in it; what bears on the certificate comes to it. Empty: nothing does.
    Result<std::optional<Made>> make(const StoredCertificate& certificate, const Candidates& candidates, const Before& before) const {
        if (before.missing > 0)
            return fail(ErrorCode::FieldUnknownReference, {}, std::to_string(before.missing) + " statements that it lists are not in the store; a new one would drop them");
        std::vector<Bytes> found;
        for (const auto& [row, one] : candidates) found.push_back(one.message);
        const auto maker = DossierMaker::open(std::move(found), m_registry);
        if (!maker) return std::unexpected(maker.error());
        const ManifestFacts facts{before.sequence + 1, m_now};
        const auto picked = maker->make(certificate.message, m_keeper, facts);
        if (!picked) return std::unexpected(picked.error());
        const auto dossier = parse_dossier(picked->file);
        if (!dossier) return std::unexpected(dossier.error());
        std::vector<Bytes> statements = before.statements;
        for (const DossierEntry& entry : dossier->entries)
            if (!before.digests.contains(crypto::sha256(entry.message))) statements.push_back(entry.message);
        if (statements.size() == before.statements.size()) return std::optional<Made>{};
        const auto file = seal_dossier(certificate.number, statements, m_keeper, facts);
        if (!file) return std::unexpected(file.error());
        auto sealed = parse_dossier(*file);
        if (!sealed) return std::unexpected(sealed.error());
        auto manifest = parse_any_statement(sealed->manifest.message);
        if (!manifest) return std::unexpected(manifest.error());
        return Made{std::move(sealed->manifest.message), std::move(*manifest)};
    }

    Result<void> flush() {
        if (m_rules.dry_run) m_manifests.clear();
        if (m_manifests.empty()) return {};
        const auto put = m_store.put_statements(m_manifests, {kid_of(m_keeper.public_key()), m_now});
        m_manifests.clear();
        return put ? Result<void>{} : std::unexpected(put.error());
    }

    OfficeStore& m_store;
    const TrustStore& m_registry;
    const crypto::SecretKey& m_keeper;
    UnixSeconds m_now;
    const BringingRules& m_rules;
    std::map<std::string, std::vector<std::pair<std::int64_t, Candidate>>> m_loose{};
    std::map<crypto::Digest, std::string> m_failed{};  // that no record lists
    std::vector<Bytes> m_manifests{};
    BroughtDossiers m_out{};
};

}  // namespace

Result<BroughtDossiers> bring_dossiers(OfficeStore& store, const TrustStore& registry, const crypto::SecretKey& keeper, UnixSeconds now,
                                       const BringingRules& rules) {
    return Bringer(store, registry, keeper, now, rules).run();
}

}  // namespace pipa
