// The switches that tools/mutants puts into the core. PIPA_BENT=<number> throws one; without it the program is as it was.
// What a program passes is noted down, so that only tests that pass a spot are run for it (bent_listener.cpp).
#pragma once

#include <cstdlib>

namespace pipa_bent {

inline constexpr int max_spots = 65'536;
inline unsigned char passed[max_spots];
inline int thrown() noexcept {
    static const int number = [] {
        const char* text = std::getenv("PIPA_BENT");
        return text == nullptr ? -1 : std::atoi(text);
    }();
    return number;
}
inline bool pass(int number) noexcept {
    passed[number] = 1;
    return number == thrown();
}
// What is evaluated by the compiler is never bent.
constexpr bool at(int number) noexcept {
    if consteval {
        return false;
    } else {
        return pass(number);
    }
}

}  // namespace pipa_bent
