// Certificate fields by the heads of columns in tables that people make.
#pragma once

#include "pipa/issue/certificate_fields.hpp"

namespace pipa {

// By a field's name in any letter case, or a usual Chinese word for it (产品名称, 数量, 开具时间).
[[nodiscard]] std::optional<std::size_t> certificate_column_index(std::string_view head);

}  // namespace pipa
