// Characters that a reader does not see as characters: marks that sit on others, fillers, variation selectors. (What is not printable at all
// is base/utf8.hpp's.) Names without them look different where they are different.
#pragma once

#include <string_view>

namespace pipa {

[[nodiscard]] bool is_unseen(char32_t point) noexcept;
[[nodiscard]] bool has_unseen(std::string_view utf8);

}  // namespace pipa
