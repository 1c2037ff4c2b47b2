#include "app/utf8_walk.hpp"

#include "base/utf8.hpp"

namespace pipa::kiosk {

CodePoint first_code_point(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const char32_t lead = byte(0);
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (size == 1 && lead < 0x80) return {lead, 1};
    if (size > text.size() || !is_utf8(text.substr(0, size))) return {0xFFFD, 1};
    char32_t value = lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) value = value << 6 | (byte(i) & 0x3F);
    return {value, size};
}

}  // namespace pipa::kiosk
