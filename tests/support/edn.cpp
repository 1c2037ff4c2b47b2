#include "support/edn.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "base/hex.hpp"

namespace pipa::test {
namespace {

using Names = std::map<std::string, Edn, std::less<>>;
enum Major : unsigned { unsigned_major, negative_major, bytes_major, text_major, array_major, map_major, tag_major, simple_major };

class Encoder {
public:
    Encoder(std::string_view text, const Names& names) : m_text(text), m_names(names) {}

    Edn whole() {
        Edn out;
        item(out);
        skip_blanks();
        if (m_at != m_text.size()) complain("something after the item");
        return out;
    }

private:
    [[noreturn]] void complain(const std::string& what) const {
        throw std::runtime_error("diagnostic notation at " + std::to_string(m_at) + ": " + what + " in " + std::string{m_text});
    }

    void skip_blanks() {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n')) ++m_at;
    }
    bool take(std::string_view word) {
        skip_blanks();
        if (!m_text.substr(m_at).starts_with(word)) return false;
        m_at += word.size();
        return true;
    }
    void need(std::string_view word) {
        if (!take(word)) complain("expected " + std::string{word});
    }
    // Everything up to `end`, which is skipped.
    std::string_view until(std::string_view end) {
        const std::size_t stop = m_text.find(end, m_at);
        if (stop == std::string_view::npos) complain("expected " + std::string{end});
        const std::string_view inside = m_text.substr(m_at, stop - m_at);
        m_at = stop + end.size();
        return inside;
    }

    // "_1": how many bytes the argument takes, as a power of two; empty where the shortest is meant.
    std::optional<unsigned> indicator() {
        const bool given = m_at + 1 < m_text.size() && m_text[m_at] == '_' && m_text[m_at + 1] >= '0' && m_text[m_at + 1] <= '3';
        if (!given) return {};
        m_at += 2;
        return static_cast<unsigned>(m_text[m_at - 1] - '0');
    }

    static void big_endian(Edn& out, std::uint64_t value, unsigned bytes) {
        for (unsigned i = bytes; i-- > 0;) out.bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    static void head(Edn& out, unsigned major, std::uint64_t argument, std::optional<unsigned> width) {
        if (!width && argument < 24) return out.bytes.push_back(static_cast<std::uint8_t>(major << 5 | argument));
        if (!width) width = argument > 0xFFFFFFFF ? 3 : argument > 0xFFFF ? 2 : argument > 0xFF ? 1 : 0;
        out.bytes.push_back(static_cast<std::uint8_t>(major << 5 | (24 + *width)));
        big_endian(out, argument, 1U << *width);
    }
    static void append(Edn& out, const Edn& part) {
        if (part.mark) out.mark = out.bytes.size() + *part.mark;
        out.bytes.insert(out.bytes.end(), part.bytes.begin(), part.bytes.end());
    }

    void item(Edn& out) {
        if (take("@")) out.mark = out.bytes.size();
        if (take("<<")) return embedded(out);
        if (take("(_")) return chunks(out);
        if (take("[")) return container(out, array_major, "]");
        if (take("{")) return container(out, map_major, "}");
        if (take("\"")) return text(out);
        if (take("h'")) return string(out, bytes_major, hex(until("'")));
        if (take("raw'")) return append(out, {hex(until("'")), {}});
        if (take("'")) return string(out, bytes_major, to_bytes(as_bytes(until("'"))));
        if (take("$")) return named(out);
        if (word(out)) return;
        number(out);
    }

    Bytes hex(std::string_view digits) {
        auto bytes = from_hex(digits);
        if (!bytes) complain("bad hexadecimal");
        return std::move(*bytes);
    }

    void string(Edn& out, unsigned major, const Bytes& content) {
        head(out, major, content.size(), indicator());
        out.bytes.insert(out.bytes.end(), content.begin(), content.end());
    }
    void text(Edn& out) {
        std::string content;
        for (; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\') ++m_at;
            if (m_at < m_text.size()) content += m_text[m_at];
        }
        need("\"");
        string(out, text_major, to_bytes(as_bytes(content)));
    }

    void embedded(Edn& out) {
        Edn inside;
        if (!take(">>")) {
            do item(inside);
            while (take(","));
            need(">>");
        }
        head(out, bytes_major, inside.bytes.size(), indicator());
        append(out, inside);
    }

    void chunks(Edn& out) {
        Edn inside;
        do item(inside);
        while (take(","));
        need(")");
        out.bytes.push_back(static_cast<std::uint8_t>((inside.bytes.at(0) & 0xE0) | 31));
        append(out, inside);
        out.bytes.push_back(0xFF);
    }

    void container(Edn& out, unsigned major, std::string_view close) {
        const auto width = indicator();
        const bool indefinite = !width && take("_");
        Edn inside;
        std::uint64_t count = 0;
        if (!take(close)) {
            do {
                item(inside);
                if (major == map_major) need(":"), item(inside);
                ++count;
            } while (take(","));
            need(close);
        }
        if (indefinite) out.bytes.push_back(static_cast<std::uint8_t>(major << 5 | 31));
        else head(out, major, count, width);
        append(out, inside);
        if (indefinite) out.bytes.push_back(0xFF);
    }

    void named(Edn& out) {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && (std::isalnum(static_cast<unsigned char>(m_text[m_at])) != 0 || m_text[m_at] == '_')) ++m_at;
        const auto found = m_names.find(m_text.substr(start, m_at - start));
        if (found == m_names.end()) complain("unknown name");
        append(out, found->second);
    }

