// Field data as people keep it: assets/field/field.json. For tools only; devices get the form of field_data.cddl.
// Errors: json.invalid, statement.* with the path of the field.
#pragma once

#include "record/field_data.hpp"

namespace pipa {

[[nodiscard]] Result<FieldData> parse_field_data(std::string_view json);

}  // namespace pipa
