// Dossiers out of a pile of statements: which of them have to do with a certificate, and the manifest that lists them.
// Errors: dossier.*, statement.*, cert.*.
#pragma once

#include "crypto/secret_key.hpp"
#include "judge/judge.hpp"

namespace pipa {

struct ManifestFacts {
    std::int64_t sequence{1};    // rises with every edition of a dossier
    UnixSeconds issued_unix_s{};
};

struct MadeDossier {
    Bytes file{};
    std::size_t kept{};
    std::size_t left_out{};      // statements that have nothing to do with the certificate
};

// The pile is opened once, for any number of certificates. `trust` must outlive it.
class DossierMaker {
public:
    // Certificates among the statements become the upstream of others.
    [[nodiscard]] static Result<DossierMaker> open(std::vector<Bytes> statements, const TrustStore& trust);

    // `keeper` is the key of the issuer or of a bureau. A signer who is not in the trust pack is judged by nobody, so the
    // certificate must be one that the pack knows: dossier.no_certificate.
    [[nodiscard]] Result<MadeDossier> make(ByteView certificate, const crypto::SecretKey& keeper, const ManifestFacts& facts) const;

    // What the start page shows of the district (page/portal.hpp): every card, grade, visit, label and variety that stands. `keeper` is a bureau's.
    [[nodiscard]] Result<MadeDossier> make_portal_file(const crypto::SecretKey& keeper, const ManifestFacts& facts) const;

private:
    DossierMaker(std::vector<Bytes> statements, CheckedDossier dossier, const TrustStore& trust)
        : m_statements(std::move(statements)), m_dossier(std::move(dossier)), m_trust(&trust) {}

    std::vector<Bytes> m_statements;
    CheckedDossier m_dossier;
    const TrustStore* m_trust;
};

// The file of exactly these statements; an empty pile has no manifest.
[[nodiscard]] Result<Bytes> seal_dossier(std::string_view certificate_number, std::span<const Bytes> statements, const crypto::SecretKey& keeper,
                                         const ManifestFacts& facts);

}  // namespace pipa
