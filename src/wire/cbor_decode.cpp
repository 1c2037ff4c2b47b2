#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>

#include "base/utf8.hpp"
#include "wire/cbor.hpp"

namespace pipa::cbor {
namespace {

constexpr std::uint8_t indefinite_info = 31;
constexpr std::uint8_t break_byte = 0xFF;
constexpr std::uint64_t quiet_nan = 0x7FF8'0000'0000'0000;
// Nested heads may each announce all the bytes left; reserving for every one of them would multiply the input.
constexpr std::uint64_t max_reserved_items = 1024;

struct Head {
    std::uint8_t major{};
    std::uint8_t info{};
    std::uint64_t argument{};
};

// RFC 8949 appendix D.
double from_half(std::uint64_t half) {
    const int exponent = static_cast<int>(half >> 10 & 0x1F);
    const auto mantissa = static_cast<double>(half & 0x3FF);
    double value = 0;
    if (exponent == 0)
        value = std::ldexp(mantissa, -24);
    else if (exponent != 31)
        value = std::ldexp(mantissa + 1024, exponent - 25);
    else
        value = mantissa == 0 ? INFINITY : NAN;
    return (half & 0x8000) != 0 ? -value : value;
}

// One class for each set of rules, so that a module that only ever asks for one carries one.
template <Rules rules>
class Decoder {
public:
    Decoder(ByteView input, Limits limits) : m_input(input), m_limits(limits) {}

    Result<Value> whole() {
        if (m_input.size() > m_limits.max_bytes) return fail(ErrorCode::CborTooLarge, m_limits.max_bytes);
        Value value;
        if (!item(value, 0)) return std::unexpected(m_error);
        if (m_at != m_input.size()) return fail(ErrorCode::CborTrailingBytes, m_at);
        return value;
    }

private:
    bool stop(ErrorCode code, std::size_t at) {
        m_error = Error{code, at, {}};
        return false;
    }

    static constexpr bool strict() noexcept { return rules == Rules::deterministic; }

    bool head(Head& head) {
        const std::size_t start = m_at;
        if (start >= m_input.size()) return stop(ErrorCode::CborTruncated, start);
        const std::uint8_t initial = m_input[m_at++];
        head = {.major = static_cast<std::uint8_t>(initial >> 5), .info = static_cast<std::uint8_t>(initial & 31)};
        if (head.info < 24) {
            head.argument = head.info;
            return true;
        }
        if (head.info > 27) return head.info == indefinite_info || stop(ErrorCode::CborReserved, start);
        const std::size_t size = std::size_t{1} << (head.info - 24);
        if (m_input.size() - m_at < size) return stop(ErrorCode::CborTruncated, m_input.size());
        for (std::size_t i = 0; i < size; ++i) head.argument = head.argument << 8 | m_input[m_at++];
        const bool shortest = size == 1 ? head.argument >= 24 : head.argument >> (4 * size) != 0;
        if (strict() && head.major != 7 && !shortest) return stop(ErrorCode::CborNotShortest, start);
        return true;
    }

    bool item(Value& value, std::size_t depth) {
        value.offset = m_at;
        Head head;
        if (!this->head(head)) return false;
        if (head.info == indefinite_info && !indefinite_allowed(head, value.offset)) return false;
        if (!body(value, head, depth)) return false;
        value.end = m_at;
        return true;
    }

    bool indefinite_allowed(const Head& head, std::size_t start) {
        if (head.major == 7) return stop(ErrorCode::CborUnexpectedBreak, start);
        if (head.major < 2 || head.major == 6) return stop(ErrorCode::CborReserved, start);
        return !strict() || stop(ErrorCode::CborIndefinite, start);
    }

    bool body(Value& value, const Head& head, std::size_t depth) {
        value.number = head.argument;
        if (head.major >= 4 && head.major <= 6 && depth >= m_limits.max_depth)
            return stop(ErrorCode::CborTooDeep, value.offset);
        switch (head.major) {
            case 0: value.type = Type::Unsigned; return true;
            case 1: value.type = Type::Negative; return true;
            case 2: value.type = Type::Bytes; return string(value, head);
            case 3: value.type = Type::Text; return string(value, head);
            case 4: value.type = Type::Array; return children(value, head, depth);
            case 5: value.type = Type::Map; return children(value, head, depth) && keys(value);
            case 6: value.type = Type::Tag; return child(value, depth);
            default: return simple_or_float(value, head);
        }
    }

