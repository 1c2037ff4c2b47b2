// What to judge with, from a path: whose keys count, and with a repository what was withdrawn and warned of. Three things may stand there,
// told apart by what they are:
//   a trust pack       trust.cose, a COSE_Sign1 message; proved by the office's key
//   a phone bundle     bundle.cbor (trust/bundle.hpp); proved by SHA-256 of one of its root files. What else its site publishes is looked
//                      for beside it
//   a repository       a folder: what `pipa publish` makes or its part tuf/ (metadata/ and targets/ with versions and hashes in the
//                      names), or what `pipa tuf download` keeps (root.json ... and the targets, in one folder or in metadata/ and targets/)
// Where a root's pin was asked for, a pack is never taken in a repository's place. Nothing is refused for its age: how old it is belongs to
// the judgement. Errors: file.*, trust.*, bundle.*, tuf.*, cose.*, cbor.*.
#pragma once

#include "host/file_source.hpp"

namespace pipa {

enum class TrustKind : std::uint8_t { Pack, Bundle, Repository };
// A file that is neither of the two counts as a pack, and is refused as one.
[[nodiscard]] Result<TrustKind> trust_kind_of(const std::filesystem::path& path);

struct TrustAnchor {
    std::optional<Bytes> office_key{};         // of a pack; where a repository is given too, it must be that repository's
    std::optional<crypto::Digest> root_pin{};  // of the others
    std::optional<Bytes> root_file{};          // of a repository that does not have that root any more
    bool repository_only{};                    // the pin was asked for, and not only found beside the file
};
// 64 hexadecimal digits, blanks around them allowed. Errors: hex.*, bundle.wrong_root for another length.
[[nodiscard]] Result<crypto::Digest> parse_root_pin(std::string_view text);
// What stands in root.pin in the folder itself or beside the file; nothing where there is none.
[[nodiscard]] Result<std::optional<crypto::Digest>> root_pin_beside(const std::filesystem::path& path);

// A session whose trust is open, and where the other files of its inquiries are.
struct OpenedTrust {
    inquiry::Session session{inquiry::Anchor{}};
    FileSource files{};

    [[nodiscard]] const TrustStore& store() const noexcept { return *session.trust(); }
};
[[nodiscard]] Result<OpenedTrust> open_trust_source(const std::filesystem::path& path, const TrustAnchor& anchor);

}  // namespace pipa
