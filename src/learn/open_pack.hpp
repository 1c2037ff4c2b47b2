// From a signed message to an education pack that may be shown. Errors: learn.*, cose.*, cbor.*, ed25519.bad_public_key.
#pragma once

#include "learn/education_pack.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

// The signer is the office itself, or an editor: a bureau's key of the trust pack whose scope names education packs,
// valid on the day of issue. The signature is verified before the pack is looked into.
[[nodiscard]] Result<learn::EducationPack> open_education_pack(ByteView message, ByteView office_public_key, const TrustStore& trust);

}  // namespace pipa
