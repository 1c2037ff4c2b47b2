// Checkpoints of a public log (C2SP tlog-checkpoint v1.0.0): the signed size and root hash of its tree.
// Errors: checkpoint.*, note.*.
#pragma once

#include "tlog/merkle.hpp"
#include "tlog/note.hpp"

namespace pipa::tlog {

struct Checkpoint {
    std::string origin{};  // the log's name
    std::uint64_t size{};
    merkle::Hash root{};
    std::vector<std::string> extensions{};
};

// The text of a note. Verify the note first; open_checkpoint() does both.
[[nodiscard]] Result<Checkpoint> parse_checkpoint(std::string_view text);

struct OpenedCheckpoint {
    Checkpoint checkpoint{};
    std::vector<note::Signer> witnesses{};  // of the given keys, those that signed too
};
// A checkpoint that `log_key` signed for the log of this origin. checkpoint.wrong_origin where it is another log's.
[[nodiscard]] Result<OpenedCheckpoint> open_checkpoint(std::string_view note, std::string_view origin,
                                                       const note::VerifierKey& log_key,
                                                       std::span<const note::VerifierKey> witness_keys = {});

}  // namespace pipa::tlog
