// What the public log holds of a certificate, and how a proof that it is there is judged. See README.md for why only this.
// Errors of an entry: cose.*, cbor.*. Of a proof: log_proof.*, checkpoint.*, note.*, merkle.*, and those of an entry.
#pragma once

#include "record/trust_pack.hpp"
#include "tlog/checkpoint.hpp"

namespace pipa::tlog {

// The signer's key id and SHA-256 of the whole signed message: log_entry.cddl, 45 bytes.
[[nodiscard]] Result<Bytes> certificate_entry(ByteView certificate_message);
// The SHA-256 in an entry; nothing where it is no certificate's.
[[nodiscard]] std::optional<crypto::Digest> digest_in_entry(ByteView entry);

struct LogInclusion {
    std::string log{};                       // its name, the checkpoint's origin
    std::uint64_t index{};
    std::uint64_t tree_size{};
    std::optional<UnixSeconds> since{};      // a time by which it was in the log, by its own word and that of as many witnesses as are asked for
    std::vector<note::Signer> witnesses{};   // of those that are trusted for this log
};

// One of `logs` (the trust pack's) signed for a tree that has the certificate as its leaf, and as many of its witnesses as
// it asks for confirmed that tree. The proof is a file of C2SP tlog-proof.
[[nodiscard]] Result<LogInclusion> check_log_proof(ByteView certificate_message, std::string_view proof, std::span<const PublicLog> logs);

// The log's key as a cosigner: the same key under the kind that carries a time. A log of ours signs both ways, so that
// its own word on the time stands in a standard form.
[[nodiscard]] note::VerifierKey time_key_of(const note::VerifierKey& log_key);

// A log as the trust pack names it, its keys read. Errors: note.bad_key.
struct KnownLog {
    note::VerifierKey key{};
    std::vector<note::VerifierKey> witnesses{};
    std::size_t threshold{};
};
[[nodiscard]] Result<KnownLog> known_log(const PublicLog& log);

// A checkpoint of a known log: signed by it and, as often as it asks for, by its witnesses.
struct TrustedCheckpoint {
    Checkpoint checkpoint{};
    std::optional<UnixSeconds> signed_at{};  // the log's own word; by an implausible clock: empty
    std::vector<note::Signer> witnesses{};
};
[[nodiscard]] Result<TrustedCheckpoint> open_trusted(std::string_view checkpoint, const KnownLog& log);

}  // namespace pipa::tlog
