// GS1 Application Identifiers: which there are, what their values look like, and where a Digital Link may carry them.
// Source: GS1 General Specifications section 3 (application_identifiers.def). Which AIs must or must not stand together
// (section 4.13) is not checked: that rule holds for all codes on one item, of which a link is one.
// No library: GS1's own syntax engine is C with mutable state, made for encoders, and larger than the page's verifier.
// Errors: gs1.bad_length, gs1.bad_value, gs1.wrong_check; byte offsets are into the value.
#pragma once

#include <string_view>

#include "base/error.hpp"

namespace pipa::gs1 {

enum class Use : std::uint8_t { Query, Never };

struct ApplicationIdentifier {
    std::string_view first{};  // a run of numbers that share everything: "3100" to "3105"
    std::string_view last{};
    Use use{Use::Never};
    std::string_view format{};
    const char* qualifiers{};  // nullptr unless it is a primary key

    [[nodiscard]] bool is_primary_key() const noexcept { return qualifiers != nullptr; }
};

// nullptr for anything that is not exactly the number of an AI.
[[nodiscard]] const ApplicationIdentifier* find_identifier(std::string_view number) noexcept;

// The value as it is after percent-decoding.
[[nodiscard]] Result<void> check_value(const ApplicationIdentifier& identifier, std::string_view value);

}  // namespace pipa::gs1
