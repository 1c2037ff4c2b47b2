#include "wire/qr_text.hpp"

#include <algorithm>

#include "base/base10.hpp"
#include "base/percent.hpp"
#include "wire/gtin.hpp"

namespace pipa {
namespace {

constexpr std::size_t max_lot_characters = 20;  // GS1 General Specifications, AI 10: X..20

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string to_lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

bool is_digits(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// 1..65535 in at most five digits.
bool is_port(std::string_view text) noexcept {
    if (!is_digits(text) || text.size() > 5) return false;
    int number = 0;
    for (const char c : text) number = number * 10 + (c - '0');
    return number >= 1 && number <= 65'535;
}

Result<std::string> parse_lot(std::string_view text, std::size_t offset) {
    std::string lot;
    for (std::size_t i = 0; i < text.size();) {
        const bool escaped = text[i] == '%';
        const int c = escaped ? escaped_byte(text, i).value_or(0) : static_cast<unsigned char>(text[i]);
        // A slash or question mark as it stands begins something else that this form does not have.
        if (c <= 0x20 || c >= 0x7F || (!escaped && (c == '/' || c == '?'))) return fail(ErrorCode::QrTextBadLot, offset + i);
        lot += static_cast<char>(c);
        i += escaped ? escape_size : 1;
    }
    if (lot.empty() || lot.size() > max_lot_characters) return fail(ErrorCode::QrTextBadLot, offset);
    return lot;
}

// The path between host and '#', without its first slash.
Result<void> parse_path(std::string_view path, std::size_t offset, QrText& out) {
    if (path == "C" || path == "C/") return {};  // a static server may serve the folder C and add the slash
    constexpr std::string_view gtin_part = "01/";
    constexpr std::string_view lot_part = "/10/";
    if (!path.starts_with(gtin_part)) return fail(ErrorCode::QrTextNotOurs, offset);
    path.remove_prefix(gtin_part.size());
    const std::size_t slash = path.find('/');
    const std::string_view gtin = path.substr(0, slash);
    if (gtin.size() != 14 || !is_gtin(gtin)) return fail(ErrorCode::QrTextBadGtin, offset + gtin_part.size());
    out.gtin = gtin;
    if (slash == std::string_view::npos) return {};
    if (!path.substr(slash).starts_with(lot_part)) return fail(ErrorCode::QrTextNotOurs, offset + gtin_part.size() + slash);
    const std::size_t lot_at = slash + lot_part.size();
    auto lot = parse_lot(path.substr(lot_at), offset + gtin_part.size() + lot_at);
    if (!lot) return std::unexpected(lot.error());
    out.lot = std::move(*lot);
    return {};
}

Result<void> decode_digits(std::string_view digits, std::size_t offset, QrText& out) {
    if (digits.empty()) return fail(ErrorCode::QrTextNoDigits, offset);
    auto bytes = from_base10(digits);
    if (!bytes) return fail(bytes.error().code, offset + bytes.error().byte_offset.value_or(0));
    out.certificate = std::move(*bytes);
    return {};
}

// Digits alone: longer than every other numeric code that shoppers meet, so that a barcode is never mistaken.
constexpr std::size_t min_bare_digits = 100;

}  // namespace

bool is_host(std::string_view host) noexcept {
    const std::size_t colon = host.find(':');
    const std::string_view name = host.substr(0, colon);
    if (name.empty() || name.size() > 253 || name.front() == '.' || name.front() == '-' || name.back() == '.') return false;
    if (colon != std::string_view::npos && !is_port(host.substr(colon + 1))) return false;
    return std::ranges::all_of(name, [](char c) {
        return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

Result<QrText> parse_qr_text(std::string_view text) {
    if (text.size() > max_qr_text_bytes) return fail(ErrorCode::QrTextTooLong, max_qr_text_bytes);
    QrText out;
    if (text.size() >= min_bare_digits && is_digits(text)) {
        if (const auto ok = decode_digits(text, 0, out); !ok) return std::unexpected(ok.error());
        return out;
    }
    const std::string start = to_lower(text.substr(0, 8));
    const std::size_t scheme = start.starts_with("https://") ? 8 : start.starts_with("http://") ? 7 : 0;
    const std::size_t hash = text.find('#');
    if (scheme == 0 || hash == std::string_view::npos) return fail(ErrorCode::QrTextNotOurs, 0);
    const std::string_view address = text.substr(scheme, hash - scheme);
    const std::size_t slash = address.find('/');
    if (slash == std::string_view::npos) return fail(ErrorCode::QrTextNotOurs, hash);
    if (!is_host(address.substr(0, slash))) return fail(ErrorCode::QrTextBadHost, scheme);
    if (const auto ok = parse_path(address.substr(slash + 1), scheme + slash + 1, out); !ok) return std::unexpected(ok.error());
    out.host = to_lower(address.substr(0, slash));
    if (const auto ok = decode_digits(text.substr(hash + 1), hash + 1, out); !ok) return std::unexpected(ok.error());
    return out;
}

std::string make_qr_text(std::string_view host, ByteView certificate) {
    std::string text = "HTTPS://";
    for (const char c : host) text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text + "/C#" + to_base10(certificate);
}

}  // namespace pipa
