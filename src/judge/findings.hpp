// The reasons that the rules find: so many of a kind are told, and the rest counted, so that a flood of one kind costs nothing and hides
// nothing of another.
#pragma once

#include "judge/judge.hpp"

namespace pipa {

class Findings {
public:
    // A further reason, to be completed in place before the next one.
    Reason& add(ReasonId id);
    [[nodiscard]] const std::vector<Reason>& all() const noexcept { return m_told; }
    [[nodiscard]] std::vector<Reason> finish();  // with a word on those that were not told

private:
    static constexpr std::size_t most_of_a_kind = 32;

    std::vector<Reason> m_told{};
    std::array<std::uint32_t, static_cast<std::size_t>(ReasonId::IssuedDaysAgo) + 1> m_counts{};
    std::size_t m_left_out{};
    Reason m_untold{};
};

inline Reason& add(Findings& findings, ReasonId id) { return findings.add(id); }

}  // namespace pipa
