// What the trust pack says: the key registry, the parties behind the keys, and the names of products and places.
// It is one signed statement and a target of the update repository; its wire form is trust/pack_codec.hpp's.
#pragma once

#include "record/certificate.hpp"
#include "record/field_data.hpp"
#include "record/public_log.hpp"

namespace pipa {

inline constexpr std::size_t max_trust_pack_bytes = std::size_t{8} << 20;
inline constexpr std::size_t max_registry_entries = 100'000;

enum class Role : std::uint8_t {
    Producer = 1, Buyer = 2, Bureau = 3, Laboratory = 4, Certifier = 5, Inspector = 6, Supplier = 7, Carrier = 8, Market = 9,
};
inline constexpr int last_role = 9;

enum class PartyKind : std::uint8_t {
    Enterprise = 1, Cooperative = 2, FamilyFarm = 3, Household = 4, BuyerOrganisation = 5, BuyerPerson = 6, Office = 7,
};

struct Party {  // 承诺主体 and other signers
    std::uint32_t id{};
    PartyKind kind{PartyKind::Enterprise};
    LocalText name{};
    std::string uscc{};      // empty for households without one
    std::int64_t division{}; // where it is registered
    LocalText place{};       // village or street, in words
    std::string contact{};   // as it may be shown; personal numbers are masked before they are shown
};

// What a key may sign. An empty list allows everything of its kind.
struct Scope {
    std::vector<std::int64_t> division_prefixes{};    // 330113 covers 330113100 and 330113100201
    std::vector<std::uint32_t> product_classes{};
    std::vector<cose::StatementType> types{};
};

struct KeyEntry {
    std::array<std::uint8_t, 32> public_key{};
    std::uint32_t party{};
    Role role{Role::Producer};
    UnixSeconds valid_from{};
    std::optional<UnixSeconds> valid_until{};         // last second at which a signature counts
    std::optional<UnixSeconds> compromised_since{};
    Scope scope{};
    bool rechecks{};      // a laboratory that is named for rechecks: it may decide on its own first result
    std::string store{};  // whose status list has its certificates: a delegated store's name; empty: the district's own
};
inline constexpr std::size_t max_delegate_name = 32;

struct NamedCode {
    std::int64_t code{};
    LocalText name{};
};

struct TrustPack {
    std::int64_t version{};              // rises with every issue
    UnixSeconds issued_unix_s{};
    std::int64_t fresh_for_s{};          // up to this age the pack counts as fresh
    std::int64_t usable_for_s{};         // beyond this age its freshness is unknown
    bool demo{};                         // everything in it is invented, and screens say so
    LocalText publisher{};
    std::vector<std::string> hosts{};    // lower case; QR links to other hosts are warned of
    std::vector<KeyEntry> keys{};
    std::vector<Party> parties{};
    std::vector<NamedCode> products{};
    std::vector<NamedCode> divisions{};
    FieldData field_data{};             // limits, bans, seasons: what rules judge with; may be absent
    std::vector<PublicLog> logs{};       // where certificates are published; none: nothing is said about logs
};

// The name of a delegated store, of the role that publishes it and of its folder: 1 to 32 of a-z and 0-9.
[[nodiscard]] bool is_delegate_name(std::string_view name) noexcept;

[[nodiscard]] std::string_view role_name(Role role) noexcept;             // "producer"
[[nodiscard]] std::string_view party_kind_name(PartyKind kind) noexcept;  // "cooperative"

}  // namespace pipa
