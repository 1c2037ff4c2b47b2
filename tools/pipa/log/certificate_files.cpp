#include "pipa/log/certificate_files.hpp"

#include <filesystem>

#include "host/files.hpp"
#include "pipa/input/scanned_texts.hpp"
#include "record/certificate.hpp"
#include "tlog/log_entry.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

constexpr std::uint8_t first_byte_of_message = 0xD2;  // CBOR tag 18; no text in UTF-8 and no picture begins with it and 0x84
constexpr std::uint8_t second_byte_of_message = 0x84;
constexpr std::size_t max_certificate_file_bytes = 4096;

Result<NamedCertificate> certificate_of(Bytes message, std::string source) {
    const auto parsed = parse_certificate(message);
    if (!parsed) return std::unexpected(parsed.error());
    auto entry = tlog::certificate_entry(message);
    if (!entry) return std::unexpected(entry.error());
    return NamedCertificate{std::move(source), parsed->certificate.number, std::move(message), std::move(*entry)};
}

bool is_message_file(const std::string& argument) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(argument, ignored)) return false;
    const auto bytes = read_file(argument, max_certificate_file_bytes);
    return bytes && bytes->size() > 1 && (*bytes)[0] == first_byte_of_message && (*bytes)[1] == second_byte_of_message;
}

}  // namespace

Result<std::vector<NamedCertificate>> read_certificates(const std::string& argument, std::string& where) {
    std::vector<NamedCertificate> out;
    where = argument;
    const auto add = [&](Result<NamedCertificate> certificate) -> Result<void> {
        if (!certificate) return std::unexpected(certificate.error());
        out.push_back(std::move(*certificate));
        return {};
    };
    if (is_message_file(argument)) {
        auto message = read_file(argument);
        if (!message) return std::unexpected(message.error());
        if (auto ok = add(certificate_of(std::move(*message), argument)); !ok) return std::unexpected(ok.error());
        return out;
    }
    auto scanned = scan_argument(argument);
    if (!scanned.texts) return std::unexpected(scanned.texts.error());
    for (InputText& text : *scanned.texts) {
        if (!text.source.empty()) where = text.source;
        auto qr = parse_qr_text(text.text);
        if (!qr) return std::unexpected(qr.error());
        if (auto ok = add(certificate_of(std::move(qr->certificate), std::move(text.source))); !ok) return std::unexpected(ok.error());
    }
    return out;
}

}  // namespace pipa
