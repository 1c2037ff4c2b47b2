#include "pipa/dossier/dossier_making.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "judge/rules.hpp"
#include "page/portal.hpp"
#include "pipa/issue/issuing.hpp"

namespace pipa {

Result<Bytes> seal_dossier(std::string_view certificate_number, std::span<const Bytes> statements, const crypto::SecretKey& keeper,
                           const ManifestFacts& facts) {
    if (statements.size() > max_dossier_statements) return fail(ErrorCode::DossierTooLarge);
    if (statements.empty()) return encode_dossier({}, statements);
    cbor::Value digests = cbor::make_array();
    for (const Bytes& statement : statements) digests.items.push_back(cbor::make_bytes(crypto::sha256(statement)));
    cbor::MapBuilder manifest;
    manifest.add(statement_key::id, cbor::make_text("M-" + std::string{certificate_number} + "-" + std::to_string(facts.sequence)));
    manifest.add(statement_key::issued, cbor::make_integer(facts.issued_unix_s));
    manifest.add(statement_key::certificates, cbor::make_array({cbor::make_text(certificate_number)}));
    manifest.add(manifest_key::sequence, cbor::make_integer(facts.sequence));
    manifest.add(manifest_key::digests, std::move(digests));
    const Bytes sealed = Signer(keeper, cose::StatementType::Manifest).sign(cbor::encode(manifest.finish()));
    if (const auto ok = parse_any_statement(sealed); !ok) return std::unexpected(ok.error());
    Bytes file = encode_dossier(sealed, statements);
    if (file.size() > max_dossier_bytes) return fail(ErrorCode::DossierTooLarge, max_dossier_bytes);
    return file;
}

Result<DossierMaker> DossierMaker::open(std::vector<Bytes> statements, const TrustStore& trust) {
    CheckedDossier whole;
    // In pieces, because a dossier holds fewer statements than an office does.
    for (std::size_t first = 0; first < statements.size(); first += max_dossier_statements) {
        const std::span piece = std::span(statements).subspan(first, std::min(max_dossier_statements, statements.size() - first));
        auto dossier = open_dossier(encode_dossier({}, piece), trust);
        if (!dossier) return std::unexpected(dossier.error());
        std::ranges::move(dossier->statements, std::back_inserter(whole.statements));
    }
    return DossierMaker(std::move(statements), std::move(whole), trust);
}

Result<MadeDossier> DossierMaker::make(ByteView message, const crypto::SecretKey& keeper, const ManifestFacts& facts) const {
    const auto parsed = parse_certificate(message);
    if (!parsed) return std::unexpected(parsed.error());
    const Certificate& certificate = parsed->certificate;
    const auto key = m_trust->find_key(parsed->statement.kid);
    const auto issuer = key == nullptr ? nullptr : m_trust->find_party(key->party);
    if (issuer == nullptr) return fail(ErrorCode::DossierNoCertificate, {}, certificate.number);
    const std::vector<Bearing> bearings = bearings_of({certificate, *issuer, m_dossier, m_trust->pack().field_data, facts.issued_unix_s, true, {}});
    std::vector<Bytes> kept;
    for (std::size_t i = 0; i < bearings.size(); ++i) {
        const CheckedStatement& told = m_dossier.statements[i];
        const bool itself = told.is(cose::StatementType::Certificate) && told.statement->id() == certificate.number;
        const bool of_district = told.is(cose::StatementType::Figures);  // for the start page: they say nothing about a lot
        if (bearings[i].relation != Relation::Other && !itself && !of_district) kept.push_back(m_statements[i]);
    }
    auto file = seal_dossier(certificate.number, kept, keeper, facts);
    if (!file) return std::unexpected(file.error());
    return MadeDossier{std::move(*file), kept.size(), m_statements.size() - kept.size()};
}

Result<MadeDossier> DossierMaker::make_portal_file(const crypto::SecretKey& keeper, const ManifestFacts& facts) const {
    static constexpr std::array shown = {cose::StatementType::Card, cose::StatementType::Grade, cose::StatementType::Patrol, cose::StatementType::Label,
                                         cose::StatementType::Variety, cose::StatementType::Figures};
    std::vector<Bytes> kept;
    for (std::size_t i = 0; i < m_statements.size(); ++i) {
        const CheckedStatement& told = m_dossier.statements[i];
        if (told.stands() && std::ranges::find(shown, told.statement->type()) != shown.end()) kept.push_back(m_statements[i]);
    }
    auto file = seal_dossier(portal_number, kept, keeper, facts);
    if (!file) return std::unexpected(file.error());
    return MadeDossier{std::move(*file), kept.size(), m_statements.size() - kept.size()};
}

}  // namespace pipa
