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

bool is_ours(const InputText& scanned) {
    const auto parsed = parse_qr_text(scanned.text);
    return parsed.has_value() || parsed.error().code != ErrorCode::QrTextNotOurs;
}

Texts texts_of_picture(ByteView file, const std::string& name) {
    const auto picture = decode_grey_picture(file);
    if (!picture) return std::unexpected(picture.error());
    const auto codes = read_codes(picture->view(), Effort::Thorough);
    if (!codes) return std::unexpected(codes.error());
    std::vector<InputText> texts;
    for (const ScannedCode& code : *codes)
        // A code that is no text belongs to somebody else; its bytes must not reach a terminal.
        texts.push_back({.source = name, .text = is_utf8(as_text(code.content)) ? std::string{as_text(code.content)} : std::string{}});
    if (texts.empty()) return fail(ErrorCode::ImageNoCode);
    const auto ours_end = std::ranges::stable_partition(texts, is_ours).begin();
    const auto ours = static_cast<std::size_t>(ours_end - texts.begin());
    if (ours == 0) return texts;
    for (InputText& text : texts) text.others = texts.size() - ours;
    texts.resize(ours);
    return texts;
}

Texts texts_of_lines(ByteView content, const std::string& name) {
    if (const auto wrong = find_invalid_utf8(as_text(content))) return fail(ErrorCode::Utf8Invalid, *wrong);
    std::vector<InputText> texts;
    std::string_view rest = as_text(content);
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
        if (!line.empty()) texts.push_back({.source = "line " + std::to_string(number) + " of " + name, .text = std::string{line}});
    }
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
    return std::vector{InputText{.text = argument}};
}

}  // namespace

ScanOutcome scan_argument(const std::string& argument) { return {argument, scan(argument)}; }

}  // namespace pipa
