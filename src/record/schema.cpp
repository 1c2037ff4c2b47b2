#include "record/schema.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "record/certificate.hpp"
#include "record/field_data.hpp"

namespace pipa {
namespace {

using cbor::Type;
using cbor::Value;

constexpr std::size_t max_local_bytes = 400;

bool is_text(const Value& value, std::size_t limit) {
    return value.is(Type::Text) && !value.bytes.empty() && value.bytes.size() <= limit && !has_unprintable(value.text());
}

bool is_local(const Value& value) {
    if (!value.is(Type::Map)) return false;
    const Value* chinese = value.find(1);
    const Value* english = value.find(2);
    const std::size_t entries = (chinese != nullptr) + std::size_t{english != nullptr};
    return chinese != nullptr && value.items.size() == entries * 2 && is_text(*chinese, max_local_bytes) &&
           (english == nullptr || is_text(*english, max_local_bytes));
}

bool fits(const Value& value, const Field& field) {
    const auto number = value.integer();
    switch (field.kind) {
        case FieldKind::Text: return is_text(value, static_cast<std::size_t>(field.limit));
        case FieldKind::Integer:
        case FieldKind::Micro: return number && *number >= 0 && *number <= field.limit;
        case FieldKind::Day: return number && is_plausible_day(*number);
        case FieldKind::Time: return number && is_plausible_time(*number);
        case FieldKind::Flag: return value.is(Type::Simple) && value.number == cbor::simple_true;
        case FieldKind::Choice: return number && *number >= 1 && *number <= static_cast<std::int64_t>(field.choices.size());
        case FieldKind::Division: return number && is_division_code(*number);
        case FieldKind::Binary: return value.is(Type::Bytes) && value.bytes.size() == static_cast<std::size_t>(field.limit);
        case FieldKind::Local: return is_local(value);
        case FieldKind::Record: return value.is(Type::Map);
    }
    return false;
}

// Where a value stands, from the innermost name outwards. Written out only where something is wrong with it.
struct Path {
    const Path* outer{};
    std::string_view name{};
    std::optional<std::size_t> index{};  // in the list of that name

    [[nodiscard]] std::string text() const {
        std::string out = outer == nullptr ? std::string{} : outer->text() + "/";
        out += name;
        return index ? out + "/" + std::to_string(*index) : out;
    }
};

class Checker {
public:
    explicit Checker(std::size_t base) : m_base(base) {}

    Result<void> map(const Value& map, const Schema& schema, const Path* outer) {
        if (!map.is(Type::Map)) return stop(ErrorCode::StatementBadField, map, outer == nullptr ? Path{} : *outer);
        for (const Field& field : schema.fields) {
            const Value* value = map.find(field.key);
            if (value == nullptr && !field.required) continue;
            const Path path{outer, field.name, {}};
            if (value == nullptr) return stop(ErrorCode::StatementMissingField, map, path);
            if (auto ok = this->field(*value, field, path); !ok) return ok;
        }
        for (std::size_t i = 0; i < map.items.size(); i += 2) {
            const auto key = map.items[i].integer();
            if (key && std::ranges::find(schema.fields, *key, &Field::key) != schema.fields.end()) continue;
            const std::string name = key ? std::to_string(*key) : std::string{"not an integer"};
            return stop(ErrorCode::StatementUnknownField, map.items[i], {outer, name, {}});
        }
        return owner(map, schema, outer);
    }

private:
    Result<void> owner(const Value& map, const Schema& schema, const Path* outer) const {
        const auto is_here = [&](std::int64_t key) { return map.find(key) != nullptr; };
        if (std::ranges::none_of(schema.owned, is_here) || std::ranges::any_of(schema.owners, is_here)) return {};
        const auto wanted = std::ranges::find(schema.fields, schema.owners.front(), &Field::key);
        return stop(ErrorCode::StatementMissingField, map, {outer, wanted->name, {}});
    }

    Result<void> stop(ErrorCode code, const Value& at, const Path& path) const { return fail(code, m_base + at.offset, path.text()); }

    Result<void> field(const Value& value, const Field& field, const Path& path) {
        if (!field.is_list) return one(value, field, path);
        if (!value.is(Type::Array) || value.items.empty() || value.items.size() > field.max_items)
            return stop(ErrorCode::StatementBadField, value, path);
        for (std::size_t i = 0; i < value.items.size(); ++i)
            if (auto ok = one(value.items[i], field, {path.outer, path.name, i}); !ok) return ok;
        return {};
    }

    Result<void> one(const Value& value, const Field& field, const Path& path) {
        if (!fits(value, field)) return stop(ErrorCode::StatementBadField, value, path);
        if (field.kind == FieldKind::Record) return map(value, *field.nested, &path);
        return {};
    }

    std::size_t m_base;
};

}  // namespace

Result<void> check_schema(const Value& payload, const Schema& schema, std::size_t base) {
    return Checker(base).map(payload, schema, nullptr);
}

LocalText local_text(const Value& value) {
    const Value* chinese = value.find(1);
    const Value* english = value.find(2);
    return {std::string{chinese != nullptr ? chinese->text() : std::string_view{}},
            std::string{english != nullptr ? english->text() : std::string_view{}}};
}

std::string format_micro(std::int64_t value) {
    std::string text = std::to_string(value / micro);
    std::string fraction = std::to_string(micro + value % micro).substr(1);
    while (fraction.ends_with('0')) fraction.pop_back();
    return fraction.empty() ? text : text + "." + fraction;
}

std::optional<std::int64_t> parse_micro(std::string_view text) noexcept {
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || whole.size() > 9 || fraction.size() > 6 || (point != std::string_view::npos && fraction.empty())) return {};
    std::int64_t value = 0;
    for (std::size_t i = 0; i < whole.size() + 6; ++i) {
        const char c = i < whole.size() ? whole[i] : i - whole.size() < fraction.size() ? fraction[i - whole.size()] : '0';
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace pipa
