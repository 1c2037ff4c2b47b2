#include "pipa/field/text_encoding.hpp"

#include <iconv.h>

#include <array>

#include "base/utf8.hpp"

namespace pipa {
namespace {

class Converter {
public:
    Converter() : m_handle(::iconv_open("UTF-8", "GB18030")) {}
    ~Converter() {
        if (usable()) ::iconv_close(m_handle);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    Result<std::string> convert(ByteView content) {
        if (!usable()) return fail(ErrorCode::ImportBadEncoding, {}, "gb18030");
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
            if (left == before && room == block.size()) return fail(ErrorCode::ImportBadEncoding, in.size() - left, "gb18030");
        }
        return out;
    }

private:
    [[nodiscard]] bool usable() const noexcept { return m_handle != reinterpret_cast<iconv_t>(-1); }
    iconv_t m_handle;
};

}  // namespace

bool is_known_encoding(std::string_view name) noexcept { return name == "utf-8" || name == "gb18030"; }

Result<std::string> to_utf8(ByteView content, std::string_view encoding) {
    if (encoding == "gb18030") return Converter{}.convert(content);
    if (const auto wrong = find_invalid_utf8(as_text(content))) return fail(ErrorCode::ImportBadEncoding, *wrong, "utf-8");
    return std::string{as_text(content)};
}

}  // namespace pipa
