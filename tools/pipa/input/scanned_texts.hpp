// What to look at, as a user names it: a QR text itself, a picture, a file of texts, or '-' for texts from a pipe. Every text
// comes through inquiry/scanned_text.hpp, and one that holds several of our links counts as several.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "inquiry/scanned_text.hpp"

namespace pipa {

struct InputText {
    std::string source{};   // "labels/c01.png", "line 3 of standard input", or empty for a text given directly
    TextKind kind{};
    std::string text{};     // what inquiry/scanned_text.hpp made of it; always UTF-8
    bool filled_in{};       // base/filled_in.hpp
    std::size_t others{};   // codes of other systems that the same picture held, and that were left alone
};

struct ScanOutcome {  // of one argument; it may hold several codes
    std::string argument{};
    Result<std::vector<InputText>> texts{};  // never empty
};

// A picture with one of our codes yields ours alone; without any, all that it holds, so that they can be named.
// Errors: file.* (file.unreadable: there is nothing in it), image.*, utf8.invalid.
[[nodiscard]] ScanOutcome scan_argument(const std::string& argument);

}  // namespace pipa
