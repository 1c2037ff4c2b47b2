// A certificate as a user names it.
// Errors: file.*, dossier.*.
#pragma once

#include <filesystem>

#include "judge/judge.hpp"

namespace pipa {

// The number of the certificate behind a code; empty where it holds none.
[[nodiscard]] std::string certificate_number_of(std::string_view qr_text);

// The certificate as a user names it: what its code says, or a file with that text or with the signed message.
[[nodiscard]] Result<Bytes> certificate_argument(const std::string& text_or_path);

}  // namespace pipa
