#include "judge/gravity.hpp"

namespace pipa {

bool is_graver(const Judgement& one, const Judgement& other) noexcept {
    const auto gravity = [](Level level) { return level == Level::Stop ? 3 : level == Level::Unknown ? 2 : level == Level::Caution ? 1 : 0; };
    if (one.level != other.level) return gravity(one.level) > gravity(other.level);
    return one.reasons.front().id < other.reasons.front().id;
}

}  // namespace pipa
