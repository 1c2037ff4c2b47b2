#include "pipa/field/import_mapping.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "pipa/issue/certificate_fields.hpp"
#include "pipa/input/table_cells.hpp"
#include "pipa/field/text_encoding.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;

const Field* field_named(const Schema& schema, std::string_view name) {
    const auto found = std::ranges::find(schema.fields, name, &Field::name);
    return found == schema.fields.end() ? nullptr : &*found;
}

// "items/analyte", "name/zh-Hans", "lots". Empty: nothing is wrong.
std::string resolve(std::string_view path, const Schema& schema, MappingTarget& out) {
    const std::size_t slash = path.find('/');
    const std::string_view rest = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    const Field* field = field_named(schema, path.substr(0, slash));
    if (field == nullptr) return "there is no field " + std::string{path};
    if (field->kind == FieldKind::Record) {
        if (out.list != nullptr || rest.empty()) return "name a field inside " + std::string{path};
        out.list = field;
        return resolve(rest, *field->nested, out);
    }
    out.leaf = field;
    if (field->kind == FieldKind::Local) {
        out.language = rest;
        return rest == "zh-Hans" || rest == "en" ? "" : "write " + std::string{field->name} + "/zh-Hans or /en";
    }
    return rest.empty() ? "" : std::string{field->name} + " has no parts";
}

// Whether a constant has the shape that the field's JSON has; what is in it is the statement's own business.
bool fits(const Json& value, const Schema& schema);

bool fits_one(const Json& value, const Field& field) {
    switch (field.kind) {
        case FieldKind::Integer: return value.is_number_unsigned();
        case FieldKind::Flag: return value.is_boolean();
        case FieldKind::Local: return value.is_object() && std::ranges::all_of(value, [](const Json& text) { return text.is_string(); });
        case FieldKind::Record: return fits(value, *field.nested);
        default: return value.is_string();
    }
}

bool fits(const Json& value, const Field& field) {
    if (!field.is_list) return fits_one(value, field);
    return value.is_array() && !value.empty() && std::ranges::all_of(value, [&](const Json& item) { return fits_one(item, field); });
}

bool fits(const Json& value, const Schema& schema) {
    if (!value.is_object()) return false;
    for (const auto& [name, member] : value.items())
        if (const Field* field = field_named(schema, name); field == nullptr || !fits(member, *field)) return false;
    return true;
}

class MappingReader {
public:
    MappingReader(ImportMapping& out, DocumentProblems& problems) : m_out(out), m_problems(problems) {}

    void read(const Json& document) {
        if (!document.is_object()) return complain("", "not an object");
        for (const auto& [name, value] : document.items()) {
            if (name == "statement") read_type(value);
            else if (name == "encoding") read_encoding(value);
            else if (name == "other_columns") read_others(value);
            else if (name == "constants") read_constants(value);
            else if (name != "columns" && name != "note" && name != "_about") complain(name, "this member is not known");
        }
        if (m_out.type == cose::StatementType{}) return complain("statement", "missing");
        if (!document.contains("columns") || !document["columns"].is_object()) return complain("columns", "not an object of columns");
        for (const auto& [name, value] : document["columns"].items()) read_column(name, value);
        const auto fills_id = [](const MappingTarget& target) { return target.field == "id" || target.field == "number"; };
        if (std::ranges::none_of(m_out.columns, [&](const MappedColumn& column) { return std::ranges::any_of(column.targets, fills_id); }))
            complain("columns", m_out.schema == nullptr ? "no column fills number" : "no column fills id");
        check_constants();
    }

private:
    void complain(const std::string& path, std::string detail) { m_problems.push_back({path, {ErrorCode::ImportBadMapping, {}, std::move(detail)}}); }

    void read_type(const Json& value) {
        const auto* name = value.get_ptr<const std::string*>();
        if (name != nullptr && *name == "certificate") {
            m_out.type = cose::StatementType::Certificate;
            return;
        }
        const auto type = name == nullptr ? std::nullopt : statement_type_named(*name);
        if (!type || *type == cose::StatementType::Manifest) return complain("statement", "no type of statement that is imported");
        m_out.type = *type;
        m_out.schema = schema_of(*type);
    }

