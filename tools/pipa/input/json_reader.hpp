// Reading a JSON document of known shape, with every problem named by its path ("parties[3].uscc").
//
// Like wire/map_reader, but for files that people write: it goes on after a problem and reports them all. A member
// that is not asked for is a problem too (usually a spelling mistake), except "note", which is the author's own.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "base/civil_time.hpp"

namespace pipa {

struct DocumentProblem {
    std::string path{};
    Error error{};
};
using DocumentProblems = std::vector<DocumentProblem>;

// At most 64 arrays and objects in each other. Errors: json.invalid with the parser's place.
[[nodiscard]] Result<nlohmann::ordered_json> parse_json(std::string_view text);

class JsonReader {
public:
    using Json = nlohmann::ordered_json;

    JsonReader(const Json& object, std::string path, DocumentProblems& problems);
    ~JsonReader();  // reports members that nobody asked for
    JsonReader(const JsonReader&) = delete;
    JsonReader& operator=(const JsonReader&) = delete;

    // Absent members: empty text, no number, false.
    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, std::int64_t lowest, std::int64_t highest);
    [[nodiscard]] std::optional<UnixSeconds> time(std::string_view name);  // RFC 3339, or a day
    [[nodiscard]] bool flag(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] std::vector<std::int64_t> integers(std::string_view name, std::int64_t lowest, std::int64_t highest);
    // Calls `read` for the object, or for each object of the array.
    void object(std::string_view name, const std::function<void(JsonReader&)>& read);
    void objects(std::string_view name, const std::function<void(JsonReader&)>& read);

    // The same, but absence is a problem.
    [[nodiscard]] std::string need_text(std::string_view name);
    [[nodiscard]] std::int64_t need_integer(std::string_view name, std::int64_t lowest, std::int64_t highest);
    [[nodiscard]] UnixSeconds need_time(std::string_view name);

    void report(std::string_view name, ErrorCode code, std::string detail = {});
    [[nodiscard]] std::string path_of(std::string_view name) const;

private:
    const Json* take(std::string_view name);

    const Json& m_object;
    std::string m_path;
    DocumentProblems& m_problems;
    std::set<std::string, std::less<>> m_taken{"note", "_about"};
};

}  // namespace pipa
