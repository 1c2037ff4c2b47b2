// How the columns of a platform's table become the fields of statements: a JSON file (assets/import/README.md).
//
//   {"statement": "test", "encoding": "gb18030", "other_columns": "ignore", "constants": {"kind": "supervision"},
//    "columns": {"样品编号": [{"field": "id", "prefix": "LP-"}, {"field": "sample_number"}],
//                "项目": {"field": "items/analyte"}, "判定": {"field": "verdict", "words": {"合格": "pass", "复检中": null}},
//                "批次": {"field": "lots", "split": ";"}, "名称": {"field": "name/zh-Hans"}, "备注": null}}
//
// A field inside a list of records ("items/analyte") makes one record of each line; lines with one id are one statement.
// Errors: json.invalid, import.bad_mapping, both with the place in the mapping.
#pragma once

#include <map>

#include "pipa/input/json_reader.hpp"
#include "record/statement_types.hpp"

namespace pipa {

struct MappingTarget {
    std::string field{};           // "items/analyte", as errors name it
    const Field* list{};           // the list of records that it lies in; nullptr at the top
    const Field* leaf{};           // nullptr for certificates, whose fields are texts
    std::string language{};        // of a text in several: "zh-Hans"
    std::string prefix{};
    std::string split{};           // parts of a list
    bool has_words{};
    std::map<std::string, std::optional<std::string>, std::less<>> words{};  // without a value: the field is left out
};

struct MappedColumn {
    std::string name{};
    std::vector<MappingTarget> targets{};  // none: the column is known and left out
};

struct ImportMapping {
    cose::StatementType type{};
    const Schema* schema{};        // nullptr for certificates
    std::string encoding{};         // empty: recognised (text_encoding.hpp)
    bool ignore_others{};          // columns that the mapping does not name
    nlohmann::ordered_json constants = nlohmann::ordered_json::object();  // braces would make an array of it
    std::vector<MappedColumn> columns{};

    [[nodiscard]] const MappedColumn* find(std::string_view column) const noexcept;
};

// Everything that is wrong with the mapping; when there is nothing, `out` is ready.
[[nodiscard]] DocumentProblems read_mapping(const nlohmann::ordered_json& document, ImportMapping& out);

// The value of a cell for a field, as the JSON that payload_from_json takes; null where the field is to be left out.
// Days and times as input/table_cells.hpp has them; what a mapping splits is split at '；', '、' and ',' too.
// Errors: csv.bad_value, import.unknown_word.
[[nodiscard]] Result<nlohmann::ordered_json> cell_value(std::string_view cell, const MappingTarget& target);

}  // namespace pipa
