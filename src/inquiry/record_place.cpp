#include "inquiry/record_place.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "crypto/ed25519.hpp"
#include "record/certificate.hpp"
#include "wire/qr_text.hpp"

namespace pipa {

std::uint8_t lots_share_of(std::string_view certificate_number) noexcept { return crypto::sha256(as_bytes(certificate_number)).front(); }

std::string lots_file_name(std::uint8_t share) { return to_hex(ByteView{&share, 1}); }

bool looks_like_number(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    return is_certificate_number(text) && std::ranges::any_of(text, is_letter) && std::ranges::any_of(text, is_digit) && recognise_foreign_code(text) == ForeignCode::Unknown;
}

RecordPlace record_place_of(std::string_view text, const TrustStore& trust) {
    RecordPlace out;
    if (const auto qr = parse_qr_text(text)) {
        const auto parsed = parse_certificate(qr->certificate);
        if (!parsed) return out;
        out.number = parsed->certificate.number;
        const auto key = trust.find_key(parsed->statement.kid);
        if (key != nullptr && !key->store.empty()) out.file = key->store + '/';
    } else {
        std::string number{text};
        for (char& c : number)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        out.typed = looks_like_number(number);
        if (!out.typed) return out;
        out.number = std::move(number);
    }
    out.file += lots_file_name(lots_share_of(out.number));
    return out;
}

}  // namespace pipa
