#include "base/error.hpp"

#include <iterator>

namespace pipa {
namespace {

using namespace std::literals;

// Two lists in the same order, so that what asks for names alone, as the phone's module does, carries no messages.
constexpr ErrorCode codes[] = {
#define PIPA_ERROR(name, number, text, message) ErrorCode::name,
#include "base/error_codes.def"
#undef PIPA_ERROR
};
constexpr std::string_view names =
#define PIPA_ERROR(name, number, text, message) text "\0"
#include "base/error_codes.def"
#undef PIPA_ERROR
    ""sv;

constexpr std::string_view messages[] = {
#define PIPA_ERROR(name, number, text, message) message,
#include "base/error_codes.def"
#undef PIPA_ERROR
};

std::size_t place_of(ErrorCode code) noexcept {
    std::size_t at = 0;
    while (at < std::size(codes) && codes[at] != code) ++at;
    return at;
}

}  // namespace

Detail::Detail(std::string_view text) noexcept {
    static constexpr std::string_view cut = "...";
    std::size_t size = text.size();
    if (size > max_bytes) {
        size = max_bytes - cut.size();
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;  // inside a character (UTF-8)
    }
    const std::size_t copied = text.copy(m_text, size);
    const std::size_t marks = copied < text.size() ? cut.copy(m_text + copied, cut.size()) : 0;
    m_size = static_cast<std::uint8_t>(copied + marks);
}

Detail& Detail::operator+=(std::string_view more) {
    *this = std::string{view()}.append(more);
    return *this;
}

std::unexpected<Error> fail(ErrorCode code, std::optional<std::size_t> byte_offset, std::string_view detail) {
    return std::unexpected(Error{code, byte_offset, detail});
}

std::string_view code_name(ErrorCode code) noexcept {
    std::string_view rest = names;
    const std::size_t place = place_of(code);
    if (place == std::size(codes)) return "unknown";
    for (std::size_t skip = place; skip > 0; --skip) rest.remove_prefix(rest.find('\0') + 1);
    return rest.substr(0, rest.find('\0'));
}

std::string_view code_message(ErrorCode code) noexcept {
    const std::size_t place = place_of(code);
    return place == std::size(codes) ? "unknown error" : messages[place];
}

std::string to_string(const Error& error) {
    std::string text{code_name(error.code)};
    if (error.byte_offset) text += " at byte " + std::to_string(*error.byte_offset);
    text += ": ";
    text += code_message(error.code);
    if (!error.detail.empty()) text += " (" + error.detail + ")";
    return text;
}

}  // namespace pipa
