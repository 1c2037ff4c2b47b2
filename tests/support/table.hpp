// Vector tables: tests/vectors/<name>.json is {"about", "source"?, "base"?, "rows": [...]}. Each row is an object with
// a `name` (what it shows), a `class` (which kind of bug it guards against) and the table's own keys. A key that the
// test does not ask for is an error, so that a misspelt one cannot switch a check off.
//
// Answers are written as one text: "ok", or code, offset and detail of the error: "cert.bad_field@57(harvest_day)".
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa::test {

using Json = nlohmann::ordered_json;

class Row {
public:
    Row(const Json& object, std::string where);

    [[nodiscard]] const std::string& where() const noexcept { return m_where; }  // "base10.json: a tail of one byte"
    [[nodiscard]] bool has(const std::string& key) const { return m_object->contains(key); }
    [[nodiscard]] const Json& json(const std::string& key);  // these throw where the key is missing or of another type
    [[nodiscard]] std::string text(const std::string& key);
    [[nodiscard]] Bytes hex(const std::string& key);
    [[nodiscard]] std::int64_t integer(const std::string& key);
    [[nodiscard]] std::string text_or(const std::string& key, std::string otherwise);
    [[nodiscard]] std::int64_t integer_or(const std::string& key, std::int64_t otherwise);
    [[nodiscard]] bool flag(const std::string& key);  // absent: false

    void finish() const;  // throws when a key was not asked for

private:
    const Json* m_object;
    std::string m_where;
    std::set<std::string> m_asked{"name", "class"};
};

// The whole table; throws on a wrong shape, on two rows of one name and on unknown keys at the top.
[[nodiscard]] Json load_table(const std::string& file);
// Calls `visit` with every row, then sees to it that all keys of the row were used.
void for_each_row(const Json& table, const std::string& file, const std::function<void(Row&)>& visit);
void for_each_row(const std::string& file, const std::function<void(Row&)>& visit);

// "cbor.truncated@3", with the detail in brackets where there is one.
[[nodiscard]] std::string answer_of(const Error& error);
template <typename T>
[[nodiscard]] std::string answer_of(const Result<T>& result) {
    return result ? "ok" : answer_of(result.error());
}
// The part of an answer before its detail: for functions whose details a table does not spell out.
[[nodiscard]] std::string without_detail(std::string answer);

}  // namespace pipa::test
