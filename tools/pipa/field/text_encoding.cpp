#include "pipa/field/text_encoding.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace pipa {
namespace {

class Converter {
public:
    explicit Converter(const char* from) : m_name(from), m_handle(::iconv_open("UTF-8", from)) {}
    ~Converter() {
        if (usable()) ::iconv_close(m_handle);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    Result<std::string> convert(ByteView content) {
        if (!usable()) return fail(ErrorCode::ImportBadEncoding, {}, m_name);
        std::string in{as_text(content)};
        std::string out;
        char* from = in.data();
        std::size_t left = in.size();
        while (left > 0) {
            std::array<char, 4096> block{};
            char* to = block.data();
            std::size_t room = block.size();
            const std::size_t before = left;
            (void)::iconv(m_handle, &from, &left, &to, &room);
            out.append(block.data(), block.size() - room);
            if (left == before && room == block.size()) return fail(ErrorCode::ImportBadEncoding, in.size() - left, m_name);
        }
        return out;
    }

private:
    [[nodiscard]] bool usable() const noexcept { return m_handle != reinterpret_cast<iconv_t>(-1); }
    const char* m_name;
    iconv_t m_handle;
};

struct Mark {
    std::string_view bytes;
    const char* encoding;
};
constexpr std::array marks = {Mark{"\xEF\xBB\xBF", "UTF-8"}, Mark{"\xFF\xFE", "UTF-16LE"}, Mark{"\xFE\xFF", "UTF-16BE"}};

const Mark* mark_of(std::string_view text) {
    const auto found = std::ranges::find_if(marks, [&](const Mark& mark) { return text.starts_with(mark.bytes); });
    return found == marks.end() ? nullptr : &*found;
}

// What is no text at all, in words that help.
std::string_view other_kind(std::string_view text) {
    if (text.starts_with("PK\x03\x04")) return "an Excel workbook; make a table of it: soffice --headless --convert-to csv:\"Text - txt - csv (StarCalc)\":44,34,76 FILE.xlsx";
    if (text.starts_with("\xD0\xCF\x11\xE0")) return "an old Excel workbook; make a table of it: soffice --headless --convert-to csv:\"Text - txt - csv (StarCalc)\":44,34,76 FILE.xls";
    if (text.starts_with("<html") || text.starts_with("<!DOCTYPE") || text.starts_with("<?xml")) return "a web page or XML; open it in a spreadsheet and save it as CSV";
    return {};
}

// Chinese in UTF-8 is made of sequences of three bytes, which Chinese in GB 18030 hardly ever forms by chance.
bool looks_like_damaged_utf8(std::string_view text) {
    std::size_t whole = 0, broken = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_sequence(text, at);
        whole += length >= 3;
        broken += length == 0;
        at += std::max<std::size_t>(length, 1);
    }
    return whole > broken;
}

}  // namespace

bool is_known_encoding(std::string_view name) noexcept { return name == "utf-8" || name == "gb18030" || name == "utf-16"; }

Result<std::string> to_utf8(ByteView content, std::string_view encoding) {
    const std::string_view text = as_text(content);
    const Mark* mark = mark_of(text);
    if (mark != nullptr && std::string_view{mark->encoding} != "UTF-8" && (encoding.empty() || encoding == "utf-16"))
        return Converter{mark->encoding}.convert(content.subspan(mark->bytes.size()));
    if (encoding == "utf-16") return Converter{"UTF-16LE"}.convert(content);
    if (encoding == "gb18030") return Converter{"GB18030"}.convert(content);
    const auto wrong = find_invalid_utf8(text);
    if (!wrong) return std::string{text};
    if (encoding == "utf-8" || mark != nullptr || looks_like_damaged_utf8(text)) return fail(ErrorCode::ImportBadEncoding, *wrong, "utf-8");
    return Converter{"GB18030"}.convert(content);
}

Result<std::string> table_text(ByteView content, std::string_view encoding) {
    if (const std::string_view kind = other_kind(as_text(content)); !kind.empty()) return fail(ErrorCode::ImportBadEncoding, {}, kind);
    return to_utf8(content, encoding);
}

}  // namespace pipa
