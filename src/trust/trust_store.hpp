// What this device trusts right now: one verified trust pack, indexed. Immutable once opened; the caller keeps it
// alive while judgements refer to it.
#pragma once

#include "record/trust_pack.hpp"
#include "trust/cose_verify.hpp"

namespace pipa {

class TrustStore {
public:
    // A store that trusts nobody: everything is then of an unknown issuer.
    TrustStore() = default;

    // Verifies `message` with the office's public key that the device was given, then indexes it.
    // Errors: trust.*, cose.*, cbor.*; trust.wrong_signer when it names another key or the signature does not fit.
    [[nodiscard]] static Result<TrustStore> open(ByteView message, ByteView office_public_key);

    [[nodiscard]] const TrustPack& pack() const noexcept { return m_pack; }
    [[nodiscard]] bool is_loaded() const noexcept { return m_pack.version > 0; }
    [[nodiscard]] const KeyEntry* find_key(const cose::Kid& kid) const noexcept;
    [[nodiscard]] const Party* find_party(std::uint32_t id) const noexcept;
    [[nodiscard]] const LocalText* product_name(std::uint32_t code) const noexcept;
    // The name of the division, or of the nearest one above it that the pack knows.
    [[nodiscard]] const LocalText* division_name(std::int64_t code) const noexcept;
    // A host no pack knows is foreign; a pack without hosts knows them all.
    [[nodiscard]] bool is_own_host(std::string_view lower_case_host) const noexcept;

private:
    TrustPack m_pack{};  // keys, parties, products and divisions are sorted for look-up
    std::vector<std::pair<cose::Kid, std::uint32_t>> m_kids{};  // sorted; second is the index in m_pack.keys
};

// "330113" covers "330113100": decimal digits of the code begin with those of the prefix.
[[nodiscard]] bool is_in_division(std::int64_t code, std::int64_t prefix) noexcept;

}  // namespace pipa
