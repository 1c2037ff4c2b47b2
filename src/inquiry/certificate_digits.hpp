// The digits behind the hash (base/base10.hpp), as they stand in a text with blanks and words behind them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pipa {

struct DigitRun {
    std::string digits{};
    std::size_t end{};  // bytes of the text up to the last digit
    bool whole{};       // they spell out one whole CBOR item that is tagged as a signed message; nobody looked at the signature
};

// The digits at the beginning of `text`, over blanks between them. They end at the blank where they are whole, or else with the
// last digit before another sign. A signed message says itself how long it is, so none of its beginnings is whole.
[[nodiscard]] DigitRun read_digits(std::string_view text);

}  // namespace pipa
