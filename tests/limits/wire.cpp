#include "limits/limits.hpp"
#include "wire/cbor.hpp"
#include "wire/gs1/digital_link.hpp"
#include "wire/gs1/value_checks.hpp"
#include "wire/qr_text.hpp"

namespace pipa::test {
namespace {

std::string qr(const std::string& text) { return code_of(parse_qr_text(text)); }
std::string lot_of(std::size_t size) {
    return qr("https://pipa.example/01/06900000000014/10/" + std::string(size, 'A') + "#0169436464873497600591879"); }
std::string decoded(const Bytes& bytes) { return code_of(cbor::decode(bytes, cbor::Rules::deterministic)); }

Bytes nested(std::size_t arrays) {
    Bytes out(arrays, 0x81);
    out.push_back(0);
    return out;
}

std::string link_of(const std::string& query) {
    return code_of(gs1::parse_digital_link("https://pipa.example/01/06900000000014?" + query)); }
std::string link_filled_to(std::size_t size) {
    std::string uri = "https://pipa.example/01/06900000000014?a=";
    uri.resize(size, 'b');
    return code_of(gs1::parse_digital_link(uri));
}
// The GTIN of the path, and so many further parameters.
std::string link_with(std::size_t parameters) {
    std::string query;
    for (std::size_t i = 0; i < parameters; ++i) query += "a&";
    return link_of(query);
}

}  // namespace

std::vector<Limit> limits_of_wire() {
    return {
        {"wire/qr_text.hpp", "max_qr_text_bytes", [] { return qr(std::string(4296, 'x')); }, "qr.not_ours",
            [] { return qr(std::string(4297, 'x')); }, "qr.too_long"},
        {"wire/qr_text.cpp", "max_lot_characters", [] { return lot_of(20); }, "ok", [] { return lot_of(21); }, "qr.bad_lot"},
        {"wire/qr_text.cpp", "min_bare_digits", [] { return qr(std::string(100, '0')); }, "ok", [] { return qr(std::string(99, '0')); },
            "qr.not_ours"},
        {"wire/cbor.hpp", "max_bytes", [] { return decoded(Bytes(std::size_t{1} << 20)); }, "cbor.trailing_bytes",
            [] { return decoded(Bytes((std::size_t{1} << 20) + 1)); }, "cbor.too_large"},
        {"wire/cbor.hpp", "max_depth", [] { return decoded(nested(8)); }, "ok", [] { return decoded(nested(9)); }, "cbor.too_deep"},
        {"wire/gs1/digital_link.hpp", "max_uri_bytes", [] { return link_filled_to(8192); }, "ok", [] { return link_filled_to(8193); },
            "gs1.too_long"},
        {"wire/gs1/digital_link.hpp", "max_parameters", [] { return link_with(63); }, "ok", [] { return link_with(64); }, "gs1.too_many"},
        {"wire/gs1/value_checks.cpp", "min_company_digits", [] { return yes_or_no(gs1::passes_check("company", "1234")); }, "yes",
         [] { return yes_or_no(gs1::passes_check("company", "123")); }, "no"},
    };
}

}  // namespace pipa::test
