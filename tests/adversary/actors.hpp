// A made-up district in which everybody who holds a key tries what it allows: one actor of each role, and beside him his like from
// elsewhere, his like whose key was lost, and his like whose key has run out. Keys are made from the actors' names when the tests run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/secret_key.hpp"
#include "trust/trust_store.hpp"

namespace pipa::test {

struct Actor {
    std::string name{};
    std::uint32_t party{};
    Role role{Role::Producer};
    bool registered{true};
    bool elsewhere{};                            // the key's scope does not reach the goods that are judged
    std::optional<UnixSeconds> ends{};           // the key's last second
    std::optional<UnixSeconds> lost{};           // the key was lost then
    std::vector<std::int64_t> divisions{};
    std::vector<std::uint32_t> classes{};
    std::vector<cose::StatementType> types{};    // that the key is limited to
    bool rechecks{};

    [[nodiscard]] bool is_producer() const noexcept { return role == Role::Producer || role == Role::Buyer; }
    // Whether a statement dated then is a word of this key at all.
    [[nodiscard]] bool may_sign_at(UnixSeconds time) const;
};

[[nodiscard]] const std::vector<Actor>& actors();
[[nodiscard]] const Actor& actor(std::string_view name);
[[nodiscard]] const crypto::SecretKey& key_of(const Actor& actor);
// Party ids: who speaks of whom. The goods that are judged are the grower's, or the buyer's who bought them from the grower.
namespace party_id {
inline constexpr std::uint32_t grower = 2, other_grower = 4, buyer = 8, household = 9, bureau = 20, laboratory = 21, second_laboratory = 22,
                               certifier = 23, other_certifier = 24, shop = 25, carrier = 26, market = 27, town_bureau = 28;
}
[[nodiscard]] std::string subject_of(std::uint32_t party);
[[nodiscard]] std::string subject_of(const Actor& actor);

inline constexpr std::string_view expiry = "2026-11-10T00:00:00+08:00";  // of the keys that have run out
inline constexpr std::string_view loss = "2026-11-18T00:00:00+08:00";    // of the keys that were lost
[[nodiscard]] UnixSeconds at(std::string_view time);
[[nodiscard]] DayNumber on(std::string_view day);

// The district's public log and its one witness, as they sign, and the labels of their keys.
inline constexpr std::string_view log_name = "log.example", log_key = "adversary: log";
inline constexpr std::string_view witness_name = "witness.example", witness_key = "adversary: witness";

[[nodiscard]] const TrustPack& adversary_pack();
// The same district with a status list whose first entry is as told; without one: no update repository, and no status.
[[nodiscard]] TrustStore make_store(std::optional<Status> first_status);

}  // namespace pipa::test
