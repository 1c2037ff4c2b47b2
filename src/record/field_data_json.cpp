#include "record/field_data_json.hpp"

namespace pipa {

Result<FieldData> parse_field_data(std::string_view json) {
    const auto value = payload_from_json(json, field_data_schema());
    if (!value) return std::unexpected(value.error());
    return read_field_data(*value, 0);
}

}  // namespace pipa
