// The trust pack's wire form: trust_pack.cddl. Keys and parties are lists with an index, so that a phone that checks one
// certificate reads one entry of each, whatever their number. Opening checks everything but the entries; an entry is
// checked when it is read, and a publisher reads all of them before it signs (decode_trust_pack).
// Errors: trust.*, cbor.*; never uscc.* (a wrong USCC is judged, not refused). Offsets are into the message, from `base`.
#pragma once

#include "record/trust_pack.hpp"
#include "trust/cose_verify.hpp"

namespace pipa {

// Big-endian, so that bytes sort as numbers do: a key's kid, or a party's id in the last four bytes.
inline constexpr std::size_t index_key_size = 8;
using IndexKey = std::array<std::uint8_t, index_key_size>;
[[nodiscard]] IndexKey index_key(std::uint32_t number) noexcept;

struct IndexedList {
    static constexpr std::size_t row_size = index_key_size + 4;  // and where the entry begins
    Bytes index{};           // rows in strictly rising order of their keys
    Bytes entries{};         // CBOR maps, one behind the other
    std::size_t offset{};    // of the entries' first byte, for errors

    [[nodiscard]] std::size_t size() const noexcept { return index.size() / row_size; }
    [[nodiscard]] const std::uint8_t* row(std::size_t at) const noexcept { return index.data() + at * row_size; }
    [[nodiscard]] ByteView key(std::size_t at) const noexcept { return {row(at), index_key_size}; }
    [[nodiscard]] std::size_t begin_of(std::size_t at) const noexcept;
    [[nodiscard]] ByteView entry(std::size_t at) const noexcept;
    [[nodiscard]] std::optional<std::size_t> find(const IndexKey& wanted) const noexcept;
};

struct PackedTrust {
    TrustPack head{};  // everything but keys and parties
    IndexedList keys{};
    IndexedList parties{};
};

[[nodiscard]] Result<PackedTrust> open_trust_pack(ByteView payload, std::size_t base);
[[nodiscard]] Result<KeyEntry> read_key_entry(const IndexedList& keys, std::size_t at);
[[nodiscard]] Result<Party> read_party_entry(const IndexedList& parties, std::size_t at);
// All entries, and that each key's party is there.
[[nodiscard]] Result<TrustPack> unpack_trust(const PackedTrust& packed);

[[nodiscard]] Result<TrustPack> decode_trust_pack(ByteView payload, std::size_t base);
[[nodiscard]] Bytes encode_trust_pack(const TrustPack& pack);

}  // namespace pipa
