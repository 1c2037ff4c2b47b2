#include "tuf/json_value.hpp"

#include <algorithm>
#include <optional>

#include "base/heap_sort.hpp"
#include "base/utf8.hpp"

namespace pipa::tuf {
namespace {

using Type = JsonValue::Type;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// One value after another, by recursive descent; the depth is bounded. The first error sticks.
class Reader {
public:
    explicit Reader(std::string_view text) noexcept : m_text(text) {}

    Result<JsonValue> read_document() {
        JsonValue document;
        read_value(document, 0);
        skip_space();
        if (m_at < m_text.size()) bad();
        if (m_error) return std::unexpected(std::move(*m_error));
        return document;
    }

private:
    [[nodiscard]] char peek() const noexcept { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char wanted) noexcept {
        if (peek() != wanted) return false;  // nobody wants the zero that stands for the end
        ++m_at;
        return true;
    }
    void skip_space() noexcept {
        while (m_at < m_text.size() && std::string_view{" \t\n\r"}.find(m_text[m_at]) != std::string_view::npos) ++m_at;
    }
    void bad() {
        if (!m_error) m_error = Error{ErrorCode::TufBadJson, m_at, {}};
    }
    void stop(std::string why) {
        if (!m_error) m_error = Error{ErrorCode::TufBadJson, {}, std::move(why)};
    }

    void read_value(JsonValue& into, std::size_t depth) {
        skip_space();
        switch (peek()) {
            case '{':
            case '[': return read_container(into, depth);
            case '"':
                into.type = Type::Text;
                into.text = read_string();
                return;
            case 't': return read_word(into, "true", Type::Boolean, 1);
            case 'f': return read_word(into, "false", Type::Boolean, 0);
            case 'n': return read_word(into, "null", Type::Null, 0);
            default: return read_number(into);
        }
    }

    void read_word(JsonValue& into, std::string_view word, Type type, std::uint64_t number) {
        if (!m_text.substr(m_at).starts_with(word)) return bad();
        m_at += word.size();
        into.type = type;
        into.number = number;
    }

    void read_container(JsonValue& into, std::size_t depth) {
        if (depth == max_json_depth) return stop("nested too deep");
        into.type = take('{') ? Type::Object : Type::Array;
        if (into.type == Type::Array) ++m_at;
        const char end = into.type == Type::Object ? '}' : ']';
        skip_space();
        if (take(end)) return;
        do {
            JsonValue& item = into.items.emplace_back();
            if (into.type == Type::Object) read_name(item);
            if (!m_error) read_value(item, depth + 1);
            skip_space();
        } while (!m_error && take(','));
        if (!take(end)) return bad();
        if (into.type == Type::Object) sort_members(into);
    }

    void read_name(JsonValue& item) {
        skip_space();
        if (peek() != '"') return bad();
        item.name = read_string();
        skip_space();
        if (!take(':')) bad();
    }

    void sort_members(JsonValue& object) {
        heap_sort(object.items, {}, &JsonValue::name);
        const auto twice = std::ranges::adjacent_find(object.items, {}, &JsonValue::name);
        if (twice != object.items.end()) stop("the member '" + twice->name.substr(0, 40) + "' stands twice");
    }

    void skip_digits() noexcept {
        while (is_digit(peek())) ++m_at;
    }

    // -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?, of which only whole numbers of 64 bits are let through.
    void read_number(JsonValue& into) {
        const std::size_t begin = m_at;
        const bool negative = take('-');
        const std::size_t first = m_at;
        skip_digits();
        const std::string_view digits = m_text.substr(first, m_at - first);
        if (digits.empty() || (digits.size() > 1 && digits[0] == '0')) return bad();
        bool whole = true;
        if (take('.')) whole = read_more_digits();
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (!take('+')) take('-');
            whole = read_more_digits();
        }
        if (!whole || !read_whole(into, digits, negative))
            stop("a number with a fraction or beyond 64 bits: " + std::string{m_text.substr(begin, std::min<std::size_t>(m_at - begin, 40))});
    }
    bool read_more_digits() {
        if (!is_digit(peek())) bad();
        skip_digits();
        return false;
    }
    static bool read_whole(JsonValue& into, std::string_view digits, bool negative) noexcept {
        std::uint64_t number = 0;
        for (const char c : digits) {
            const auto digit = static_cast<std::uint64_t>(c - '0');
            if (number > (UINT64_MAX - digit) / 10) return false;
            number = number * 10 + digit;
        }
        constexpr std::uint64_t lowest = std::uint64_t{1} << 63;
        if (negative && number > lowest) return false;
        into.type = negative && number > 0 ? Type::Negative : Type::Unsigned;
        into.number = number;
        return true;
    }

