// What people and spreadsheets write into cells, brought to one form: blanks that nobody sees, wide digits and letters, days and times in their
// many shapes, Excel's day numbers, amounts with 斤 and KG. What is not plain is left alone or refused, never guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pipa {

// Without blanks and invisible characters at its ends, of whatever kind.
[[nodiscard]] std::string_view clean_cell(std::string_view cell) noexcept;
// Wide letters, digits and marks (ＬＯＴ－０６) as ASCII; everything else as it is.
[[nodiscard]] std::string narrow_cell(std::string_view cell);
// The first character for private use, as "U+E000": it looks like something on the machine that wrote it alone. Empty: there is none.
[[nodiscard]] std::string private_use_in(std::string_view cell);

// "2026-05-22" of 2026-05-22, 2026/5/22, 2026.5.22, 20260522, 2026年5月22日, 46164 (Excel), each with a midnight behind it or not.
[[nodiscard]] std::optional<std::string> day_of_cell(std::string_view cell);
// "2026-05-22T09:30:00+08:00", or a day where the cell has no time of day; RFC 3339 as it is. Times are China's.
[[nodiscard]] std::optional<std::string> time_of_cell(std::string_view cell);
// As parse_quantity() reads it: 500斤 is 250 kg, 1200KG is 1200 kg, 3,000 kg is 3000 kg, 120箱*2.5kg has its ' x '. Empty: a comma that parts
// no thousands, or half a 斤.
[[nodiscard]] std::optional<std::string> quantity_of_cell(std::string_view cell);

}  // namespace pipa
