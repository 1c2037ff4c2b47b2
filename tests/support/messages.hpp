// Messages of the tables cose_sign1.json, certificate.json and trust_pack.json: written in diagnostic notation, signed
// where the table says so.
#pragma once

#include "support/edn.hpp"
#include "support/table.hpp"

namespace pipa::test {

struct CoseCase {
    Edn message{};
    Bytes public_key{};
    Bytes external_aad{};
    std::optional<Bytes> detached{};
    std::string answer{};
};
[[nodiscard]] CoseCase cose_case(Row& row, const Json& base);

// A row of certificate.json: the fields of `base` with the row's `set` (field to notation, null removes) put into a
// payload, the payload into a message.
struct CertificateCase {
    Edn message{};
    std::string answer{};
};
[[nodiscard]] CertificateCase certificate_case(Row& row, const Json& base);

// A row of trust_pack.json: the payload alone, made in the same way.
struct TrustPackCase {
    Edn payload{};
    std::string answer{};
};
[[nodiscard]] TrustPackCase trust_pack_case(Row& row, const Json& base);

// The row's answer with `here` (or `here+3`) replaced by the mark.
[[nodiscard]] std::string expected_answer(const std::string& answer, const Edn& message);

}  // namespace pipa::test
