// What fuzz_bridge does, as bytes: one a call, and its arguments behind it. Seeds are written with the same names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "base/bytes.hpp"

namespace pipa::fuzz {

enum class Call : std::uint8_t {
    NewSession,    // which anchor
    AddCatalogue,  // which language, content
    Restore,       // content
    TakeState,     // content
    AskAgain,
    TakeTrust,     // arrival, content
    Ask,           // which text (text_given: of this length), hours since the site's day
    Wanted,
    Answer,        // which of what is wanted (past the end: a name of this length), arrival, content
    AnswerAll,     // with the site's own files
    View,          // in which language
    Close,         // the inquiry
    Status,
    TextsOfLine,   // content
    CheckPin,      // language, content
    NewLesson,
    OpenLesson,    // language, content
    ShowLesson,    // language, content as the article's id
    Cheat,         // language, which field, value
    LookAhead,     // content as a bundle
    Portal,        // language, content as what is around
    Report,        // language, content as a word
    Compare,       // language, content as another text
    count,
};

// How content is told: a file of the site by its place, the same with one byte changed (where: 16 bits), or bytes that follow (length: 16 bits).
enum class Content : std::uint8_t { OfSite, Changed, Given, OwnState, count };

constexpr std::uint8_t text_given = 0xFF;

class Calls {  // writes them
public:
    Calls& call(Call what, std::initializer_list<unsigned> arguments = {}) {
        m_bytes.push_back(static_cast<std::uint8_t>(what));
        for (const unsigned one : arguments) m_bytes.push_back(static_cast<std::uint8_t>(one));
        return *this;
    }
    Calls& file(std::size_t place) { return add(Content::OfSite).add(place); }
    Calls& changed(std::size_t place, std::size_t at) { return add(Content::Changed).add(place).add(at & 0xFF).add(at >> 8); }
    Calls& given(ByteView bytes) {
        add(Content::Given).add(bytes.size() & 0xFF).add(bytes.size() >> 8);
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
        return *this;
    }
    Calls& own_state() { return add(Content::OwnState); }
    [[nodiscard]] const Bytes& bytes() const noexcept { return m_bytes; }

private:
    template <typename Number>
    Calls& add(Number number) {
        m_bytes.push_back(static_cast<std::uint8_t>(number));
        return *this;
    }
    Bytes m_bytes{};
};

}  // namespace pipa::fuzz
