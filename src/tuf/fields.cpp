#include "tuf/fields.hpp"

namespace pipa::tuf {
namespace {

const JsonValue empty_object{.type = JsonValue::Type::Object};
const JsonValue empty_array{.type = JsonValue::Type::Array};

}  // namespace

Fields::Fields(const JsonValue& object, std::string where, std::optional<Error>& problem)
    : m_object(object.is(JsonValue::Type::Object) ? object : empty_object), m_where(std::move(where)), m_problem(problem) {
    if (!object.is(JsonValue::Type::Object) && !m_problem) m_problem = Error{ErrorCode::TufBadField, {}, m_where};
}

std::string Fields::path_of(std::string_view name) const { return m_where + "." + std::string(name.substr(0, 60)); }

void Fields::complain(std::string_view name, ErrorCode code) {
    if (!m_problem) m_problem = Error{code, {}, path_of(name)};
}

bool Fields::has(std::string_view name) const { return m_object.find(name) != nullptr; }

std::string Fields::text(std::string_view name) {
    const JsonValue* found = m_object.find(name);
    if (found != nullptr && found->is(JsonValue::Type::Text)) return found->text;
    complain(name);
    return {};
}

std::uint64_t Fields::number(std::string_view name, std::uint64_t least, std::uint64_t most) {
    const JsonValue* found = m_object.find(name);
    if (found != nullptr && found->is(JsonValue::Type::Unsigned) && found->number >= least && found->number <= most) return found->number;
    complain(name);
    return least;
}

bool Fields::flag(std::string_view name, bool when_absent) {
    const JsonValue* found = m_object.find(name);
    if (found == nullptr) return when_absent;
    if (found->is(JsonValue::Type::Boolean)) return found->number != 0;
    complain(name);
    return when_absent;
}

const JsonValue& Fields::object(std::string_view name) {
    const JsonValue* found = m_object.find(name);
    if (found != nullptr && found->is(JsonValue::Type::Object)) return *found;
    complain(name);
    return empty_object;
}

const JsonValue& Fields::array(std::string_view name) {
    const JsonValue* found = m_object.find(name);
    if (found != nullptr && found->is(JsonValue::Type::Array)) return *found;
    complain(name);
    return empty_array;
}

std::vector<std::string> Fields::texts(std::string_view name) {
    std::vector<std::string> values;
    for (const JsonValue& item : array(name).items) {
        if (item.is(JsonValue::Type::Text)) values.push_back(item.text);
        else complain(name);
    }
    return values;
}

}  // namespace pipa::tuf
