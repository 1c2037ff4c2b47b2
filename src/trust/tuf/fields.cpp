#include "trust/tuf/fields.hpp"

namespace pipa::tuf {
namespace {

const Json& empty_object() {
    static const Json value = Json::object();
    return value;
}
const Json& empty_array() {
    static const Json value = Json::array();
    return value;
}

}  // namespace

Fields::Fields(const Json& object, std::string where, std::optional<Error>& problem)
    : m_object(object.is_object() ? object : empty_object()), m_where(std::move(where)), m_problem(problem) {
    if (!object.is_object() && !m_problem) m_problem = Error{ErrorCode::TufBadField, {}, m_where};
}

std::string Fields::path_of(std::string_view name) const { return m_where + "." + std::string(name.substr(0, 60)); }

void Fields::complain(std::string_view name, ErrorCode code) {
    if (!m_problem) m_problem = Error{code, {}, path_of(name)};
}

bool Fields::has(std::string_view name) const { return m_object.contains(name); }

std::string Fields::text(std::string_view name) {
    const auto found = m_object.find(name);
    const std::string* value = found == m_object.end() ? nullptr : found->get_ptr<const std::string*>();
    if (value != nullptr) return *value;
    complain(name);
    return {};
}

std::uint64_t Fields::number(std::string_view name, std::uint64_t least, std::uint64_t most) {
    const auto found = m_object.find(name);
    if (found != m_object.end() && found->is_number_unsigned()) {
        const auto value = found->get<std::uint64_t>();
        if (value >= least && value <= most) return value;
    }
    complain(name);
    return least;
}

bool Fields::flag(std::string_view name, bool when_absent) {
    const auto found = m_object.find(name);
    if (found == m_object.end()) return when_absent;
    if (found->is_boolean()) return found->get<bool>();
    complain(name);
    return when_absent;
}

const Json& Fields::object(std::string_view name) {
    const auto found = m_object.find(name);
    if (found != m_object.end() && found->is_object()) return *found;
    complain(name);
    return empty_object();
}

const Json& Fields::array(std::string_view name) {
    const auto found = m_object.find(name);
    if (found != m_object.end() && found->is_array()) return *found;
    complain(name);
    return empty_array();
}

std::vector<std::string> Fields::texts(std::string_view name) {
    std::vector<std::string> values;
    for (const Json& item : array(name)) {
        if (const std::string* value = item.get_ptr<const std::string*>()) {
            values.push_back(*value);
        } else {
            complain(name);
        }
    }
    return values;
}

}  // namespace pipa::tuf
