#include "wire/map_reader.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace pipa {

using cbor::Type;
using cbor::Value;

MapReader::MapReader(const Value& map, std::size_t base, FieldCodes codes) : m_map(map), m_base(base), m_codes(codes) {
    if (!map.is(Type::Map)) bad(map, "map");
}

const Value* MapReader::take(std::int64_t key) {
    m_taken.push_back(key);
    return m_error ? nullptr : m_map.find(key);
}

void MapReader::fail_with(Error error) {
    if (!m_error) m_error = std::move(error);
}

void MapReader::bad(const Value& value, std::string_view name) {
    fail_with({m_codes.bad, m_base + value.offset, std::string{name}});
}

void MapReader::need(bool present, std::string_view name) {
    if (!present) fail_with({m_codes.missing, m_base + m_map.offset, std::string{name}});
}

std::optional<std::int64_t> MapReader::integer(std::int64_t key, std::string_view name, Range range) {
    const Value* value = take(key);
    if (value == nullptr) return {};
    const auto number = value->integer();
    if (number && *number >= range.lowest && *number <= range.highest) return number;
    bad(*value, name);
    return {};
}

std::string MapReader::text(std::int64_t key, std::string_view name, std::size_t max_bytes) {
    const Value* value = take(key);
    if (value == nullptr) return {};
    const bool good = value->is(Type::Text) && !value->bytes.empty() && value->bytes.size() <= max_bytes &&
                      !has_unprintable(value->text());
    if (!good) bad(*value, name);
    return good ? std::string{value->text()} : std::string{};
}

Bytes MapReader::bytes(std::int64_t key, std::string_view name, Range size) {
    const Value* value = take(key);
    if (value == nullptr) return {};
    const auto length = static_cast<std::int64_t>(value->bytes.size());
    if (value->is(Type::Bytes) && length >= size.lowest && length <= size.highest) return value->bytes;
    bad(*value, name);
    return {};
}

std::optional<DayNumber> MapReader::day(std::int64_t key, std::string_view name) {
    const auto number = integer(key, name, {INT32_MIN, INT32_MAX});
    if (!number) return {};
    if (is_plausible_day(*number)) return static_cast<DayNumber>(*number);
    bad(*m_map.find(key), name);
    return {};
}

std::optional<UnixSeconds> MapReader::time(std::int64_t key, std::string_view name) {
    const auto number = integer(key, name, {0, INT64_MAX});
    if (!number || is_plausible_time(*number)) return number;
    bad(*m_map.find(key), name);
    return {};
}

bool MapReader::flag(std::int64_t key, std::string_view name) {
    const Value* value = take(key);
    if (value == nullptr) return false;
    if (value->is(Type::Simple) && value->number == cbor::simple_true) return true;
    bad(*value, name);
    return false;
}

const std::vector<Value>* MapReader::array(std::int64_t key, std::string_view name, std::size_t max_count) {
    const Value* value = take(key);
    if (value == nullptr) return nullptr;
    if (value->is(Type::Array) && !value->items.empty() && value->items.size() <= max_count) return &value->items;
    bad(*value, name);
    return nullptr;
}

const Value* MapReader::map(std::int64_t key, std::string_view name) {
    const Value* value = take(key);
    if (value == nullptr || value->is(Type::Map)) return value;
    bad(*value, name);
    return nullptr;
}

std::int64_t MapReader::need_integer(std::int64_t key, std::string_view name, Range range) {
    const auto number = integer(key, name, range);
    need(number.has_value(), name);
    return number.value_or(0);
}

std::string MapReader::need_text(std::int64_t key, std::string_view name, std::size_t max_bytes) {
    std::string value = text(key, name, max_bytes);
    need(!value.empty(), name);
    return value;
}

Result<void> MapReader::finish() {
    for (std::size_t i = 0; !m_error && i < m_map.items.size(); i += 2) {
        const auto key = m_map.items[i].integer();
        if (!key || std::ranges::find(m_taken, *key) == m_taken.end())
            // Not cbor::diagnostic: it can print every kind of number, which alone would outweigh the rest of the page's module.
            fail_with({m_codes.unknown, m_base + m_map.items[i].offset, key ? std::to_string(*key) : std::string{"not an integer"}});
    }
    if (m_error) return std::unexpected(*m_error);
    return {};
}

}  // namespace pipa
