// One trial: an actor signs a statement that serves him as well as it can (its draft), with one field or several as he likes, about these
// goods or others, and it comes into the record. Every trial has a number; a seed and that number make it again.
#pragma once

#include "adversary/values.hpp"
#include "support/random_values.hpp"

namespace pipa::test {

// Whose goods a statement speaks of.
enum class About : std::uint8_t { Lot, Number, Plot, Producer, OtherLot, OthersLot, OthersNumber, Upstream, OtherOfPlot, OthersUpstream };
inline constexpr int abouts = 10;

struct Change {
    std::string path{};   // of the field
    std::string label{};  // of its value
};

struct Trial {
    std::size_t number{};
    const Scene* scene{};
    const Actor* actor{};
    cose::StatementType type{};
    About about{};
    std::vector<Change> changes{};
    cbor::Value payload{};                     // of a certificate: a map without entries
    std::optional<Certificate> certificate{};
    Bytes message{};

    // "trial 17: in 'recalled' the grower signs a notice about the lot with kind = warning"
    [[nodiscard]] std::string describe() const;
    [[nodiscard]] std::string_view text(std::int64_t key) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t key) const;
    [[nodiscard]] bool lists(std::int64_t key, std::string_view wanted) const;
    [[nodiscard]] bool has(std::int64_t key) const { return payload.find(key) != nullptr; }
    [[nodiscard]] UnixSeconds issued() const;
};

// What an actor writes who knows the rules: the best he could say for these goods.
[[nodiscard]] cbor::Value draft(const Scene& scene, cose::StatementType type, About about);

// All that one actor may try of one type: the draft, and each value of each field. Places of a certificate are its own (it is no table).
struct Attempt {
    const Actor* actor{};
    cose::StatementType type{};
    std::size_t place{};    // SIZE_MAX: the draft as it is
    std::size_t value{};
};
[[nodiscard]] const std::vector<Attempt>& attempts();
[[nodiscard]] std::size_t places_in(cose::StatementType type);
[[nodiscard]] std::string name_of(cose::StatementType type);

[[nodiscard]] std::size_t rounds_begin();  // trials before the rounds of attempts: drafts, and what issuers try for damned goods

// The trial with this number. In a round each attempt is made once, in one scene or another and about one thing or another; rounds after the
// first change more fields at once.
[[nodiscard]] Trial make_trial(std::size_t number, std::uint64_t seed);

}  // namespace pipa::test
