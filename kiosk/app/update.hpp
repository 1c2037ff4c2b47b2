// The kiosk's behaviour: one function from what is and what happens to what then is and what to do. Pure: no clock, no
// screen, no camera. platform/ carries out the effects.
#pragma once

#include "app/event.hpp"

namespace pipa::kiosk {

enum class Effect : std::uint8_t {
    OpenCamera,
    CloseCamera,
    FetchFiles,     // wanted_files() are others now; event::FileArrived answers each, and what is wanted no more need not come
    ForgetVisitor,  // overwrite whatever of the visit is kept outside the state: frames, pictures, input queues
};

struct Step {
    State state{};
    std::vector<Effect> effects{};
};

[[nodiscard]] Step update(State state, const Event& event);

// Each once. How long to wait for one and how much of it to read is said with it.
[[nodiscard]] std::vector<inquiry::Wanted> wanted_files(const State& state);

// When update() next needs a Tick even if nothing happens; empty when it can sleep until something does.
[[nodiscard]] std::optional<std::int64_t> next_wake_ms(const State& state);

inline constexpr std::int64_t attract_frame_ms = 66;   // the attract screen moves at 15 frames a second
// Where drawing is slow, at 10, for as long after each turn, and then it rests.
inline constexpr std::int64_t attract_turn_ms = 8'000, slow_attract_frame_ms = 100, slow_attract_motion_ms = 1'000;
inline constexpr std::int64_t moving_frame_ms = 16;
inline constexpr std::int64_t stranger_patience_ms = 700;
inline constexpr std::int64_t same_code_away_ms = 900;  // out of sight this long, the same code counts as shown anew
inline constexpr std::int64_t camera_retry_ms = 3'000;
inline constexpr std::int64_t trust_every_ms = 3'600'000;
inline constexpr std::int64_t trust_retry_ms = 60'000;  // where the newest could not be had

}  // namespace pipa::kiosk
