// Reading the editors' JSON lists: every field is asked for by name, what is left over is a problem, and every problem
// has the line on which its entry begins.
#pragma once

#include <nlohmann/json.hpp>

#include "learn/education_pack.hpp"
#include "education/problem.hpp"

namespace pipa::learn {

using Json = nlohmann::json;

struct JsonFile {
    std::string name{};
    std::string_view text{};
    Json root{};
};

// A list of at most `max_count` objects under `key` of the file; reports and answers with an empty one otherwise.
[[nodiscard]] const Json& entries_of(const JsonFile& file, std::string_view key, std::size_t max_count, Problems& problems);

class JsonEntry {
public:
    JsonEntry(const JsonFile& file, const Json& object, Problems& problems);

    [[nodiscard]] std::string id();
    [[nodiscard]] std::string text(std::string_view name, std::size_t max_bytes);
    [[nodiscard]] Text pair(std::string_view name, std::size_t max_bytes);    // {"zh-Hans": ..., "en": ...}
    [[nodiscard]] std::vector<Text> pairs(std::string_view name, std::size_t max_count);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name, std::size_t max_count);  // may be absent
    [[nodiscard]] std::optional<DayNumber> day(std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view name, std::int64_t lowest, std::int64_t highest);
    [[nodiscard]] const Json* member(std::string_view name);                  // asked for, not judged
    void finish();  // every field that was not asked for is a problem

    void problem(ErrorCode code, std::string detail);
    [[nodiscard]] std::size_t line() const noexcept { return m_line; }

private:
    [[nodiscard]] Text read_pair(const Json& value, std::string_view name, std::size_t max_bytes);
    [[nodiscard]] std::string read_text(const Json* value, std::string_view name, std::size_t max_bytes, ErrorCode missing);

    const JsonFile& m_file;
    const Json& m_object;
    Problems& m_problems;
    std::size_t m_line{};
    std::vector<std::string> m_taken{};
};

}  // namespace pipa::learn
