// Which certificate went into a lot: its number, whose key signed it, and the beginning of its digest (certificate.cddl). Numbers are their
// producer's, and another one may use the same. As text, for tables and options: NUMBER, or NUMBER:<32 hexadecimal digits>, of which the
// first 16 are the key's id. Errors: cert.bad_field.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/cose_sign1.hpp"

namespace pipa {

struct CertificateMark {
    cose::Kid signer{};
    std::array<std::uint8_t, 8> digest{};  // the first bytes of the SHA-256 of the whole signed message

    friend auto operator<=>(const CertificateMark&, const CertificateMark&) = default;
};

// Without a mark it is a certificate of paper or of another system: nothing that is signed here answers for it.
struct UpstreamReference {
    std::string number{};
    std::optional<CertificateMark> mark{};

    friend auto operator<=>(const UpstreamReference&, const UpstreamReference&) = default;
};

// `digest`: SHA-256 of the signed certificate.
[[nodiscard]] UpstreamReference reference_to(std::string_view number, const cose::Kid& signer, ByteView digest);
[[nodiscard]] bool refers_to(const UpstreamReference& reference, std::string_view number, const cose::Kid& signer, ByteView digest);

[[nodiscard]] std::string format_reference(const UpstreamReference& reference);
[[nodiscard]] Result<UpstreamReference> parse_reference(std::string_view text);

}  // namespace pipa
