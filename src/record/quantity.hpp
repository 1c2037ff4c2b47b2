// A quantity as a certificate states it: an amount of a unit, or a number of packs of an amount each.
// Wire form: [amount, unit] or [amount, unit, packs, pack]; see certificate.cddl. Fractions are avoided by choosing
// the smaller unit: 2.5 kg is 2500 g.
#pragma once

#include <span>

#include "wire/map_reader.hpp"

namespace pipa {

enum class Unit : std::uint8_t { Gram = 1, Kilogram = 2, Tonne = 3, Piece = 4, Head = 5, Fish = 6, Bunch = 7, Egg = 8 };
enum class Pack : std::uint8_t { None = 0, Box = 1, Tray = 2, Bag = 3, Basket = 4, Bundle = 5 };

struct Quantity {
    std::int64_t amount{};  // of `unit`; in each pack, where there are packs
    Unit unit{Unit::Kilogram};
    std::int64_t packs{};  // 0 without packs
    Pack pack{Pack::None};

    friend bool operator==(const Quantity&, const Quantity&) = default;
};

inline constexpr Range amount_range{1, 1'000'000'000};

// "kg", "box": names of units and packs on the wire's documents, in files and as catalogue keys.
[[nodiscard]] std::string_view unit_name(Unit unit) noexcept;
[[nodiscard]] std::string_view pack_name(Pack pack) noexcept;

// "3000 kg", "120 box x 2.5 kg", "120 箱 × 2.5 kg", "3 000 kg". Errors: cert.bad_field with the offset of the word.
[[nodiscard]] Result<Quantity> parse_quantity(std::string_view text);

[[nodiscard]] cbor::Value encode_quantity(const Quantity& quantity);
[[nodiscard]] std::optional<Quantity> decode_quantity(const cbor::Value& value);

}  // namespace pipa
