#include "app/typed_input.hpp"

#include <utility>

namespace pipa::kiosk {

std::optional<TypedText> TypedInput::character(std::string_view utf8, std::int64_t pressed_ms) {
    std::optional<TypedText> before;
    if (m_characters > 0 && pressed_ms - m_last_ms > max_scanner_gap_ms) before = take(false);
    if (m_characters == 0) m_first_ms = pressed_ms;
    m_last_ms = pressed_ms;
    ++m_characters;
    if (m_text.size() + utf8.size() <= max_scanned_bytes) m_text += utf8;
    return before;
}

TypedText TypedInput::enter(std::int64_t pressed_ms) {
    m_last_ms = pressed_ms;
    return take(true);
}

std::optional<TypedText> TypedInput::flush(std::int64_t now_ms) {
    if (m_characters == 0 || now_ms - m_last_ms < burst_silence_ms) return {};
    return take(false);
}

std::optional<std::int64_t> TypedInput::due_ms() const {
    if (m_characters == 0) return {};
    return m_last_ms + burst_silence_ms;
}

TypedText TypedInput::take(bool enter) {
    const auto gaps = static_cast<std::int64_t>(m_characters);
    const bool fast = m_characters >= min_scanned_characters && m_last_ms - m_first_ms <= gaps * max_scanner_gap_ms;
    TypedText out{.by_scanner = fast, .ended_by_enter = enter, .text = std::exchange(m_text, {})};
    forget();
    return out;
}

}  // namespace pipa::kiosk