    void read_encoding(const Json& value) {
        const auto* name = value.get_ptr<const std::string*>();
        if (name == nullptr || !is_known_encoding(*name)) return complain("encoding", "utf-8, gb18030 or utf-16");
        m_out.encoding = *name;
    }

    void read_others(const Json& value) {
        if (value != "ignore" && value != "refuse") return complain("other_columns", "ignore or refuse");
        m_out.ignore_others = value == "ignore";
    }

    void read_constants(const Json& value) {
        if (!value.is_object()) return complain("constants", "not an object");
        m_out.constants = value;
    }

    // Cells are put beside the constants, so these must have the shape of what they stand for.
    void check_constants() {
        const auto is_filled = [&](const Field* list) {
            return std::ranges::any_of(m_out.columns, [&](const MappedColumn& column) {
                return std::ranges::find(column.targets, list, &MappingTarget::list) != column.targets.end();
            });
        };
        for (const auto& [name, value] : m_out.constants.items()) {
            const std::string path = "constants." + name;
            const Field* field = m_out.schema == nullptr ? nullptr : field_named(*m_out.schema, name);
            if (m_out.schema == nullptr) {
                if (!certificate_field_index(name) || !value.is_string()) complain(path, "no field of a certificate, or no text");
            } else if (field == nullptr) {
                complain(path, "there is no field " + name);
            } else if (!fits(value, *field)) {
                complain(path, "not what this field holds");
            } else if (field->kind == FieldKind::Record && is_filled(field)) {
                complain(path, "columns fill it");
            }
        }
    }

    void read_column(const std::string& name, const Json& value) {
        MappedColumn& column = m_out.columns.emplace_back();
        column.name = name;
        if (value.is_null()) return;
        const Json targets = value.is_array() ? value : Json::array({value});
        for (const Json& target : targets) read_target("columns." + name, target, column.targets.emplace_back());
    }

    void read_target(const std::string& path, const Json& value, MappingTarget& out) {
        JsonReader reader(value, path, m_problems);
        out.field = reader.need_text("field");
        out.prefix = reader.text("prefix");
        out.split = reader.text("split");
        reader.object("words", [&](JsonReader&) {});
        // What the reader reports of the words' own members is not meant: they are the table's words.
        m_problems.erase(std::ranges::remove_if(m_problems, [&](const DocumentProblem& one) { return one.path.starts_with(path + ".words."); }).begin(), m_problems.end());
        if (value.is_object() && value.contains("words")) read_words(path, value["words"], out);
        if (m_out.schema == nullptr) {
            if (!certificate_field_index(out.field)) complain(path, "there is no field " + out.field);
        } else if (const std::string wrong = resolve(out.field, *m_out.schema, out); !wrong.empty()) {
            complain(path, wrong);
        } else if (!out.split.empty() && !out.leaf->is_list) {
            complain(path, out.field + " is no list, so nothing is split");
        }
    }

    void read_words(const std::string& path, const Json& value, MappingTarget& out) {
        if (!value.is_object()) return complain(path + ".words", "not an object");
        out.has_words = true;
        for (const auto& [word, meaning] : value.items()) {
            const auto* text = meaning.get_ptr<const std::string*>();
            if (text == nullptr && !meaning.is_null()) complain(path + ".words." + word, "neither a text nor null");
            else out.words[word] = text == nullptr ? std::nullopt : std::optional{*text};
        }
    }

    ImportMapping& m_out;
    DocumentProblems& m_problems;
};

std::unexpected<Error> bad_cell(std::string_view cell) { return fail(ErrorCode::CsvBadValue, {}, std::string{cell.substr(0, 40)}); }

