#include "pipa/input/json_reader.hpp"

namespace pipa {

using Json = JsonReader::Json;

namespace {

// The library reads any depth, but copies, compares and writes what it has read by calling itself.
constexpr std::size_t max_depth = 64;

// Where a text that is JSON nests deeper than that.
std::optional<std::size_t> find_too_deep(std::string_view text) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_string) {
            if (c == '\\') ++at;
            else if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > max_depth) return at;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return {};
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
    if (const auto deep = find_too_deep(text)) return fail(ErrorCode::JsonInvalid, *deep, "nested too deeply");
    // The library's own exception is the only thing that knows where the mistake is.
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& problem) {
        return fail(ErrorCode::JsonInvalid, problem.byte == 0 ? 0 : problem.byte - 1);
    } catch (const Json::out_of_range&) {
        return fail(ErrorCode::JsonInvalid, {}, "a number is too large");
    }
}

JsonReader::JsonReader(const Json& object, std::string path, DocumentProblems& problems)
    : m_object(object), m_path(std::move(path)), m_problems(problems) {
    if (!m_object.is_object()) report({}, ErrorCode::JsonInvalid, "not an object");
}

JsonReader::~JsonReader() {
    if (!m_object.is_object()) return;
    for (const auto& [name, value] : m_object.items())
        if (!m_taken.contains(name)) report(name, ErrorCode::JsonInvalid, "this member is not known");
}

std::string JsonReader::path_of(std::string_view name) const {
    if (name.empty()) return m_path;
    return m_path.empty() ? std::string{name} : m_path + "." + std::string{name};
}

void JsonReader::report(std::string_view name, ErrorCode code, std::string detail) {
    m_problems.push_back({path_of(name), {code, {}, std::move(detail)}});
}

const Json* JsonReader::take(std::string_view name) {
    m_taken.emplace(name);
    if (!m_object.is_object()) return nullptr;
    const auto found = m_object.find(name);
    return found == m_object.end() ? nullptr : &*found;
}

std::string JsonReader::text(std::string_view name) {
    const Json* value = take(name);
    if (value == nullptr) return {};
    if (const auto* found = value->get_ptr<const std::string*>()) return *found;
    report(name, ErrorCode::JsonInvalid, "not a text");
    return {};
}

std::optional<std::int64_t> JsonReader::integer(std::string_view name, std::int64_t lowest, std::int64_t highest) {
    const Json* value = take(name);
    if (value == nullptr) return {};
    if (value->is_number_integer() && *value >= lowest && *value <= highest) return value->get<std::int64_t>();
    report(name, ErrorCode::JsonInvalid, "not an integer from " + std::to_string(lowest) + " to " + std::to_string(highest));
    return {};
}

std::optional<UnixSeconds> JsonReader::time(std::string_view name) {
    const std::string written = text(name);
    if (written.empty()) return {};
    const auto parsed = parse_time(written);
    if (parsed) return *parsed;
    report(name, parsed.error().code, written.substr(0, 40));
    return {};
}

bool JsonReader::flag(std::string_view name) {
    const Json* value = take(name);
    if (value == nullptr) return false;
    if (value->is_boolean()) return value->get<bool>();
    report(name, ErrorCode::JsonInvalid, "neither true nor false");
    return false;
}

std::vector<std::string> JsonReader::texts(std::string_view name) {
    std::vector<std::string> out;
    const Json* value = take(name);
    if (value == nullptr) return out;
    if (!value->is_array()) report(name, ErrorCode::JsonInvalid, "not a list of texts");
    else
        for (const Json& item : *value) {
            if (const auto* found = item.get_ptr<const std::string*>()) out.push_back(*found);
            else report(name, ErrorCode::JsonInvalid, "not a list of texts");
        }
    return out;
}

std::vector<std::int64_t> JsonReader::integers(std::string_view name, std::int64_t lowest, std::int64_t highest) {
    std::vector<std::int64_t> out;
    const Json* value = take(name);
    if (value == nullptr) return out;
    if (!value->is_array()) report(name, ErrorCode::JsonInvalid, "not a list of integers");
    else
        for (const Json& item : *value) {
            if (item.is_number_integer() && item >= lowest && item <= highest) out.push_back(item.get<std::int64_t>());
            else report(name, ErrorCode::JsonInvalid, "not an integer from " + std::to_string(lowest) + " to " + std::to_string(highest));
        }
    return out;
}

void JsonReader::object(std::string_view name, const std::function<void(JsonReader&)>& read) {
    const Json* value = take(name);
    if (value == nullptr) return;
    JsonReader reader(*value, path_of(name), m_problems);
    read(reader);
}

void JsonReader::objects(std::string_view name, const std::function<void(JsonReader&)>& read) {
    const Json* value = take(name);
    if (value == nullptr) return;
    if (!value->is_array()) return report(name, ErrorCode::JsonInvalid, "not a list");
    for (std::size_t i = 0; i < value->size(); ++i) {
        JsonReader reader((*value)[i], path_of(name) + "[" + std::to_string(i) + "]", m_problems);
        read(reader);
    }
}

std::string JsonReader::need_text(std::string_view name) {
    if (m_object.is_object() && !m_object.contains(name)) report(name, ErrorCode::JsonInvalid, "missing");
    return text(name);
}

std::int64_t JsonReader::need_integer(std::string_view name, std::int64_t lowest, std::int64_t highest) {
    if (m_object.is_object() && !m_object.contains(name)) report(name, ErrorCode::JsonInvalid, "missing");
    return integer(name, lowest, highest).value_or(lowest);
}

UnixSeconds JsonReader::need_time(std::string_view name) {
    if (m_object.is_object() && !m_object.contains(name)) report(name, ErrorCode::JsonInvalid, "missing");
    return time(name).value_or(0);
}

}  // namespace pipa
