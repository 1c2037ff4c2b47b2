// How the native kiosk ends (sysexits.h).
#pragma once

namespace pipa::kiosk {

inline constexpr int exit_ok = 0;
inline constexpr int exit_script_failed = 1;  // what --script expected did not come
inline constexpr int exit_usage = 64;
inline constexpr int exit_bad_data = 65;
inline constexpr int exit_no_display = 69;
inline constexpr int exit_io = 74;


}  // namespace pipa::kiosk
