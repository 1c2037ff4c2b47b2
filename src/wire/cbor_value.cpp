#include "wire/cbor.hpp"

namespace pipa::cbor {

const Value* Value::find(std::int64_t key) const noexcept {
    if (type != Type::Map) return nullptr;
    const Type wanted = key >= 0 ? Type::Unsigned : Type::Negative;
    const auto magnitude = static_cast<std::uint64_t>(key >= 0 ? key : -1 - key);
    for (std::size_t i = 0; i < items.size(); i += 2)
        if (items[i].number == magnitude && items[i].type == wanted) return &items[i + 1];
    return nullptr;
}

std::optional<std::int64_t> Value::integer() const noexcept {
    if ((type != Type::Unsigned && type != Type::Negative) || number > INT64_MAX) return {};
    const auto magnitude = static_cast<std::int64_t>(number);
    return type == Type::Unsigned ? magnitude : -1 - magnitude;
}

const Value* find_tag(const Value& value) noexcept {
    if (value.is(Type::Tag)) return &value;
    for (const Value& item : value.items)
        if (const Value* tag = find_tag(item)) return tag;
    return nullptr;
}

Value make_integer(std::int64_t number) {
    if (number >= 0) return make_unsigned(static_cast<std::uint64_t>(number));
    return {.type = Type::Negative, .number = static_cast<std::uint64_t>(-1 - number)};
}
Value make_unsigned(std::uint64_t number) { return {.type = Type::Unsigned, .number = number}; }
Value make_bytes(ByteView bytes) { return {.type = Type::Bytes, .number = 0, .bytes = to_bytes(bytes)}; }
Value make_text(std::string_view utf8) { return {.type = Type::Text, .number = 0, .bytes = to_bytes(as_bytes(utf8))}; }
Value make_bool(bool value) { return {.type = Type::Simple, .number = value ? simple_true : simple_false}; }
Value make_null() { return {}; }
Value make_array(std::vector<Value> items) { return {.type = Type::Array, .number = 0, .items = std::move(items)}; }
Value make_tag(std::uint64_t number, Value item) {
    Value tag{.type = Type::Tag, .number = number};
    tag.items.push_back(std::move(item));
    return tag;
}

MapBuilder& MapBuilder::add(std::int64_t key, Value value) {
    m_map.items.push_back(make_integer(key));
    m_map.items.push_back(std::move(value));
    return *this;
}

}  // namespace pipa::cbor
