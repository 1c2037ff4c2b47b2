#include "pipa/dossier/dossier_source.hpp"

#include "host/files.hpp"
#include "inquiry/record_place.hpp"
#include "wire/qr_text.hpp"

namespace pipa {

namespace fs = std::filesystem;

namespace {

// Without a dossier: the folder has none for this certificate.
Result<LotEntry> find_record(const fs::path& place, const std::string& number, const std::string& store) {
    std::error_code error;
    const fs::path own = fs::is_directory(place, error) ? place / (number + ".dossier") : place;
    if (fs::exists(own, error)) {
        auto dossier = read_file(own.string(), max_dossier_bytes);
        if (!dossier) return std::unexpected(dossier.error());
        return LotEntry{.number = number, .dossier = std::move(*dossier)};
    }
    const fs::path share = place / store / lots_file_name(lots_share_of(number));
    if (!fs::exists(share, error)) return LotEntry{.number = number};
    const auto file = read_file(share.string(), max_lots_file_bytes);
    if (!file) return std::unexpected(file.error());
    const auto entries = parse_lots_file(*file);
    if (!entries) return std::unexpected(entries.error());
    const LotEntry* entry = find_lot(*entries, number);
    return entry == nullptr ? LotEntry{.number = number} : *entry;
}

}  // namespace

std::string certificate_number_of(std::string_view qr_text) {
    const auto qr = parse_qr_text(qr_text);
    if (!qr) return {};
    const auto parsed = parse_certificate(qr->certificate);
    return parsed ? parsed->certificate.number : std::string{};
}

Result<Bytes> certificate_argument(const std::string& text_or_path) {
    if (auto qr = parse_qr_text(text_or_path)) return std::move(qr->certificate);
    auto content = read_file(text_or_path, max_statement_bytes);
    if (!content) return content;
    if (parse_certificate(*content)) return content;
    std::string_view text = as_text(*content);
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    auto qr = parse_qr_text(text);
    if (!qr) return std::unexpected(qr.error());
    return std::move(qr->certificate);
}

Result<Evidence> find_evidence(const std::string& place, std::string_view qr_text, const TrustStore& trust) {
    if (place.empty()) return Evidence{};
    std::error_code error;
    if (!fs::exists(place, error)) return fail(ErrorCode::FileUnreadable, {}, place);
    const auto qr = parse_qr_text(qr_text);
    const auto parsed = qr ? parse_certificate(qr->certificate) : std::unexpected(qr.error());
    if (!parsed || parsed->certificate.number.empty()) return Evidence{};
    const auto key = trust.find_key(parsed->statement.kid);
    const auto record = find_record(place, parsed->certificate.number, key == nullptr ? std::string{} : key->store);
    if (!record) return Evidence{.record = Record::Unreadable};
    Evidence evidence = record->dossier.empty() ? Evidence{.record = Record::NotPublished} : Evidence::open(record->dossier, trust);
    evidence.log_proof = as_text(record->log_proof);
    return evidence;
}

}  // namespace pipa