Result<Json> typed(std::string_view cell, const Field& field) {
    switch (field.kind) {
        case FieldKind::Integer:
            if (cell.empty() || cell.size() > 12 || cell.find_first_not_of("0123456789") != std::string_view::npos) return bad_cell(cell);
            return Json(std::stoull(std::string{cell}));
        case FieldKind::Day:
            if (const auto day = day_of_cell(cell)) return Json(*day);
            return bad_cell(cell);
        case FieldKind::Time:
            if (const auto time = time_of_cell(cell)) return Json(*time);
            return bad_cell(cell);
        case FieldKind::Flag:
            if (cell == "true" || cell == "1" || cell == "是") return Json(true);
            if (cell == "false" || cell == "0" || cell == "否") return Json();
            return fail(ErrorCode::ImportUnknownWord, {}, std::string{cell.substr(0, 40)});
        case FieldKind::Choice:
            if (std::ranges::find(field.choices, cell) == field.choices.end()) return fail(ErrorCode::ImportUnknownWord, {}, std::string{cell.substr(0, 40)});
            return Json(cell);
        default: return Json(cell);
    }
}

// Numbers, codes and ids, which are the same thing in wide characters; names and words of people are left as they are.
bool is_plain(const MappingTarget& target) {
    static constexpr std::array<std::string_view, 12> ids = {"id", "producer", "lots", "plots", "certificates", "sample_number", "uscc", "number", "registration", "recheck_of", "test", "closes"};
    if (target.leaf == nullptr) return target.field != "product_name";
    const FieldKind kind = target.leaf->kind;
    return (kind != FieldKind::Text && kind != FieldKind::Local) || std::ranges::find(ids, target.leaf->name) != ids.end();
}

// What certificate_fields.hpp reads, from what people write.
Result<Json> certificate_cell(const std::string& text, std::string_view field) {
    std::optional<std::string> out = text;
    if (field == "quantity") out = quantity_of_cell(text);
    if (field == "harvested") out = day_of_cell(text);
    if (field == "issued" || field == "expires") out = time_of_cell(text);
    return out ? Result<Json>{Json(*out)} : bad_cell(text);
}

std::vector<std::string_view> parts_of_list(std::string_view text, std::string_view split) {
    if (split.empty()) return {text};
    const std::array marks = {split, std::string_view{";"}, std::string_view{"；"}, std::string_view{"、"}, std::string_view{","}, std::string_view{"，"}};
    std::vector<std::string_view> out;
    for (;;) {
        std::size_t end = text.size(), length = 0;
        for (const std::string_view mark : marks)
            if (const std::size_t at = text.find(mark); at < end) end = at, length = mark.size();
        if (const std::string_view part = clean_cell(text.substr(0, end)); !part.empty()) out.push_back(part);
        if (length == 0) return out;
        text.remove_prefix(end + length);
    }
}

}  // namespace

const MappedColumn* ImportMapping::find(std::string_view column) const noexcept {
    const auto found = std::ranges::find(columns, column, &MappedColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

DocumentProblems read_mapping(const Json& document, ImportMapping& out) {
    DocumentProblems problems;
    MappingReader(out, problems).read(document);
    return problems;
}

Result<Json> cell_value(std::string_view raw, const MappingTarget& target) {
    const std::string_view cell = clean_cell(raw);
    if (const std::string point = private_use_in(cell); !point.empty()) return fail(ErrorCode::CsvBadValue, {}, point + ", a character for private use: " + std::string{cell.substr(0, 40)});
    std::string text{cell};
    if (const auto word = target.words.find(cell); word != target.words.end()) {
        if (!word->second) return Json();
        text = *word->second;
    } else if (cell.empty()) {
        return Json();
    } else {
        if (is_plain(target)) text = narrow_cell(text);
        text.insert(0, target.prefix);
    }
    if (target.leaf == nullptr) return certificate_cell(text, target.field);
    if (!target.leaf->is_list) return typed(text, *target.leaf);
    Json list = Json::array();
    for (const std::string_view part : parts_of_list(text, target.split)) {
        auto value = typed(part, *target.leaf);
        if (!value) return value;
        list.push_back(std::move(*value));
    }
    return list.empty() ? Json() : list;
}

}  // namespace pipa