    std::string read_string() {
        std::string out;
        ++m_at;  // the quote
        while (!m_error) {
            if (m_at == m_text.size() || static_cast<unsigned char>(peek()) < 0x20) {
                bad();
            } else if (take('"')) {
                break;
            } else if (take('\\')) {
                read_escape(out);
            } else {
                out += m_text[m_at++];
            }
        }
        return out;
    }
    void read_escape(std::string& out) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (take('u')) return read_code_point(out);
        const std::size_t which = m_at < m_text.size() ? letters.find(peek()) : std::string_view::npos;
        if (which == std::string_view::npos) return bad();
        ++m_at;
        out += meanings[which];
    }
    // RFC 8259 section 7: what is beyond the basic plane is written as a pair of surrogates; a half of one is nothing.
    void read_code_point(std::string& out) {
        std::uint32_t point = read_four_digits();
        if (point >= 0xDC00 && point <= 0xDFFF) return bad();
        if (point >= 0xD800 && point <= 0xDBFF) {
            if (!take('\\') || !take('u')) return bad();
            const std::uint32_t low = read_four_digits();
            if (low < 0xDC00 || low > 0xDFFF) return bad();
            point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        }
        if (!m_error) append_utf8(out, point);
    }
    std::uint32_t read_four_digits() {
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = peek();
            const char lower = static_cast<char>(c | 0x20);
            if (is_digit(c)) value = value * 16 + static_cast<std::uint32_t>(c - '0');
            else if (lower >= 'a' && lower <= 'f') value = value * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
            else return bad(), 0;
            ++m_at;
        }
        return value;
    }

    std::string_view m_text;
    std::size_t m_at{};
    std::optional<Error> m_error{};
};

// "Strings are quoted; only the quote and the backslash are escaped, with a backslash."
void append_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

// The depth is bounded by the parser above.
void append_value(std::string& out, const JsonValue& value) {
    const bool is_object = value.is(Type::Object);
    switch (value.type) {
        case Type::Null: out += "null"; return;
        case Type::Boolean: out += value.number != 0 ? "true" : "false"; return;
        case Type::Negative: out += '-'; [[fallthrough]];
        case Type::Unsigned: out += std::to_string(value.number); return;
        case Type::Text: return append_string(out, value.text);
        case Type::Array:
        case Type::Object: break;
    }
    out += is_object ? '{' : '[';
    for (const JsonValue& item : value.items) {
        if (&item != value.items.data()) out += ',';
        if (is_object) {
            append_string(out, item.name);
            out += ':';
        }
        append_value(out, item);
    }
    out += is_object ? '}' : ']';
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view wanted) const noexcept {
    if (type != Type::Object) return nullptr;
    const auto found = std::ranges::lower_bound(items, wanted, {}, &JsonValue::name);
    return found != items.end() && found->name == wanted ? &*found : nullptr;
}

Result<JsonValue> read_json(ByteView text, std::size_t max_bytes) {
    if (text.size() > max_bytes) return fail(ErrorCode::TufTooLarge, max_bytes);
    const std::string_view characters = as_text(text);
    if (const auto wrong = find_invalid_utf8(characters)) return fail(ErrorCode::TufBadJson, *wrong);
    return Reader(characters).read_document();
}

std::string canonical_json(const JsonValue& value) {
    std::string out;
    append_value(out, value);
    return out;
}

}  // namespace pipa::tuf
