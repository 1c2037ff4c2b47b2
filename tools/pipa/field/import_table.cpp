#include "pipa/field/import_table.hpp"

#include <algorithm>
#include <unordered_map>

#include "pipa/issue/certificate_fields.hpp"
#include "pipa/input/table.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t lines_between_reports = 256;

struct HeaderColumn {
    std::string name{};
    const MappedColumn* mapped{};  // nullptr: left out
};

Result<std::vector<HeaderColumn>> read_header(const std::vector<std::string>& header, const ImportMapping& mapping) {
    std::vector<HeaderColumn> out;
    for (const std::string& name : header) {
        if (name.empty()) {
            out.emplace_back();
            continue;
        }
        if (std::ranges::find(out, name, &HeaderColumn::name) != out.end()) return fail(ErrorCode::CsvBadTable, {}, "column " + name + " stands twice");
        const MappedColumn* mapped = mapping.find(name);
        if (mapped == nullptr && !mapping.ignore_others) return fail(ErrorCode::CsvUnknownColumn, {}, name.substr(0, 40));
        out.push_back({name, mapped});
    }
    for (const MappedColumn& column : mapping.columns)
        if (!column.targets.empty() && std::ranges::find(out, column.name, &HeaderColumn::name) == out.end())
            return fail(ErrorCode::ImportMissingColumn, {}, column.name);
    return out;
}

// "items/2/limit" -> "items/limit", as targets name it.
std::string without_places(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, end);
        if (part.find_first_not_of("0123456789") != std::string_view::npos) out += (out.empty() ? "" : "/") + std::string{part};
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return out;
}

bool is_reference(const Field& field) { return field.kind == FieldKind::Binary && !field.is_list; }

struct Group {
    std::size_t line{};
    bool bad{};
    Json payload{};
};

class DraftReader {
public:
    DraftReader(const ImportMapping& mapping, UnixSeconds issued, const TableWatcher& watcher)
        : m_mapping(mapping), m_issued(issued), m_watcher(watcher) {}

    void add(const CsvRecord& record, const std::vector<HeaderColumn>& columns) {
        m_line = record.line;
        m_line_is_bad = false;
        ++m_out.lines;
        if (record.fields.size() != columns.size())
            return report({}, {ErrorCode::CsvBadTable, {}, std::to_string(record.fields.size()) + " fields under " + std::to_string(columns.size()) + " columns"});
        Json payload = m_mapping.constants;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].mapped != nullptr) fill(payload, columns[i], record.fields[i]);
            else if (columns[i].name.empty() && !record.fields[i].empty())
                report({}, {ErrorCode::CsvBadTable, {}, "a value under a column without a name: " + std::string{record.fields[i].substr(0, 40)}});
        }
        merge(std::move(payload));
    }

    Drafts finish() {
        for (const std::string& id : m_order) {
            const Group& group = m_groups.at(id);
            m_line = group.line;
            if (!group.bad) finish_group(id, group);
        }
        return std::move(m_out);
    }

