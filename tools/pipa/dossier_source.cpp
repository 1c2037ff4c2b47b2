#include "pipa/dossier_source.hpp"

#include "pipa/files.hpp"
#include "trust/lots.hpp"
#include "wire/qr_text.hpp"

namespace pipa {

namespace fs = std::filesystem;

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

Result<Bytes> find_dossier(const fs::path& place, const std::string& number) {
    std::error_code error;
    if (!fs::is_directory(place, error)) return read_file(place.string(), max_dossier_bytes);
    const fs::path own = place / (number + ".dossier");
    if (fs::exists(own, error)) return read_file(own.string(), max_dossier_bytes);
    const fs::path share = place / lots_file_name(lots_share_of(number));
    if (!fs::exists(share, error)) return Bytes{};
    const auto file = read_file(share.string(), max_lots_file_bytes);
    if (!file) return std::unexpected(file.error());
    auto entries = parse_lots_file(*file);
    if (!entries) return std::unexpected(entries.error());
    const LotEntry* entry = find_lot(*entries, number);
    return entry == nullptr ? Bytes{} : entry->dossier;
}

Result<Background> find_background(const std::string& place, std::string_view qr_text, const TrustStore& trust) {
    if (place.empty()) return Background{};
    std::error_code error;
    if (!fs::exists(place, error)) return fail(ErrorCode::FileUnreadable, {}, place);
    const std::string number = certificate_number_of(qr_text);
    if (number.empty()) return Background{};
    const auto dossier = find_dossier(place, number);
    if (!dossier) return Background{Record::Unreadable, nullptr, nullptr};
    if (dossier->empty()) return Background{Record::NotPublished, nullptr, nullptr};
    return Background::open(*dossier, trust);
}

}  // namespace pipa