    bool chunk(Value& value, std::uint64_t length) {
        if (length > m_input.size() - m_at) return stop(ErrorCode::CborTruncated, m_input.size());
        const ByteView bytes = m_input.subspan(m_at, static_cast<std::size_t>(length));
        if (value.is(Type::Text))
            if (const auto bad = find_invalid_utf8(as_text(bytes))) return stop(ErrorCode::CborBadUtf8, m_at + *bad);
        value.bytes.insert(value.bytes.end(), bytes.begin(), bytes.end());
        m_at += bytes.size();
        return true;
    }

    bool string(Value& value, const Head& head) {
        value.number = 0;
        if (head.info != indefinite_info) return chunk(value, head.argument);
        while (!at_break()) {
            const std::size_t start = m_at;
            Head piece;
            if (!this->head(piece)) return false;
            if (piece.major != head.major || piece.info == indefinite_info) return stop(ErrorCode::CborBadChunk, start);
            if (!chunk(value, piece.argument)) return false;
        }
        return take_break();
    }

    bool child(Value& parent, std::size_t depth) {
        parent.items.emplace_back();
        return item(parent.items.back(), depth + 1);
    }

    bool children(Value& value, const Head& head, std::size_t depth) {
        value.number = 0;
        const std::uint64_t each = value.is(Type::Map) ? 2 : 1;
        if (head.info == indefinite_info) {
            while (!at_break())
                for (std::uint64_t i = 0; i < each; ++i)
                    if (!child(value, depth)) return false;
            return take_break();
        }
        // Every child takes at least one byte, so a count above the bytes left is a lie.
        if (head.argument > (m_input.size() - m_at) / each) return stop(ErrorCode::CborTruncated, m_input.size());
        value.items.reserve(static_cast<std::size_t>(std::min(head.argument * each, max_reserved_items)));
        for (std::uint64_t i = 0; i < head.argument * each; ++i)
            if (!child(value, depth)) return false;
        return true;
    }

    bool at_break() const noexcept { return m_at < m_input.size() && m_input[m_at] == break_byte; }
    bool take_break() {
        ++m_at;
        return true;
    }

    ByteView encoded(const Value& value) const { return m_input.subspan(value.offset, value.end - value.offset); }

    bool keys(const Value& map) {
        if constexpr (strict()) return sorted_keys(map);
        else return distinct_keys(map);
    }

    bool sorted_keys(const Value& map) {
        for (std::size_t i = 2; i < map.items.size(); i += 2) {
            const ByteView before = encoded(map.items[i - 2]);
            const ByteView key = encoded(map.items[i]);
            if (std::ranges::lexicographical_compare(before, key)) continue;
            const bool same = std::ranges::equal(before, key);
            return stop(same ? ErrorCode::CborDuplicateKey : ErrorCode::CborUnsortedKeys, map.items[i].offset);
        }
        return true;
    }

    // The lenient rules know many encodings of one key, so its one deterministic encoding is compared.
    bool distinct_keys(const Value& map) {
        std::vector<std::pair<Bytes, std::size_t>> keys;
        for (std::size_t i = 0; i < map.items.size(); i += 2) keys.emplace_back(encode(map.items[i]), map.items[i].offset);
        std::ranges::sort(keys);
        const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
        const auto twice = std::ranges::adjacent_find(keys, same);
        return twice == keys.end() || stop(ErrorCode::CborDuplicateKey, std::next(twice)->second);
    }

    bool simple_or_float(Value& value, const Head& head) {
        value.type = Type::Simple;
        if (head.info < 24) return true;
        if (head.info == 24) return head.argument >= 32 || stop(ErrorCode::CborBadSimple, value.offset);
        if constexpr (strict()) return stop(ErrorCode::CborFloat, value.offset);
        value.type = Type::Float;
        if (head.info == 25) value.number = std::bit_cast<std::uint64_t>(from_half(head.argument));
        if (head.info == 26)
            value.number = std::bit_cast<std::uint64_t>(
                static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(head.argument))));
        // What becomes of a NaN's bits on the way to 64 differs from machine to machine; one NaN stands for all.
        if (std::isnan(std::bit_cast<double>(value.number))) value.number = quiet_nan;
        return true;
    }

    ByteView m_input;
    Limits m_limits;
    std::size_t m_at = 0;
    Error m_error{};
};

}  // namespace

Result<Value> decode(ByteView input, Rules rules, Limits limits) {
    return rules == Rules::deterministic ? Decoder<Rules::deterministic>(input, limits).whole() : Decoder<Rules::well_formed>(input, limits).whole();
}

}  // namespace pipa::cbor
