// What the phone bundle leaves out and one certificate needs: its part of a status list and, where it is from a delegated store, that
// store's notices and records head, in a file of its own beside the bundle.
// A supplement has the bundle's form (bundle.cddl) and holds the role that the paths are delegated to, the bins that list them or show that
// they are not listed, and what is listed. Its name states the versions of these roles, so that one name never means two contents, and a
// device works it out from the snapshot that it has verified:
//     status/17.3.7.cbor              part 17, listed by version 7 of its bin, which version 3 of the role delegates to
//     tangqi/status/0.5.7.9.4.cbor    the same of the delegated store "tangqi", and versions 9 and 4 of the bins of tangqi/notices.cbor and
//                                     tangqi/records.cbor
//     tangqi/status/-.5.9.4.cbor      for its certificates that have no place in a status list: notices and records head alone
// The name is where to look and proves nothing: add_supplement() (open_bundle.hpp) verifies what is found. Pure; no errors.
#pragma once

#include "record/certificate.hpp"
#include "trust/status_shard.hpp"
#include "trust/trust_store.hpp"
#include "tuf/trusted_set.hpp"

namespace pipa {

inline constexpr std::string_view supplement_folder = "phone";  // beside metadata/ and targets/

// Of which store (empty: the district's own), with which part of its status list. The district's own has always a part.
struct SupplementPlace {
    std::string store{};
    std::optional<std::uint32_t> shard{};

    friend bool operator==(const SupplementPlace&, const SupplementPlace&) = default;
};

// What must be had beside the bundle before this certificate, signed by this key, is judged; nothing where `trust` has it all, and where
// trust did not come by a repository. A store's place stays the same until add_supplement() has taken it in.
[[nodiscard]] std::optional<SupplementPlace> supplement_place_of(const Certificate& certificate, const KeyEntry& key, const TrustStore& trust);
// The same for the certificate in this code. Nothing for other codes, and for signers that are not known.
[[nodiscard]] std::optional<SupplementPlace> missing_supplement(const TrustStore& trust, std::string_view qr_text);

// Below supplement_folder. Empty where the repository delegates these paths to nobody, or to a role that its snapshot does not list: then it
// is signed that there is nothing beside the bundle.
[[nodiscard]] std::string supplement_name(const tuf::TrustedSet& trusted, const SupplementPlace& place);

// What is in it, as far as it is listed: target paths.
[[nodiscard]] std::vector<std::string> supplement_targets(const SupplementPlace& place);

}  // namespace pipa
