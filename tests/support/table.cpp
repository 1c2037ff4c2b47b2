#include "support/table.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/hex.hpp"
#include "support/project_files.hpp"

namespace pipa::test {
namespace {

[[noreturn]] void complain(const std::string& where, const std::string& what) { throw std::runtime_error(where + ": " + what); }

// nlohmann keeps the last of two equal keys; in a table that would hide one of them.
Json parse_without_doubles(const std::string& text, const std::string& where) {
    std::vector<std::set<std::string>> open;
    const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) open.emplace_back();
        if (event == Json::parse_event_t::object_end) open.pop_back();
        if (event == Json::parse_event_t::key && !open.back().insert(parsed.get<std::string>()).second)
            complain(where, "the key " + parsed.get<std::string>() + " stands twice in one object");
        return true;
    };
    return Json::parse(text, watch);
}

}  // namespace

Row::Row(const Json& object, std::string where) : m_object(&object), m_where(std::move(where)) {
    if (!object.is_object()) complain(m_where, "a row is an object");
    for (const char* key : {"name", "class"})
        if (!object.contains(key) || !object[key].is_string()) complain(m_where, std::string{"a row has a text under "} + key);
    m_where += ": " + object["name"].get<std::string>();
}

const Json& Row::json(const std::string& key) {
    m_asked.insert(key);
    const auto found = m_object->find(key);
    if (found == m_object->end()) complain(m_where, "no " + key);
    return *found;
}

std::string Row::text(const std::string& key) {
    const Json& value = json(key);
    if (!value.is_string()) complain(m_where, key + " is no text");
    return value.get<std::string>();
}

Bytes Row::hex(const std::string& key) {
    auto bytes = from_hex(text(key));
    if (!bytes) complain(m_where, key + " is not hexadecimal");
    return std::move(*bytes);
}

std::int64_t Row::integer(const std::string& key) {
    const Json& value = json(key);
    if (!value.is_number_integer()) complain(m_where, key + " is no integer");
    return value.get<std::int64_t>();
}

std::string Row::text_or(const std::string& key, std::string otherwise) { return has(key) ? text(key) : std::move(otherwise); }
std::int64_t Row::integer_or(const std::string& key, std::int64_t otherwise) { return has(key) ? integer(key) : otherwise; }

bool Row::flag(const std::string& key) {
    if (!has(key)) {
        m_asked.insert(key);
        return false;
    }
    const Json& value = json(key);
    if (!value.is_boolean()) complain(m_where, key + " is neither true nor false");
    return value.get<bool>();
}

void Row::finish() const {
    for (const auto& [key, value] : m_object->items())
        if (!m_asked.contains(key)) complain(m_where, "unknown key " + key);
}

Json load_table(const std::string& file) {
    Json table = parse_without_doubles(read_file(project_file("tests/vectors/" + file)), file);
    static const std::set<std::string> known{"about", "source", "base", "rows"};
    for (const auto& [key, value] : table.items())
        if (!known.contains(key)) complain(file, "unknown key " + key);
    if (!table.contains("about") || !table.contains("rows") || table["rows"].empty()) complain(file, "needs `about` and `rows`");
    std::set<std::string> names;
    for (const Json& row : table["rows"])
        if (!names.insert(row.value("name", "")).second) complain(file, "two rows are called " + row.value("name", ""));
    return table;
}

void for_each_row(const Json& table, const std::string& file, const std::function<void(Row&)>& visit) {
    for (const Json& object : table["rows"]) {
        Row row(object, file);
        visit(row);
        row.finish();
    }
}

void for_each_row(const std::string& file, const std::function<void(Row&)>& visit) { for_each_row(load_table(file), file, visit); }

std::string answer_of(const Error& error) {
    std::string answer{code_name(error.code)};
    if (error.byte_offset) answer += "@" + std::to_string(*error.byte_offset);
    if (!error.detail.empty()) answer += "(" + error.detail + ")";
    return answer;
}

std::string without_detail(std::string answer) {
    answer.resize(std::min(answer.size(), answer.find('(')));
    return answer;
}

}  // namespace pipa::test
