// Whom an officer stands before: the producer, lot and certificate of a scanned certificate or card (主体信息卡). Works
// without a network: the trust pack says whose key signed the code. Errors: those of reading the code, cose.wrong_signature,
// field.unknown_issuer.
#pragma once

#include "trust/checked_dossier.hpp"

namespace pipa {

struct ScannedSubject {
    std::string producer{};     // subject id
    LocalText name{};
    std::string certificate{};  // number; empty for a card
    std::vector<std::string> lots{};
};

// `argument` is what a code says, a picture, or '-'; the first code counts.
[[nodiscard]] Result<ScannedSubject> scan_subject(const std::string& argument, const TrustStore& trust);

}  // namespace pipa
