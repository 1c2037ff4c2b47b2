// Telling a USB scanner from a person. Both are keyboards; but a scanner types a whole code in a burst, a few
// milliseconds a key, and ends it with Enter or Tab. A person's two keys are never that close for long.
//
// Times are those at which the keys were pressed, not when somebody came to look at them.
// Keys are held back while a burst may still be going on (a person does not notice), then come out as one scanned
// text or as keys pressed by hand. Pure; the caller asks due_ms() when to call flush().
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pipa::kiosk {

inline constexpr std::int64_t max_scanner_gap_ms = 40;      // between two keys of one burst
inline constexpr std::int64_t burst_silence_ms = 90;        // after which a burst without Enter is over
inline constexpr std::size_t min_scanned_characters = 6;    // shorter than any code there is
inline constexpr std::size_t max_scanned_bytes = 8192;      // as inquiry/scanned_text.hpp; what comes beyond is dropped

struct TypedText {
    bool by_scanner{};
    bool ended_by_enter{}; // for keys pressed by hand: the last one was Enter
    std::string text{};
};

class TypedInput {
public:
    // A printable character. What came before and is now known to be over is returned.
    [[nodiscard]] std::optional<TypedText> character(std::string_view utf8, std::int64_t pressed_ms);
    // Enter or Tab.
    [[nodiscard]] TypedText enter(std::int64_t pressed_ms);
    [[nodiscard]] std::optional<TypedText> flush(std::int64_t now_ms);
    [[nodiscard]] std::optional<std::int64_t> due_ms() const;
    void forget() { *this = {}; }

private:
    [[nodiscard]] TypedText take(bool enter);

    std::string m_text{};
    std::size_t m_characters{};
    std::int64_t m_first_ms{};
    std::int64_t m_last_ms{};
};

}  // namespace pipa::kiosk
