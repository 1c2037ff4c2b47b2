// The outer shape of every metadata file (specification section 4.2.1): what is signed, and by whom it claims to be.
// Inside src/tuf only. Errors: tuf.too_large, tuf.bad_json, tuf.bad_field, tuf.duplicate_signature.
#pragma once

#include "tuf/metadata.hpp"
#include "tuf/json_value.hpp"

namespace pipa::tuf {

struct Signature {
    std::string keyid{};
    Bytes value{};  // empty where the file's text is not hex: such a signature counts for nothing, the others still do
};

struct Envelope {
    JsonValue body{};                // "signed"
    std::string signed_bytes{}; // its canonical form, which the signatures cover
    std::vector<Signature> signatures{};
};

[[nodiscard]] Result<Envelope> open_envelope(ByteView file, std::size_t max_bytes);

// Whether at least `role.threshold` different keys of the role have signed. `name` is the role's, for errors:
// tuf.too_few_signatures, or why a signature by one of the role's keys did not count: tuf.wrong_signature,
// tuf.unsupported_key, tuf.wrong_key_id, tuf.bad_key.
[[nodiscard]] Result<void> check_signatures(const Envelope& envelope, const Keys& keys, const Role& role, std::string_view name);

}  // namespace pipa::tuf
