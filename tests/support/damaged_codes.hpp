// Pictures of codes as cameras see labels that were handled: drawn in C++, the same on every machine but for rounding, by seed.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "scan/read_codes.hpp"

namespace pipa::test {

enum class Damage : std::uint8_t { None, Blur, Motion, Noise, Glare, Bent, Tilted, Small, Dirt, Faint, Inverted };

inline constexpr std::array all_damages = {Damage::None, Damage::Blur,  Damage::Motion, Damage::Noise, Damage::Glare,   Damage::Bent,
                                           Damage::Tilted, Damage::Small, Damage::Dirt,   Damage::Faint, Damage::Inverted};

[[nodiscard]] std::string_view name_of(Damage damage) noexcept;

struct DamagedCode {
    std::size_t side{};
    Bytes pixels{};

    [[nodiscard]] GreyImage view() const noexcept { return {pixels.data(), side, side, side}; }
};

// `text` is drawn at level M. `severity` is 1..4.
[[nodiscard]] DamagedCode damaged_code(std::string_view text, Damage damage, int severity, std::uint64_t seed);

}  // namespace pipa::test
