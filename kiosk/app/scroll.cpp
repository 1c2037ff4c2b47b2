#include "app/scroll.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace pipa::kiosk {
namespace {

constexpr float friction_per_ms = 0.0028f;       // velocity falls to a third in 0.4 s
constexpr float spring_per_ms = 0.014f;          // how fast an overstretched end comes back
constexpr float slowest = 0.02f;                 // px/ms; slower than this is rest
constexpr float fastest = 6.0f;
constexpr float stretch = 0.35f;                 // beyond an end the content follows the finger only so far
constexpr std::int64_t stale_release_ms = 90;    // a finger that rested before it left means no throw
constexpr std::int64_t longest_step_ms = 64;     // after a pause the world does not jump

float outside(const Scroll& scroll) {
    if (scroll.offset < 0) return scroll.offset;
    return std::max(0.0f, scroll.offset - scroll.limit);
}

}  // namespace

void Scroll::measured(float content, float seen) {
    limit = std::max(0.0f, content - seen);
    if (!grabbed && velocity == 0) offset = std::clamp(offset, 0.0f, limit);
}

void Scroll::grab(std::int64_t now_ms) {
    grabbed = true;
    velocity = 0;
    last_ms = now_ms;
}

void Scroll::drag(float distance, std::int64_t now_ms) {
    const float part = outside(*this) != 0 ? stretch : 1.0f;
    offset += limit > 0 ? distance * part : 0;
    const auto elapsed = static_cast<float>(std::max<std::int64_t>(1, now_ms - last_ms));
    velocity = std::clamp(0.6f * velocity + 0.4f * distance / elapsed, -fastest, fastest);
    last_ms = now_ms;
}

void Scroll::release(std::int64_t now_ms) {
    grabbed = false;
    if (now_ms - last_ms > stale_release_ms || limit <= 0) velocity = 0;
    last_ms = now_ms;
}

void Scroll::step(std::int64_t now_ms) {
    if (grabbed || !moving()) return;
    const auto elapsed = static_cast<float>(std::clamp<std::int64_t>(now_ms - last_ms, 0, longest_step_ms));
    last_ms = now_ms;
    offset += velocity * elapsed;
    velocity *= std::exp(-friction_per_ms * elapsed);
    if (const float beyond = outside(*this); beyond != 0) {
        offset -= beyond * (1 - std::exp(-spring_per_ms * elapsed));
        velocity *= std::exp(-spring_per_ms * elapsed);
        if (std::abs(outside(*this)) < 0.5f) offset = std::clamp(offset, 0.0f, limit);
    }
    if (std::abs(velocity) < slowest && outside(*this) == 0) velocity = 0;
}

void Scroll::jump(float distance) {
    velocity = 0;
    offset = std::clamp(offset + distance, 0.0f, limit);
}

bool Scroll::moving() const { return grabbed || velocity != 0 || outside(*this) != 0; }

}  // namespace pipa::kiosk
