// Where in a certificate's bytes each field stands, what it means, and who vouches for it.
#pragma once

#include "page/view.hpp"

namespace pipa {

struct MappedField {
    std::size_t offset{};  // in the message, with the field's key
    std::size_t length{};
    std::string name{};        // "promise.quantity"
    std::string diagnostic{};  // CBOR diagnostic notation (RFC 8949 section 8), "3: [2500, 1, 120, 1]"
    std::string meaning{};     // in the catalogue's language where the catalogue knows it
    std::string voucher{};     // id of one of the view's vouchers; empty for the envelope itself
};

// `judgement` has a certificate, which `message` is. In the order of the bytes.
[[nodiscard]] std::vector<MappedField> map_message(ByteView message, const Judgement& judgement, const View& view,
                                                   const TrustStore& trust, const Catalogue& catalogue);

// Lines of sixteen bytes around an offset, and a line that points at it.
[[nodiscard]] std::string hex_excerpt(ByteView message, std::size_t offset);
// The text around an offset, and a line that points at it.
[[nodiscard]] std::string text_excerpt(std::string_view text, std::size_t offset);

}  // namespace pipa
