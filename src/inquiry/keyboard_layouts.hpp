// Keyboard scanners whose layout is not the computer's, or that meet CapsLock.
//
// Such a scanner sends keys, not characters. Made for one keyboard and read as another, each key gives what the other has in
// its place. A layout is the table of the places where it has another character than the United States' keyboard, which
// scanners leave the factory with and Chinese computers have: two characters a pair, theirs first. Only pairs that may occur in a
// certificate's link or number are listed. Characters that need AltGr or a dead key reach nobody and cannot be undone.
// Source: the symbols of xkeyboard-config 2.35, first and second level.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pipa {

struct KeyboardLayout {
    std::string_view name;
    std::u32string_view pairs;  // what a US keyboard has, what this one has in the same place
};

[[nodiscard]] std::span<const KeyboardLayout> keyboard_layouts() noexcept;

// Who is set to the layout; the other side is a US keyboard.
enum class SetTo : std::uint8_t { Computer, Scanner };
// What CapsLock did: nothing, the other case for letters, or the other level for every key (France's, on Windows).
enum class CapsLock : std::uint8_t { Off, Letters, Everything };

// What was sent, if `typed` came this way. Characters that the layout has where the US keyboard has them stay.
[[nodiscard]] std::u32string undo_layout(std::u32string_view typed, const KeyboardLayout& layout, SetTo set_to, CapsLock caps);

}  // namespace pipa
