#include "pipa/input/scanned_texts.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/utf8.hpp"
#include "host/files.hpp"
#include "host/pictures.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

using Texts = Result<std::vector<InputText>>;

void add(std::vector<InputText>& texts, const std::string& source, std::string_view raw) {
    for (const std::string& one : texts_of_line(raw)) {
        ScannedText read = read_scanned_text(one);
        texts.push_back({.source = source, .kind = read.kind, .text = std::move(read.text), .filled_in = read.filled_in});
    }
}

bool is_ours(const InputText& found) {
    if (found.kind == TextKind::WrongLayout) return true;
    const auto parsed = parse_qr_text(found.text);
    return parsed.has_value() || parsed.error().code != ErrorCode::QrTextNotOurs;
}

Texts texts_of_picture(ByteView file, const std::string& name) {
    const auto picture = decode_grey_picture(file);
    if (!picture) return std::unexpected(picture.error());
    const auto codes = read_codes(picture->view(), Effort::Thorough);
    if (!codes) return std::unexpected(codes.error());
    if (codes->empty()) return fail(ErrorCode::ImageNoCode);
    if (codes->size() >= max_codes_per_photo) return fail(ErrorCode::ImageManyCodes);
    std::vector<InputText> texts;
    for (const ScannedCode& code : *codes)
        // A code that is no text belongs to somebody else; its bytes must not reach a terminal.
        add(texts, name, is_utf8(as_text(code.content)) ? text_of(code) : std::string{});
    const auto ours_end = std::ranges::stable_partition(texts, is_ours).begin();
    const auto ours = static_cast<std::size_t>(ours_end - texts.begin());
    if (ours == 0) return texts;
    for (InputText& text : texts) text.others = texts.size() - ours;
    texts.resize(ours);
    return texts;
}

Texts texts_of_lines(ByteView content, const std::string& name) {
    std::vector<InputText> texts;
    for (const FileText& one : texts_of_file(as_text(content))) {
        const std::string source = "line " + std::to_string(one.line) + " of " + name;
        if (!is_utf8(one.text)) return fail(ErrorCode::Utf8Invalid, {}, source);
        add(texts, source, one.text);
    }
    if (texts.empty()) return fail(ErrorCode::FileUnreadable, {}, "there is nothing in it");
    return texts;
}

Texts texts_of_content(ByteView content, const std::string& name) {
    return looks_like_picture(content) ? texts_of_picture(content, name) : texts_of_lines(content, name);
}

// A mistyped file name must not be judged as if it were what a code says.
bool looks_like_file_name(std::string_view argument) noexcept {
    static constexpr std::array endings = {".png", ".jpg", ".jpeg", ".pgm", ".txt", ".csv", ".PNG", ".JPG", ".JPEG"};
    const bool ends_so = std::ranges::any_of(endings, [argument](std::string_view ending) { return argument.ends_with(ending); });
    return ends_so && argument.find("://") == std::string_view::npos;
}

Texts scan(const std::string& argument) {
    if (argument == "-") {
        const auto content = read_standard_input();
        if (!content) return std::unexpected(content.error());
        return texts_of_content(*content, "standard input");
    }
    std::error_code ignored;
    if (std::filesystem::exists(argument, ignored) || looks_like_file_name(argument)) {
        const auto content = read_file(argument);
        if (!content) return std::unexpected(content.error());
        return texts_of_content(*content, argument);
    }
    if (const auto wrong = find_invalid_utf8(argument)) return fail(ErrorCode::Utf8Invalid, *wrong);
    std::vector<InputText> texts;
    add(texts, {}, argument);
    return texts;
}

}  // namespace

ScanOutcome scan_argument(const std::string& argument) { return {argument, scan(argument)}; }

}  // namespace pipa
