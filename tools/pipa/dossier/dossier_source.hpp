// Where a command finds the dossier of a certificate: one file; a folder of <number>.dossier; or a site's folder lots/, which has
// proofs of the public log too.
// Errors: file.*, dossier.*, lots.*.
#pragma once

#include <filesystem>

#include "judge/judge.hpp"

namespace pipa {

// The number of the certificate behind a code; empty where it holds none.
[[nodiscard]] std::string certificate_number_of(std::string_view qr_text);

// The certificate as a user names it: what its code says, or a file with that text or with the signed message.
[[nodiscard]] Result<Bytes> certificate_argument(const std::string& text_or_path);

// Its record, ready to judge with: what cannot be read is said as a remark; only a path that does not exist is an error.
[[nodiscard]] Result<Evidence> find_evidence(const std::string& file_or_folder, std::string_view qr_text, const TrustStore& trust);

}  // namespace pipa
