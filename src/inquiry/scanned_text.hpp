// The front door of every face: whatever was scanned, typed or pasted comes through here before anything else looks at it.
//
// A code reaches us changed by what lies between: a scanner's prefixes and its keyboard layout, CapsLock, messengers that
// add a query, blanks and words, editors that add a byte order mark, Chinese keyboards with wide signs. All that can be
// undone exactly is undone (text_cleaning.hpp, scanned_link.hpp, keyboard_layouts.hpp); digits are never dropped,
// invented or changed, so that a wrong guess ends as a signature that does not fit. Pure; nothing is opened or judged.
// Source: reports about comparable systems, one row each in tests/vectors/scanned_text.json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pipa {

// Longer input is cut here before anything else: twice what the largest QR code holds (wire/qr_text.hpp).
inline constexpr std::size_t max_scanned_text_bytes = 8192;

enum class TextKind : std::uint8_t {
    Code,         // looks like one of our links, or their digits alone; they may be incomplete or damaged
    Number,       // a certificate number
    Other,        // somebody else's code, or words
    WrongLayout,  // what a scanner typed, garbled beyond undoing: it is set to another keyboard than the computer
    Empty,        // nothing but blanks and characters that nobody sees
};

struct ScannedText {
    TextKind kind{TextKind::Empty};
    // Code: what parse_qr_text reads, in one form: "HTTPS://HOST/C#<digits>" (the scheme as it was), "HTTPS://HOST/01/<gtin>/10/<lot>#<digits>" or
    // the digits alone. Number: in upper case. Else the text without scanners' prefixes, hidden characters and outer
    // blanks; where it is not UTF-8 (Other), the bytes as they are. Empty: empty.
    std::string text{};
    // Behind the code stands another of ours that differs. texts_of_line gives each, and no face may be silent about it.
    bool more{};
    // Read with parts filled in (base/filled_in.hpp).
    bool filled_in{};

    friend bool operator==(const ScannedText&, const ScannedText&) = default;
};

[[nodiscard]] ScannedText read_scanned_text(std::string_view raw);

// One text for each of our links in `line`, with the words around it; the line itself where there are fewer than two.
[[nodiscard]] std::vector<std::string> texts_of_line(std::string_view line);

struct FileText {
    std::string text{};  // for read_scanned_text
    std::size_t line{};  // where it begins, from 1
};
// The texts of a file with one on a line: LF, CRLF or CR; a byte order mark; UTF-16 where its mark says so; empty lines
// between; several links on a line. Digits that go on in the next lines belong to the line before unless that one is
// whole. Bytes that are not UTF-8 stay as they are.
[[nodiscard]] std::vector<FileText> texts_of_file(std::string_view content);

}  // namespace pipa