private:
    void report(std::string_view column, Error error) {
        m_out.refused += !m_line_is_bad;
        m_line_is_bad = true;
        m_watcher.on_problem({m_line, std::string{column}, std::move(error)});
    }

    void fill(Json& payload, const HeaderColumn& column, std::string_view cell) {
        for (const MappingTarget& target : column.mapped->targets) {
            auto value = cell_value(cell, target);
            if (!value) {
                report(column.name, value.error());
                continue;
            }
            if (value->is_null()) continue;
            if (target.leaf == nullptr) payload[target.field] = std::move(*value);
            else put(payload, target, std::move(*value));
        }
    }

    static void put(Json& payload, const MappingTarget& target, Json value) {
        const std::string name{target.leaf->name};
        Json* at = &payload;
        if (target.list != nullptr) {
            Json& list = payload[std::string{target.list->name}];
            if (!list.is_array()) list = Json::array({Json::object()});
            at = &list.back();
        }
        if (target.language.empty()) (*at)[name] = std::move(value);
        else (*at)[name][target.language] = std::move(value);
    }

    // Lines of one id are one statement: their lists of records are joined, everything else must agree.
    void merge(Json payload) {
        const std::string id = payload.value(m_mapping.schema == nullptr ? "number" : "id", "");
        if (id.empty() && !m_line_is_bad) return report(m_mapping.schema == nullptr ? "number" : "id", {ErrorCode::StatementMissingField, {}, "id"});
        const auto [found, is_new] = m_groups.try_emplace(id, Group{m_line, m_line_is_bad, {}});
        Group& group = found->second;
        group.bad = group.bad || m_line_is_bad;
        if (is_new) {
            m_order.push_back(id);
            group.payload = std::move(payload);
            return;
        }
        for (auto& [name, value] : payload.items()) {
            const bool is_constant = m_mapping.constants.contains(name) && m_mapping.constants[name] == value;
            const bool is_records = value.is_array() && !value.empty() && value.front().is_object();
            if (is_records && !is_constant) {
                for (Json& item : value) group.payload[name].push_back(std::move(item));
            } else if (!group.payload.contains(name) || group.payload[name] != value) {
                group.bad = true;
                report(column_of(name), {ErrorCode::ImportConflict, {}, id.substr(0, 40) + " of line " + std::to_string(group.line)});
            }
        }
    }

    [[nodiscard]] std::string column_of(std::string_view field) const {
        for (const MappedColumn& column : m_mapping.columns)
            for (const MappingTarget& target : column.targets)
                if (target.field == field || target.field.starts_with(std::string{field} + "/")) return column.name;
        return {};
    }

    void finish_group(const std::string& id, const Group& group) {
        m_line_is_bad = false;
        if (m_mapping.schema == nullptr) return finish_certificate(id, group);
        Json payload = group.payload;
        if (!payload.contains("issued")) payload["issued"] = format_rfc3339(m_issued);
        Json waiting = take_references(payload);
        auto value = payload_from_json(payload.dump(-1, ' ', false, Json::error_handler_t::replace), *m_mapping.schema);
        if (!value) return report(column_of(without_places(value.error().detail)), value.error());
        if (!waiting.empty())
            for (const auto& [name, other] : waiting.items()) payload[name] = other;
        m_out.drafts.push_back({.line = group.line, .id = id, .payload = std::move(*value), .waiting = waiting.empty() ? Json{} : std::move(payload)});
    }

    // A table has ids where statements have digests.
    Json take_references(Json& payload) const {
        Json out = Json::object();
        for (const Field& field : m_mapping.schema->fields) {
            const std::string name{field.name};
            if (!is_reference(field) || !payload.contains(name)) continue;
            out[name] = payload[name];
            payload.erase(name);
        }
        return out;
    }

    void finish_certificate(const std::string& id, const Group& group) {
        FieldValues values{};
        std::vector<std::string> texts;
        texts.reserve(certificate_field_count);
        for (const auto& [name, value] : group.payload.items()) {
            const auto index = certificate_field_index(name);
            if (!index || !value.is_string()) return report(column_of(name), {ErrorCode::StatementUnknownField, {}, name.substr(0, 40)});
            values[*index] = texts.emplace_back(value.get<std::string>());
        }
        Certificate certificate;
        for (FieldError& problem : read_certificate(values, certificate)) report(column_of(problem.field), std::move(problem.error));
        if (m_line_is_bad) return;
        auto payload = encode_certificate(certificate);
        if (!payload) return report({}, payload.error());
        m_out.drafts.push_back({.line = group.line, .id = id, .certificate_payload = std::move(*payload)});
    }

    const ImportMapping& m_mapping;
    UnixSeconds m_issued;
    const TableWatcher& m_watcher;
    Drafts m_out{};
    std::unordered_map<std::string, Group> m_groups{};
    std::vector<std::string> m_order{};
    std::size_t m_line{};
    bool m_line_is_bad{};
};

}  // namespace

Result<Drafts> read_drafts(std::string_view csv, const ImportMapping& mapping, UnixSeconds issued, const TableWatcher& watcher) {
    TableReader reader(csv);
    const auto header = reader.header();
    if (!header) return std::unexpected(header.error());
    const auto columns = read_header(*header, mapping);
    if (!columns) return std::unexpected(columns.error());
    DraftReader drafts(mapping, issued, watcher);
    for (std::size_t count = 1;; ++count) {
        const auto record = reader.next();
        if (!record) return std::unexpected(record.error());
        if (!*record) return drafts.finish();
        drafts.add(**record, *columns);
        if (count % lines_between_reports == 0) watcher.on_progress(reader.bytes_read(), count);
    }
}

}  // namespace pipa
