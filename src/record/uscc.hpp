// 统一社会信用代码, unified social credit code (GB 32100-2015): 18 characters of a 31-letter alphabet.
// Errors: uscc.*, with the offset of the character.
#pragma once

#include "base/error.hpp"

namespace pipa {

// Right length, alphabet and check character (GB 32100-2015 section 4.3: weights 3^(i-1) mod 31).
[[nodiscard]] Result<void> check_uscc(std::string_view code);

}  // namespace pipa
