#include "judge/findings.hpp"

#include <utility>

namespace pipa {

Reason& Findings::add(ReasonId id) {
    if (++m_counts[static_cast<std::size_t>(id)] <= most_of_a_kind) return m_told.emplace_back(Reason{id});
    ++m_left_out;
    return m_untold = Reason{id};
}

std::vector<Reason> Findings::finish() {
    if (m_left_out > 0) m_told.emplace_back(Reason{ReasonId::FurtherFindings}).with("count", std::to_string(std::exchange(m_left_out, 0)));
    return std::move(m_told);
}

}  // namespace pipa
