#include "app/record_lookup.hpp"

namespace pipa::kiosk {
namespace {

std::string number_of(ByteView certificate) {
    const auto parsed = parse_certificate(certificate);
    return parsed ? parsed->certificate.number : std::string{};
}

}  // namespace

std::string_view problem_name(NumberProblem problem) noexcept {
    switch (problem) {
        case NumberProblem::Malformed: return "malformed";
        case NumberProblem::NoRecords: return "no_records";
        case NumberProblem::Unknown: return "unknown";
        case NumberProblem::Missing: return "missing";
        case NumberProblem::Broken: return "broken";
        case NumberProblem::TooLarge: return "too_large";
    }
    return {};
}

Evidence evidence_in(Delivery delivery, ByteView file, std::string_view number, const TrustStore& trust) {
    if (delivery == Delivery::Missing) return {.record = Record::NotFetched};
    const auto entries = delivery == Delivery::Whole ? parse_lots_file(file) : std::unexpected(Error{ErrorCode::LotsTooLarge});
    if (!entries) return {.record = Record::Unreadable};
    const LotEntry* entry = find_lot(*entries, number);
    if (entry == nullptr) return {.record = Record::NotPublished};
    Evidence out = entry->dossier.empty() ? Evidence{.record = Record::NotPublished} : Evidence::open(entry->dossier, trust);
    out.log_proof = as_text(entry->log_proof);
    return out;
}

std::expected<std::string, NumberProblem> code_in(Delivery delivery, ByteView file, std::string_view number, const TrustStore& trust) {
    if (delivery == Delivery::Missing) return std::unexpected(NumberProblem::Missing);
    if (delivery == Delivery::TooLarge) return std::unexpected(NumberProblem::TooLarge);
    const auto entries = parse_lots_file(file);
    if (!entries) return std::unexpected(entries.error().code == ErrorCode::LotsTooLarge ? NumberProblem::TooLarge : NumberProblem::Broken);
    const LotEntry* entry = find_lot(*entries, number);
    if (entry == nullptr) return std::unexpected(NumberProblem::Unknown);
    if (number_of(entry->certificate) != number) return std::unexpected(NumberProblem::Broken);
    const auto& hosts = trust.pack().hosts;
    return make_qr_text(hosts.empty() ? "localhost" : hosts.front(), entry->certificate);
}

}  // namespace pipa::kiosk
