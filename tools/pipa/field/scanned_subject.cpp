#include "pipa/field/scanned_subject.hpp"

#include "pipa/field/evidence_source.hpp"

namespace pipa {
namespace {

using cose::StatementType;

Result<ScannedSubject> from_certificate(ByteView message, const Party& party) {
    const auto parsed = parse_certificate(message);
    if (!parsed) return std::unexpected(parsed.error());
    const Certificate& certificate = parsed->certificate;
    ScannedSubject out{.producer = subject_id(party), .name = party.name, .certificate = certificate.number};
    if (!certificate.lot.empty()) out.lots.push_back(certificate.lot);
    return out;
}

// A card is the bureau's word about a producer.
Result<ScannedSubject> from_card(ByteView message, const TrustStore& trust) {
    const CheckedStatement told = check_statement({to_bytes(message), parse_any_statement(message)}, trust);
    if (told.error) return std::unexpected(*told.error);
    if (!told.stands()) return fail(ErrorCode::FieldNotAllowed, {}, std::string{standing_name(told.standing)});
    const auto& card = told.statement;
    std::string_view subject = card->text(statement_key::producer);
    if (subject.empty()) subject = card->text(card_key::uscc);
    if (subject.empty()) return fail(ErrorCode::StatementMissingField, {}, "producer");
    return ScannedSubject{.producer = std::string{subject}, .name = card->local(card_key::name)};
}

}  // namespace

Result<ScannedSubject> scan_subject(const std::string& argument, const TrustStore& trust) {
    const auto messages = gather_messages({argument});
    if (!messages) return std::unexpected(messages.error());
    if (messages->empty()) return fail(ErrorCode::ImageNoCode, {}, argument.substr(0, 80));
    const Bytes& message = messages->front();
    const auto statement = cose::parse_statement(message, {});
    if (!statement) return std::unexpected(statement.error());
    const auto key = trust.find_key(statement->kid);
    const auto party = key == nullptr ? nullptr : trust.find_party(key->party);
    if (party == nullptr) return fail(ErrorCode::FieldUnknownIssuer);
    if (verify_statement(*statement, key->public_key) != crypto::SignatureCheck::Valid) return fail(ErrorCode::CoseWrongSignature);
    if (statement->type == StatementType::Certificate) return from_certificate(message, *party);
    if (statement->type == StatementType::Card) return from_card(message, trust);
    return fail(ErrorCode::CoseWrongType, {}, "neither a certificate nor a card");
}

}  // namespace pipa
