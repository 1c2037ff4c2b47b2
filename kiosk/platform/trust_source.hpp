// From bytes of a trust pack and an office key to what the core trusts. Whatever is wrong with them becomes a trouble on
// the screen, never a dead kiosk.
#pragma once

#include "app/state.hpp"

namespace pipa::kiosk {

// `office_key_hex` is 64 hexadecimal digits, blanks around them allowed.
[[nodiscard]] Trust open_trust(ByteView pack, std::string_view office_key_hex);
[[nodiscard]] Trust no_trust(const Error& error);

}  // namespace pipa::kiosk
