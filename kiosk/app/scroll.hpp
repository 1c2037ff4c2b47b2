// Kinetic scrolling of one column: it follows the finger, goes on when let go, slows down and springs back at its
// ends. Lengths in pixels, times in milliseconds, velocities in pixels a millisecond; growing offsets move down.
#pragma once

#include <cstdint>

namespace pipa::kiosk {

struct Scroll {
    float offset{};
    float velocity{};
    float limit{};          // largest offset at rest: content minus what is seen of it
    bool grabbed{};
    std::int64_t last_ms{};

    void measured(float content, float seen);
    void grab(std::int64_t now_ms);
    void drag(float distance, std::int64_t now_ms);  // the finger moved up by `distance`
    void release(std::int64_t now_ms);
    void step(std::int64_t now_ms);                  // lets time pass
    void jump(float distance);                       // a mouse wheel or a key
    [[nodiscard]] bool moving() const;
};

}  // namespace pipa::kiosk
