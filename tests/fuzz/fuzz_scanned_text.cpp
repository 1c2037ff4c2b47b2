// The tolerant front: any bytes get a kind; what is called ours has no more digits than came in, and is read again as the same.
#include <algorithm>

#include "base/utf8.hpp"
#include "fuzz/fuzz.hpp"
#include "inquiry/scanned_text.hpp"
#include "record/certificate.hpp"

using namespace pipa;

namespace {

std::size_t count_digits(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }));
}

}  // namespace

void fuzz_one(ByteView input) {
    const std::string_view raw = as_text(input);
    const ScannedText read = read_scanned_text(raw);
    fuzz::must((read.kind == TextKind::Empty) == read.text.empty() || !is_utf8(raw), "only nothing is empty");
    fuzz::must(read.text.size() <= raw.size() + std::string_view{"HTTPS://"}.size() + 1, "nothing is added but a scheme and a hash");
    if (read.kind == TextKind::Code) {
        const std::size_t hash = read.text.find('#');
        const std::string_view digits = std::string_view{read.text}.substr(hash == std::string::npos ? 0 : hash + 1);
        fuzz::must(count_digits(digits) <= code_points_of(raw).size(), "digits come from the input");
        fuzz::must(is_utf8(read.text) && !has_unprintable(read.text), "a code can be shown");
    }
    if (read.kind == TextKind::Number) fuzz::must(is_certificate_number(read.text), "a number has the form of one");
    if (read.kind == TextKind::Code || read.kind == TextKind::Number) {
        const ScannedText again = read_scanned_text(read.text);
        fuzz::must(again.kind == read.kind && again.text == read.text, "what was read is read again as the same");
    }
    std::size_t bytes = 0;
    for (const FileText& text : texts_of_file(raw)) bytes += text.text.size();
    fuzz::must(bytes <= 2 * raw.size() + 2, "a file's texts are no more than the file");
}
