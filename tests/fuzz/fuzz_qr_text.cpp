// QR text: what is read can be written and read again.
#include "base/base10.hpp"
#include "fuzz/fuzz.hpp"
#include "wire/qr_text.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const std::string_view text = as_text(input);
    const auto read = parse_qr_text(text);
    if (!read) {
        must(read.error().byte_offset.value() <= text.size(), "the offset lies in the text");
        return;
    }
    must(text.ends_with(to_base10(read->certificate)), "the digits are those of the certificate");
    if (read->host.empty()) return;
    must(is_host(read->host), "the host is a host");
    const auto again = parse_qr_text(make_qr_text(read->host, read->certificate));
    must(again.has_value(), "what is written is read");
    must(again->host == read->host && again->certificate == read->certificate, "what is written is what was read");
}
