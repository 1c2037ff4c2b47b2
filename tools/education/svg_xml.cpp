#include "education/svg_xml.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace pipa::learn {
namespace {

constexpr std::size_t max_tags = 2000;
constexpr std::size_t max_attributes = 16;

bool is_blank(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_name(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':'; }

class TagReader {
public:
    explicit TagReader(std::string_view text) : m_text(text) {}

    Result<std::vector<SvgTag>> read() {
        std::vector<SvgTag> out;
        while (skip_to_tag()) {
            if (out.size() == max_tags) return refuse("too many elements");
            SvgTag tag;
            if (!read_tag(tag)) return refuse("not a plain element");
            const std::size_t next = std::min(m_text.find('<', m_at), m_text.size());
            tag.text = m_text.substr(m_at, next - m_at);
            if (tag.text.find('&') != std::string_view::npos) return refuse("entity");
            out.push_back(std::move(tag));
        }
        if (m_bad) return refuse("text or comment");
        return out;
    }

private:
    std::unexpected<Error> refuse(std::string detail) const { return fail(ErrorCode::LearnBadDrawing, m_at, std::move(detail)); }
    bool ahead(std::string_view what) const noexcept { return m_text.substr(m_at).starts_with(what); }
    void skip_blanks() {
        while (m_at < m_text.size() && is_blank(m_text[m_at])) ++m_at;
    }

    // Past comments, and past the text that belongs to the tag before.
    bool skip_to_tag() {
        for (;;) {
            m_at = std::min(m_text.find('<', m_at), m_text.size());
            if (m_at == m_text.size()) return false;
            if (!ahead("<!--")) return true;
            const std::size_t end = m_text.find("-->", m_at + 4);
            if (end == std::string_view::npos) return m_bad = true, false;
            m_at = end + 3;
        }
    }

    std::string_view name() {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && is_name(m_text[m_at])) ++m_at;
        return m_text.substr(start, m_at - start);
    }

    bool read_tag(SvgTag& tag) {
        tag.offset = m_at++;
        if (ahead("/")) {
            tag.closing = true;
            ++m_at;
        }
        tag.name = name();
        if (tag.name.empty()) return false;
        for (;;) {
            skip_blanks();
            if (ahead("/>") && !tag.closing) {
                tag.empty = true;
                m_at += 2;
                return true;
            }
            if (ahead(">")) {
                ++m_at;
                return true;
            }
            if (tag.closing || tag.attributes.size() == max_attributes || !read_attribute(tag)) return false;
        }
    }

    bool read_attribute(SvgTag& tag) {
        SvgAttribute out{.name = name()};
        if (out.name.empty() || !ahead("=\"")) return false;
        m_at += 2;
        const std::size_t end = m_text.find('"', m_at);
        if (end == std::string_view::npos) return false;
        out.value = m_text.substr(m_at, end - m_at);
        m_at = end + 1;
        const bool twice = std::ranges::any_of(tag.attributes, [&](const SvgAttribute& each) { return each.name == out.name; });
        if (twice || out.value.find_first_of("<&") != std::string_view::npos) return false;
        tag.attributes.push_back(out);
        return true;
    }

    std::string_view m_text;
    std::size_t m_at{};
    bool m_bad{};
};

}  // namespace

Result<std::vector<SvgTag>> read_svg_tags(std::string_view text) {
    if (text.size() > max_svg_bytes) return fail(ErrorCode::LearnTooLarge, max_svg_bytes);
    if (const auto bad = find_invalid_utf8(text)) return fail(ErrorCode::Utf8Invalid, *bad);
    return TagReader(text).read();
}

}  // namespace pipa::learn
