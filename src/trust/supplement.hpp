// What the phone bundle leaves out and one certificate needs: its part of a status list, in a file of its own beside the bundle.
// A supplement has the bundle's form (bundle.cddl) and holds the role that the path is delegated to, the bin that lists the part, and the part
// (status_shard.hpp); of a delegated store its notices too. Its name states the versions of these roles, so that one name never means two
// contents, and a device works it out from the snapshot that it has verified:
//     status/17.3.7.cbor            part 17, listed by version 7 of its bin, which version 3 of the role delegates to
//     tangqi/status/0.5.7.9.cbor    the same of the delegated store "tangqi", and version 9 of the bin that lists tangqi/notices.cbor
// The name is where to look and proves nothing: add_supplement() (open_bundle.hpp) verifies what is found. Pure; no errors.
#pragma once

#include "trust/status_shard.hpp"
#include "trust/trust_store.hpp"
#include "tuf/trusted_set.hpp"

namespace pipa {

inline constexpr std::string_view supplement_folder = "phone";  // beside metadata/ and targets/

// Where the status of the certificate in this code is, while `trust` does not know it. Nothing for other codes, for signers that are not
// known, for certificates without a place in a list, and where trust did not come by a repository.
[[nodiscard]] std::optional<StatusPlace> missing_status(const TrustStore& trust, std::string_view qr_text);

// Below supplement_folder. Empty where the repository delegates this path to nobody.
[[nodiscard]] std::string supplement_name(const tuf::TrustedSet& trusted, const StatusPlace& place);

// What is in it: target paths.
[[nodiscard]] std::vector<std::string> supplement_targets(const StatusPlace& place);

}  // namespace pipa
