#include "education/pack_json.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace pipa::learn {
namespace {

// nlohmann/json keeps no positions; an entry's id stands in its file once, so that is where the entry is.
std::size_t line_of_entry(const JsonFile& file, const Json& object) {
    const auto id = object.is_object() ? object.find("id") : object.end();
    const std::string* text = id == object.end() ? nullptr : id->get_ptr<const std::string*>();
    if (text == nullptr) return 1;
    for (std::size_t at = 0; (at = file.text.find('"' + *text + '"', at)) != std::string_view::npos; ++at) {
        std::string_view before = file.text.substr(0, at);
        while (!before.empty() && (before.back() == ' ' || before.back() == ':')) before.remove_suffix(1);
        if (before.ends_with("\"id\"")) return line_of(file.text, at);
    }
    return 1;
}

}  // namespace

const Json& entries_of(const JsonFile& file, std::string_view key, std::size_t max_count, Problems& problems) {
    static const Json none = Json::array();
    const auto list = file.root.is_object() ? file.root.find(key) : file.root.end();
    const bool good = file.root.is_object() && list != file.root.end() && list->is_array() && list->size() <= max_count;
    if (good) return *list;
    report(problems, {file.name, 1, ErrorCode::JsonInvalid, std::string{key}});
    return none;
}

JsonEntry::JsonEntry(const JsonFile& file, const Json& object, Problems& problems)
    : m_file(file), m_object(object), m_problems(problems), m_line(line_of_entry(file, object)) {
    if (!object.is_object()) problem(ErrorCode::JsonInvalid, "an object is expected");
}

void JsonEntry::problem(ErrorCode code, std::string detail) { report(m_problems, {m_file.name, m_line, code, std::move(detail)}); }

const Json* JsonEntry::member(std::string_view name) {
    m_taken.emplace_back(name);
    if (!m_object.is_object()) return nullptr;
    const auto found = m_object.find(name);
    return found == m_object.end() ? nullptr : &*found;
}

std::string JsonEntry::read_text(const Json* value, std::string_view name, std::size_t max_bytes, ErrorCode missing) {
    const std::string* text = value == nullptr ? nullptr : value->get_ptr<const std::string*>();
    if (text == nullptr || text->empty()) {
        problem(missing, std::string{name});
        return {};
    }
    if (text->size() > max_bytes || has_unprintable(*text)) problem(ErrorCode::LearnBadField, std::string{name});
    return *text;
}

std::string JsonEntry::id() {
    std::string out = read_text(member("id"), "id", max_id_bytes, ErrorCode::LearnBadField);
    if (!out.empty() && !is_id(out)) problem(ErrorCode::LearnBadField, "id " + out);
    return out;
}

std::string JsonEntry::text(std::string_view name, std::size_t max_bytes) {
    return read_text(member(name), name, max_bytes, ErrorCode::LearnBadField);
}

Text JsonEntry::read_pair(const Json& value, std::string_view name, std::size_t max_bytes) {
    Text out;
    if (!value.is_object() || value.size() > 2) {
        problem(ErrorCode::LearnMissingTranslation, std::string{name});
        return out;
    }
    const auto part = [&](const char* tag) {
        const auto found = value.find(tag);
        return read_text(found == value.end() ? nullptr : &*found, std::string{name} + " " + tag, max_bytes, ErrorCode::LearnMissingTranslation);
    };
    out.zh_hans = part("zh-Hans");
    out.en = part("en");
    return out;
}

Text JsonEntry::pair(std::string_view name, std::size_t max_bytes) {
    const Json* value = member(name);
    return read_pair(value == nullptr ? Json{} : *value, name, max_bytes);
}

std::vector<Text> JsonEntry::pairs(std::string_view name, std::size_t max_count) {
    std::vector<Text> out;
    const Json* list = member(name);
    if (list == nullptr || !list->is_array() || list->empty() || list->size() > max_count) {
        problem(ErrorCode::LearnBadField, std::string{name});
        return out;
    }
    for (const Json& item : *list) out.push_back(read_pair(item, name, max_text_bytes));
    return out;
}

std::vector<std::string> JsonEntry::texts(std::string_view name, std::size_t max_count) {
    std::vector<std::string> out;
    const Json* list = member(name);
    if (list == nullptr) return out;
    if (!list->is_array() || list->size() > max_count) {
        problem(ErrorCode::LearnBadField, std::string{name});
        return out;
    }
    for (const Json& item : *list) out.push_back(read_text(&item, name, max_title_bytes, ErrorCode::LearnBadField));
    return out;
}

std::optional<DayNumber> JsonEntry::day(std::string_view name) {
    const auto out = parse_day(text(name, 10));
    if (out) return *out;
    problem(ErrorCode::DateInvalid, std::string{name});
    return {};
}

std::optional<std::int64_t> JsonEntry::number(std::string_view name, std::int64_t lowest, std::int64_t highest) {
    const Json* value = member(name);
    if (value != nullptr && value->is_number_integer()) {
        const auto out = value->get<std::int64_t>();
        if (out >= lowest && out <= highest) return out;
    }
    problem(ErrorCode::LearnBadField, std::string{name});
    return {};
}

void JsonEntry::finish() {
    if (!m_object.is_object()) return;
    for (const auto& [key, value] : m_object.items())
        if (std::ranges::find(m_taken, key) == m_taken.end()) problem(ErrorCode::LearnBadField, "unknown field " + key.substr(0, 40));
}

}  // namespace pipa::learn