    bool word(Edn& out) {
        static constexpr std::array<std::string_view, 4> simple = {"false", "true", "null", "undefined"};
        for (unsigned i = 0; i < simple.size(); ++i)
            if (take(simple[i])) return head(out, simple_major, 20 + i, {}), true;
        if (take("simple(")) {
            const auto number = std::stoull(std::string{until(")")});
            return head(out, simple_major, number, indicator()), true;
        }
        if (take("NaN")) return real(out, NAN, 3), true;
        if (take("Infinity")) return real(out, INFINITY, 3), true;
        if (take("-Infinity")) return real(out, -INFINITY, 3), true;
        return false;
    }

    static void real(Edn& out, double value, unsigned width) {
        out.bytes.push_back(static_cast<std::uint8_t>(simple_major << 5 | (24 + width)));
        if (width == 2) return big_endian(out, std::bit_cast<std::uint32_t>(static_cast<float>(value)), 4);
        big_endian(out, std::bit_cast<std::uint64_t>(value), 8);
    }

    void number(Edn& out) {
        skip_blanks();
        const bool negative = take("-");
        const std::size_t start = m_at;
        m_at = std::min(m_text.find_first_not_of("0123456789.", m_at), m_text.size());
        const std::string digits{m_text.substr(start, m_at - start)};
        if (digits.empty()) complain("expected an item");
        const auto width = indicator();
        if (digits.find('.') != std::string::npos) return real(out, (negative ? -1 : 1) * std::stod(digits), width.value_or(3));
        // -2^64 is the lowest integer of CBOR, and its digits do not fit a 64-bit number.
        if (digits == "18446744073709551616" && negative) return head(out, negative_major, UINT64_MAX, width);
        const std::uint64_t value = std::stoull(digits);
        if (!negative && take("(")) {
            head(out, tag_major, value, width);
            item(out);
            return need(")");
        }
        head(out, negative ? negative_major : unsigned_major, negative ? value - 1 : value, width);
    }

    std::string_view m_text;
    const Names& m_names;
    std::size_t m_at = 0;
};

}  // namespace

Edn encode_edn(std::string_view text, const Names& names) { return Encoder(text, names).whole(); }

}  // namespace pipa::test
