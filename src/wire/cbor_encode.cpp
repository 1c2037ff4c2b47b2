#include <algorithm>

#include "base/heap_sort.hpp"
#include "wire/cbor.hpp"

namespace pipa::cbor {
namespace {

std::uint8_t major_of(Type type) noexcept {
    return type == Type::Float ? 7 : static_cast<std::uint8_t>(type);
}

void append_map(Bytes& out, const Value& map);

void append(Bytes& out, const Value& value) {
    switch (value.type) {
        case Type::Unsigned:
        case Type::Negative: append_head(out, value.type, value.number); return;
        case Type::Bytes:
        case Type::Text:
            append_head(out, value.type, value.bytes.size());
            out.insert(out.end(), value.bytes.begin(), value.bytes.end());
            return;
        case Type::Array:
            append_head(out, value.type, value.items.size());
            for (const Value& item : value.items) append(out, item);
            return;
        case Type::Map: append_map(out, value); return;
        case Type::Tag:
            append_head(out, value.type, value.number);
            append(out, value.items.front());
            return;
        case Type::Simple: append_head(out, value.type, value.number); return;
        case Type::Float:
            out.push_back(0xFB);
            for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value.number >> shift));
            return;
    }
}

void append_map(Bytes& out, const Value& map) {
    std::vector<std::pair<Bytes, const Value*>> entries;
    for (std::size_t i = 0; i < map.items.size(); i += 2) entries.emplace_back(encode(map.items[i]), &map.items[i + 1]);
    heap_sort(entries, {}, &std::pair<Bytes, const Value*>::first);
    append_head(out, Type::Map, entries.size());
    for (const auto& [key, value] : entries) {
        out.insert(out.end(), key.begin(), key.end());
        append(out, *value);
    }
}

}  // namespace

void append_head(Bytes& out, Type type, std::uint64_t argument) {
    const auto major = static_cast<std::uint8_t>(major_of(type) << 5);
    if (argument < 24) {
        out.push_back(static_cast<std::uint8_t>(major | argument));
        return;
    }
    const int size_log2 = argument <= 0xFF ? 0 : argument <= 0xFFFF ? 1 : argument <= 0xFFFF'FFFF ? 2 : 3;
    out.push_back(static_cast<std::uint8_t>(major | (24 + size_log2)));
    for (int shift = 8 * (1 << size_log2) - 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(argument >> shift));
}

Bytes encode(const Value& value) {
    Bytes out;
    append(out, value);
    return out;
}

}  // namespace pipa::cbor
