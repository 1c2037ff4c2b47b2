// What this device trusts right now: one verified trust pack and, where it came by an update repository, what came with it.
// Immutable once opened but for supplements. Entries are read when asked for, so opening costs the same for ten keys as
// for ten thousand, save for the hash. One that cannot be read counts as none: a publisher has read them all before signing.
#pragma once

#include <memory>

#include "trust/pack_codec.hpp"
#include "trust/status_list.hpp"
#include "trust/status_shard.hpp"

namespace pipa {

struct StatusShard {  // one part of the status list of one store (status_shard.hpp)
    std::string store{};  // empty: the district's own
    std::uint32_t number{};
    StatusList list;
};

// What only an update repository says.
struct RepositoryState {
    UnixSeconds expires{};                    // when the first of its metadata does
    std::optional<UnixSeconds> signed_at{};   // of its timestamp
    std::vector<StatusShard> shards{};        // by store and number, rising
    std::vector<std::string> stores{};        // delegated ones whose notices and records head have come, or are signed to be absent
};

class TrustStore {
public:
    // A store that trusts nobody: everything is then of an unknown issuer.
    TrustStore() = default;

    // Verifies `message` with the office's public key that the device was given, then indexes it.
    // Errors: trust.*, cose.*, cbor.*; trust.wrong_signer when it names another key or the signature does not fit.
    [[nodiscard]] static Result<TrustStore> open(ByteView message, ByteView office_public_key);
    // The same as one of the targets of an update repository, with what that says beside it.
    [[nodiscard]] static Result<TrustStore> open(ByteView message, ByteView office_public_key, RepositoryState repository);

    // Without keys and parties, which are looked up below.
    [[nodiscard]] const TrustPack& pack() const noexcept { return m_packed.head; }
    [[nodiscard]] bool is_loaded() const noexcept { return pack().version > 0; }
    // All of it, for tools that list it.
    [[nodiscard]] Result<TrustPack> whole_pack() const { return unpack_trust(m_packed); }
    [[nodiscard]] std::shared_ptr<const KeyEntry> find_key(const cose::Kid& kid) const;
    [[nodiscard]] std::shared_ptr<const Party> find_party(std::uint32_t id) const;
    // The first party that fits; reads one after the other, for tools.
    template <typename Fits>
    [[nodiscard]] std::optional<Party> find_party_if(Fits fits) const {
        for (std::size_t at = 0; at < m_packed.parties.size(); ++at)
            if (auto party = read_party_entry(m_packed.parties, at); party && fits(*party)) return std::move(*party);
        return {};
    }
    [[nodiscard]] const LocalText* product_name(std::uint32_t code) const noexcept;
    // The name of the division, or of the nearest one above it that the pack knows.
    [[nodiscard]] const LocalText* division_name(std::int64_t code) const noexcept;
    // A host no pack knows is foreign; a pack without hosts knows them all.
    [[nodiscard]] bool is_own_host(std::string_view lower_case_host) const noexcept;

    // When what is known here was last vouched for, and until when that was to hold (a pack alone sets no end).
    [[nodiscard]] UnixSeconds as_of() const noexcept;
    [[nodiscard]] std::optional<UnixSeconds> expires() const noexcept;
    // Whether there are status lists at all: a pack alone knows of none.
    [[nodiscard]] bool keeps_status() const noexcept { return m_repository.has_value(); }
    // Empty where the certificate's part of the list is not here. Never 'valid' for want of knowledge.
    // `store`: KeyEntry::store of the certificate's signer.
    [[nodiscard]] std::optional<Status> status_of(std::uint32_t status_index, std::string_view store = {}) const;
    // Takes in parts of status lists that came later and were verified; the newer of two of one place stays.
    void add_shards(std::vector<StatusShard> shards);
    // Whether a supplement has told what this delegated store says beside its status lists.
    [[nodiscard]] bool knows_store(std::string_view store) const;
    void add_store(std::string_view store);

private:
    PackedTrust m_packed{};
    std::optional<RepositoryState> m_repository{};
};

// "330113" covers "330113100": decimal digits of the code begin with those of the prefix.
[[nodiscard]] bool is_in_division(std::int64_t code, std::int64_t prefix) noexcept;

}  // namespace pipa
