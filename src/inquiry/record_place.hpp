// From a code or a number to the record behind it: which lots file (record/lots_file.hpp) to ask for. Pure; shells fetch.
#pragma once

#include "record/lots_file.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

[[nodiscard]] std::uint8_t lots_share_of(std::string_view certificate_number) noexcept;  // first byte of SHA-256
[[nodiscard]] std::string lots_file_name(std::uint8_t share);                            // "3f"

struct RecordPlace {
    std::string number{};  // of the certificate; empty where there is no record to ask for
    bool typed{};          // the text was a number, no code
    std::string file{};    // "3f"; "tangqi/3f" where the signer's certificates are in a delegated store, which is known with the trust
};
// `text` is what a code says, or what somebody typed: a certificate number in either case. A till's barcode is neither.
[[nodiscard]] RecordPlace record_place_of(std::string_view text, const TrustStore& trust);

// What a person or a label printer's plain barcode may give: letters and digits that look like a certificate number and like no
// other code. Upper case.
[[nodiscard]] bool looks_like_number(std::string_view text);

}  // namespace pipa
