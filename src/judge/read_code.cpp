// From what a code says to a certificate with its signer, the signature checked: all that the code itself can tell.
#include "judge/rules.hpp"

namespace pipa {
namespace {

void look_at_signer(ReadCode& out, const TrustStore& trust) {
    const cose::Statement& statement = out.certificate->statement;
    out.key = trust.find_key(statement.kid);
    if (out.key == nullptr) return;
    out.issuer = trust.find_party(out.key->party);
    out.signature_valid = verify_statement(statement, out.key->public_key) == crypto::SignatureCheck::Valid;
}

ReadCode unreadable(const Error& error) {
    const bool incomplete = error.code == ErrorCode::CertificateMissingField;
    return {.refusal = Reason{incomplete ? ReasonId::Incomplete : ReasonId::Unreadable}, .error = error};
}

ReadCode foreign(std::string_view text, const Error& error) {
    const ForeignCode kind = recognise_foreign_code(text);
    const bool paper = kind == ForeignCode::PaperCertificate;
    return {.refusal = Reason{paper ? ReasonId::Incomplete : ReasonId::ForeignCode}, .foreign_code = kind, .error = error};
}

}  // namespace

ReadCode read_certificate(ByteView message, const TrustStore& trust) {
    auto parsed = parse_certificate(message);
    if (!parsed) return unreadable(parsed.error());
    ReadCode out;
    out.certificate = std::move(*parsed);
    look_at_signer(out, trust);
    return out;
}

ReadCode read_code(std::string_view text, const TrustStore& trust) {
    const auto qr = parse_qr_text(text);
    if (!qr && qr.error().code == ErrorCode::QrTextNotOurs) return foreign(text, qr.error());
    if (!qr) return unreadable(qr.error());
    ReadCode out = read_certificate(qr->certificate, trust);
    out.host = qr->host;
    out.link_lot = qr->lot;
    if (!out.certificate) return out;
    const Certificate& certificate = out.certificate->certificate;
    out.link_agrees = (qr->gtin.empty() || qr->gtin == certificate.gtin) && (qr->lot.empty() || qr->lot == certificate.lot);
    return out;
}

ReadCode refused(ReasonId id, std::string_view about) {
    ReadCode out{.refusal = Reason{id}};
    if (!about.empty()) out.refusal->with("number", about);
    return out;
}

}  // namespace pipa
