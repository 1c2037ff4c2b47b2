// Finding one of our links (wire/qr_text.hpp) in a text, and writing it in its one form.
//
// What messengers and people do to a link is undone in a table of steps: letter case, the port that goes without saying, a
// query before the hash, index.html ... Digits are taken as they stand; blanks between them go, and they end where the signed
// message ends that they spell out, so that a telephone number behind a blank is not taken for more of them.
//
// Only the first address in a text is looked at, and never one inside another: a phone would open the first, and what it
// opens must be what is judged. Pure. Lifetimes: nothing is kept. Input: UTF-8 after text_cleaning's steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pipa {

enum class DigitsSeen : std::uint8_t { None, Some, Whole };  // Whole: they spell out one whole message

struct FoundLink {
    std::string canonical{};  // "HTTPS://HOST/C#<digits>"; without digits where the text had none
    std::size_t begin{};      // bytes in the text: where the link begins,
    std::size_t end{};        // and where its digits end
    DigitsSeen digits{};
};

// The link that the text is about.
[[nodiscard]] std::optional<FoundLink> find_link(std::string_view text);

// The same for what may be a link without words before it, only that something happened to it as a whole: percent-encoded,
// blanks inside scheme or host, scheme lost.
[[nodiscard]] std::optional<FoundLink> restore_link(std::string_view text);

// Every one of our links from `from` on, in order.
[[nodiscard]] std::vector<FoundLink> find_links(std::string_view text, std::size_t from = 0);

// The digits alone, without a link: at least a hundred of them (wire/qr_text.hpp). With Words::None nothing but blanks and ASCII
// punctuation may stand before them, or "C#"; with Words::Apart words too, if a blank, a colon or a Chinese character parts
// them from the digits. Never where what stands before may be an address. Empty: there are none.
enum class Words : std::uint8_t { None, Apart };
[[nodiscard]] std::string find_bare_digits(std::string_view text, Words words);

// Where an "http://" or "https://" begins, from `from` on; npos where none does.
[[nodiscard]] std::size_t find_address(std::string_view text, std::size_t from) noexcept;

}  // namespace pipa
