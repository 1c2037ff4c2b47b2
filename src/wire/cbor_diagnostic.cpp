#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/hex.hpp"
#include "wire/cbor.hpp"

namespace pipa::cbor {
namespace {

// Every text that JSON would escape is escaped the same way (RFC 8949 section 8: text strings as in JSON).
void append_text(std::string& out, std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += '\\';
        if (byte >= 0x20 && byte != 0x7F) {
            out += c;
            continue;
        }
        if (c == '\n') out += "\\n";
        else {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    out += '"';
}

// The fewest digits that read back as the same number.
std::string float_digits(double value, std::chars_format format) {
    std::array<char, 64> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format).ptr};
}

std::string float_text(std::uint64_t bits) {
    const double value = std::bit_cast<double>(bits);
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return std::signbit(value) ? "-Infinity" : "Infinity";
    // As RFC 8949 appendix A writes them: 100000.0, 0.00006103515625, 1.0e+300, 5.960464477539063e-8.
    std::string text = float_digits(value, std::chars_format::scientific);
    const std::size_t e = text.find('e');
    const int exponent = std::stoi(text.substr(e + 1));
    const bool plain = exponent >= -7 && exponent < 21;
    std::string number = plain ? float_digits(value, std::chars_format::fixed) : text.substr(0, e);
    if (number.find('.') == std::string::npos) number += ".0";
    return plain ? number : number + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

std::string negative_text(std::uint64_t n) {
    if (n == UINT64_MAX) return "-18446744073709551616";  // -1-n does not fit 64 bits
    return "-" + std::to_string(n + 1);
}

std::string simple_text(std::uint64_t number) {
    switch (number) {
        case simple_false: return "false";
        case simple_true: return "true";
        case simple_null: return "null";
        case simple_undefined: return "undefined";
        default: return "simple(" + std::to_string(number) + ")";
    }
}

void append(std::string& out, const Value& value);

void append_items(std::string& out, const Value& value, char open, char close) {
    out += open;
    const bool is_map = value.is(Type::Map);
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (i > 0) out += is_map && i % 2 == 1 ? ": " : ", ";
        append(out, value.items[i]);
    }
    out += close;
}

void append(std::string& out, const Value& value) {
    switch (value.type) {
        case Type::Unsigned: out += std::to_string(value.number); return;
        case Type::Negative: out += negative_text(value.number); return;
        case Type::Bytes: out += "h'" + to_hex(value.bytes) + "'"; return;
        case Type::Text: append_text(out, value.text()); return;
        case Type::Array: append_items(out, value, '[', ']'); return;
        case Type::Map: append_items(out, value, '{', '}'); return;
        case Type::Tag:
            out += std::to_string(value.number);
            append_items(out, value, '(', ')');
            return;
        case Type::Simple: out += simple_text(value.number); return;
        case Type::Float: out += float_text(value.number); return;
    }
}

}  // namespace

std::string diagnostic(const Value& value) {
    std::string out;
    append(out, value);
    return out;
}

}  // namespace pipa::cbor
