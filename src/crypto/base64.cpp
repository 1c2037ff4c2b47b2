#include "crypto/base64.hpp"

#include <sodium.h>

namespace pipa::crypto {

Result<Bytes> from_base64(std::string_view text, LineBreaks line_breaks) {
    Bytes bytes(text.size() / 4 * 3 + 3);
    std::size_t length = 0;
    const char* end = nullptr;
    const char* const ignored = line_breaks == LineBreaks::Ignore ? "\r\n" : nullptr;
    const int outcome = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), ignored, &length, &end,
                                          sodium_base64_VARIANT_ORIGINAL);
    const auto read = static_cast<std::size_t>(end - text.data());
    if (outcome != 0 || read != text.size()) return fail(ErrorCode::Base64Invalid, read);
    bytes.resize(length);
    return bytes;
}

std::string to_base64(ByteView bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the terminating zero
    return text;
}

}  // namespace pipa::crypto
