// What to judge with, from a path: whose keys count, and with a repository what was withdrawn and warned of. Three things may stand there,
// told apart by what they are:
//   a trust pack       trust.cose, a COSE_Sign1 message; proved by the office's key
//   a phone bundle     bundle.cbor (trust/bundle.hpp); proved by SHA-256 of one of its root files
//   a repository       a folder: what `pipa publish` makes or its part tuf/ (metadata/ and targets/ with versions and hashes in the
//                      names), or what `pipa tuf download` keeps (root.json ... and the targets, in one folder or in metadata/ and targets/)
// Nothing is refused for its age: how old it is belongs to the judgement. Errors: file.*, trust.*, bundle.*, tuf.*, cose.*, cbor.*.
#pragma once

#include <filesystem>

#include "trust/checked_dossier.hpp"
#include "tuf/client.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

enum class TrustKind : std::uint8_t { Pack, Bundle, Repository };
// A file that is neither of the two counts as a pack, and is refused as one.
[[nodiscard]] Result<TrustKind> trust_kind_of(const std::filesystem::path& path);

struct TrustAnchor {
    std::optional<Bytes> office_key{};         // of a pack; where a repository is given too, it must be that repository's
    std::optional<crypto::Digest> root_pin{};  // of the others
    std::optional<Bytes> root_file{};          // of a repository that does not have that root any more
};
// 64 hexadecimal digits, blanks around them allowed. Errors: hex.*, bundle.wrong_root for another length.
[[nodiscard]] Result<crypto::Digest> parse_root_pin(std::string_view text);
// What stands in root.pin in the folder itself or beside the file; nothing where there is none.
[[nodiscard]] Result<std::optional<crypto::Digest>> root_pin_beside(const std::filesystem::path& path);

struct FoundTrust {
    TrustStore store{};
    std::vector<CheckedStatement> notices{};
    // Of a bundle or repository: what bring_status() goes on with, and the folder where it looks.
    std::optional<tuf::Client> client{};
    std::filesystem::path folder{};
    bool is_repository{};
};
[[nodiscard]] Result<FoundTrust> open_trust_source(const std::filesystem::path& path, const TrustAnchor& anchor);

// Reads the part of the status list that the certificate in this code is in, and of a delegated store its notices, unless they are here
// already: in a repository from the targets, beside a bundle from the supplement (trust/supplement.hpp) of the published tree. Where there is
// none nothing happens, and the verdict says that the status was not checked. What is there and does not fit is an error.
[[nodiscard]] Result<void> bring_status(FoundTrust& found, std::string_view qr_text);

}  // namespace pipa
