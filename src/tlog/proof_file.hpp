// Proof files (C2SP tlog-proof v1): that an entry is in a log, with the checkpoint it was shown under. Usually '.tlog-proof'.
//
//     c2sp.org/tlog-proof@v1
//     extra YWJj                                         may be left out; nobody vouches for it, and Pipa ignores it
//     index 73894
//     gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=       hashes, from the leaf's sibling up to the root's child
//                                                        an empty line
//     example.com/fancylog ...                           the checkpoint, a signed note
//
// Shape only: check_log_proof() says what a proof is worth. Errors: log_proof.malformed, log_proof.too_large.
#pragma once

#include <vector>

#include "tlog/merkle.hpp"

namespace pipa::tlog {

inline constexpr std::size_t max_proof_bytes = 65'536;
inline constexpr std::size_t max_proof_hashes = 63;  // no tree of 2^63 leaves has longer ones

struct ProofFile {
    std::uint64_t index{};
    std::vector<merkle::Hash> hashes{};
    std::string checkpoint{};  // the whole note
    Bytes extra{};
};

[[nodiscard]] Result<ProofFile> parse_proof_file(std::string_view text);
[[nodiscard]] std::string write_proof_file(const ProofFile& proof);

}  // namespace pipa::tlog
