#include "inquiry/keyboard_layouts.hpp"

#include <array>
#include <cstddef>

namespace pipa {
namespace {

constexpr std::array layouts = {
#define PIPA_KEYBOARD(name, pairs) KeyboardLayout{name, pairs},
#include "inquiry/keyboard_layouts.def"
#undef PIPA_KEYBOARD
};

bool is_ascii_letter(char32_t c) noexcept { return (c | 0x20) >= U'a' && (c | 0x20) <= U'z'; }
// Letters that have two cases in the scripts above; the German sharp s has one.
bool has_two_cases(char32_t c) noexcept { return is_ascii_letter(c) || (c >= 0xC0 && c <= 0x17F && c != U'ß') || (c >= 0x400 && c <= 0x45F); }

// The character on the other level of the same key, on a US keyboard.
char32_t other_level(char32_t c) noexcept {
    constexpr std::u32string_view first = U"`1234567890-=[]\\;',./";
    constexpr std::u32string_view second = U"~!@#$%^&*()_+{}|:\"<>?";
    if (is_ascii_letter(c)) return c ^ 0x20;
    if (const std::size_t at = first.find(c); at != std::u32string_view::npos) return second[at];
    if (const std::size_t at = second.find(c); at != std::u32string_view::npos) return first[at];
    return c;
}

// The partner of `c` in the pairs; `side` is where `c` is looked for.
char32_t partner(std::u32string_view pairs, std::size_t side, char32_t c) noexcept {
    for (std::size_t at = side; at < pairs.size(); at += 2)
        if (pairs[at] == c) return pairs[at ^ 1];
    return c;
}

}  // namespace

std::span<const KeyboardLayout> keyboard_layouts() noexcept { return layouts; }

std::u32string undo_layout(std::u32string_view typed, const KeyboardLayout& layout, SetTo set_to, CapsLock caps) {
    std::u32string sent;
    sent.reserve(typed.size());
    for (const char32_t c : typed) {
        const bool locked = caps == CapsLock::Everything || (caps == CapsLock::Letters && has_two_cases(c));
        if (set_to == SetTo::Computer) {
            const char32_t key = partner(layout.pairs, 1, c);
            // "É" from a key that has "é" and no "É": CapsLock alone made it, and the level is as it was sent.
            const bool is_capital_alone = caps == CapsLock::Letters && key == c && c >= 0xC0 && c <= 0xDE;
            if (is_capital_alone) sent += partner(layout.pairs, 1, c + 0x20);
            else sent += locked ? other_level(key) : key;
        } else {
            sent += partner(layout.pairs, 0, locked ? other_level(c) : c);
        }
    }
    return sent;
}

}  // namespace pipa
