#include "pipa/dossier/dossier_source.hpp"

#include "host/files.hpp"
#include "wire/qr_text.hpp"

namespace pipa {

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

}  // namespace pipa
