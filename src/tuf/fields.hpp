// Reading the members of one JSON object. The first problem sticks and is looked at once, at the end; after it every
// read gives an empty value. Inside src/tuf only. Errors: tuf.bad_field with the member's name.
#pragma once

#include <optional>

#include "tuf/json_value.hpp"

namespace pipa::tuf {

class Fields {
public:
    // `where` names the object in errors: "root", "targets.delegations". `problem` is shared by everything of one file.
    Fields(const JsonValue& object, std::string where, std::optional<Error>& problem);

    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] std::uint64_t number(std::string_view name, std::uint64_t least, std::uint64_t most);
    [[nodiscard]] bool flag(std::string_view name, bool when_absent);
    // Never null: an empty object or array stands for one that is missing.
    [[nodiscard]] const JsonValue& object(std::string_view name);
    [[nodiscard]] const JsonValue& array(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] bool has(std::string_view name) const;

    void complain(std::string_view name, ErrorCode code = ErrorCode::TufBadField);
    [[nodiscard]] bool ok() const noexcept { return !m_problem; }
    [[nodiscard]] std::string path_of(std::string_view name) const;
    [[nodiscard]] std::optional<Error>& problem() noexcept { return m_problem; }

private:
    const JsonValue& m_object;
    std::string m_where;
    std::optional<Error>& m_problem;
};

}  // namespace pipa::tuf
