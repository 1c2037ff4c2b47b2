// CBOR's diagnostic notation (RFC 8949 section 8) to bytes: how tests write CBOR, right and wrong. It shares no code
// with src/wire, so that a mistake there is not made here too.
//
//   24_0 "a"_1 h'00ff'_2 [_1 ...]   encoding indicators (section 8.1): the argument in 1, 2, 4 or 8 bytes
//   [_ ...] {_ ...} (_ h'00', h'')  indefinite lengths
//   << ... >>                       a byte string that holds encoded items;  <<...>>_1 as above
//   1.5_2 1.5_3                     single and double precision;  NaN Infinity -Infinity are doubles
//   raw'f97e00'                     these bytes as they are
//   $name                           bytes given by the caller
//   @                               before an item: `mark` is where it starts
// Entries of a map stay in the order written. Throws std::runtime_error on anything else.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>

#include "base/bytes.hpp"

namespace pipa::test {

struct Edn {
    Bytes bytes{};
    std::optional<std::size_t> mark{};
};

[[nodiscard]] Edn encode_edn(std::string_view text, const std::map<std::string, Edn, std::less<>>& names = {});

}  // namespace pipa::test
