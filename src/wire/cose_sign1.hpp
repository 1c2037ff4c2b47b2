// COSE_Sign1 (RFC 9052 section 4.2), in two layers.
//
// parse_sign1() reads any COSE_Sign1 message, tagged or not, with any headers, and honours crit (section 3.1).
// parse_statement() reads the one profile that Pipa signs: tag 18, deterministic encoding throughout, protected
// header {1: alg, 4: kid of 8 bytes, 16: typ}, empty unprotected header, payload present, 64-byte signature.
// Neither verifies a signature: that needs a key (trust/cose_verify.hpp). Errors: cose.*, cbor.*.
#pragma once

#include <array>

#include "wire/cbor.hpp"

namespace pipa::cose {

inline constexpr std::uint64_t tag_sign1 = 18;
inline constexpr std::int64_t header_algorithm = 1;     // RFC 9052 table 3
inline constexpr std::int64_t header_critical = 2;
inline constexpr std::int64_t header_content_type = 3;
inline constexpr std::int64_t header_kid = 4;
inline constexpr std::int64_t header_type = 16;         // RFC 9596 section 2
inline constexpr std::int64_t algorithm_ed25519 = -19;  // RFC 9864 section 2.2
inline constexpr std::int64_t algorithm_eddsa = -8;     // RFC 9053 section 2.2; kept for keys pinned as Ed25519

inline constexpr std::size_t kid_size = 8;
inline constexpr std::size_t signature_size = 64;
using Kid = std::array<std::uint8_t, kid_size>;  // first 8 bytes of SHA-256 of the public key

struct Sign1 {
    cbor::Value protected_header{};    // a map; empty when the byte string was empty
    cbor::Value unprotected_header{};  // a map
    Bytes protected_bytes{};           // as signed: empty when the map is empty (section 4.4)
    std::optional<Bytes> payload{};    // absent when detached
    Bytes signature{};
    std::int64_t algorithm{};          // -19 or -8
};

[[nodiscard]] Result<Sign1> parse_sign1(ByteView message, cbor::Limits limits = {});

// Statement types: values of the typ header, from the range for experiments of the CoAP Content-Formats registry
// (RFC 7252 section 12.3) until types are registered. Append only.
enum class StatementType : std::uint16_t {
    Certificate = 65001,
    TrustPack = 65002,
    EducationPack = 65003,
    Card = 65010,
    Test = 65011,
    Label = 65012,
    Input = 65013,
    Work = 65014,
    Patrol = 65015,
    Grade = 65016,
    Notice = 65017,
    Variety = 65018,
    Figures = 65019,
    Manifest = 65020,
    Receipt = 65021,
};

struct Statement {
    StatementType type{};
    std::int64_t algorithm{};
    Kid kid{};
    Bytes protected_bytes{};
    Bytes payload{};
    std::size_t payload_offset{};  // of the payload's first byte in the message
    Bytes signature{};
};

// Without `type` any statement is read, also one of a number that is not known; its type says which it is.
[[nodiscard]] Result<Statement> parse_statement(ByteView message, std::optional<StatementType> type, cbor::Limits limits = {});

// The protected header of a statement, ready to sign.
[[nodiscard]] Bytes statement_header(const Kid& kid, StatementType type);
// The whole message from its parts.
[[nodiscard]] Bytes assemble_statement(ByteView protected_bytes, ByteView payload, ByteView signature);

// Sig_structure of section 4.4: the bytes that are signed.
[[nodiscard]] Bytes to_be_signed(ByteView protected_bytes, ByteView external_aad, ByteView payload);

}  // namespace pipa::cose
