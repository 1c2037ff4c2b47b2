// Personal data leaves the core masked, so that no face can forget it (Personal Information Protection Law, art. 28
// and 51). Natural persons only; an enterprise's name and number are public.
#pragma once

#include "record/trust_pack.hpp"

namespace pipa {

[[nodiscard]] bool is_natural_person(PartyKind kind) noexcept;
// "13812345678" -> "138****5678"; other digits keep the first three and the last two.
[[nodiscard]] std::string mask_contact(std::string_view contact);
// "周大明" -> "周**"; a name that already has an asterisk stays.
[[nodiscard]] std::string mask_name(std::string_view name);

}  // namespace pipa
