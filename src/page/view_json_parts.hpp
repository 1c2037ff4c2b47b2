// Pieces of the JSON form that several views share. Inside src/page only.
#pragma once

#include <span>
#include <string_view>

#include "base/json_writer.hpp"
#include "page/view.hpp"

namespace pipa {

void write_rows(JsonWriter& json, std::string_view key, std::span<const RowView> rows);
void write_drawings(JsonWriter& json, std::span<const DrawingView> drawings);  // "drawings"; nothing where there are none
void write(JsonWriter& json, const RemarkView& remark);

}  // namespace pipa
