// A public log as a folder that any web server can publish as it is (C2SP tlog-tiles):
//
//   checkpoint                 size and root, signed by the log, and by witnesses where they did; replaced last
//   log.vkey                   the log's verifier key, for people who set up readers
//   tile/<L>/<N>[.p/<W>]       hashes       } written before the checkpoint that needs them; a partial one is kept until
//   tile/entries/<N>[.p/<W>]   entries      } the full one is there and a checkpoint has said so
//   .index/                    log_index.hpp; not for publishing
//
// Killed or cut off at any moment the old checkpoint stands and all that it needs; what lies beyond it is written anew.
// One writer at a time (log.busy). Errors: log.*, checkpoint.*, note.*, tile.*, file.*.
#pragma once

#include <filesystem>

#include "pipa/log/note_signing.hpp"
#include "tlog/log_entry.hpp"
#include "tlog/tree.hpp"

namespace pipa {

inline constexpr std::string_view checkpoint_name = "checkpoint";
inline constexpr std::string_view log_key_name = "log.vkey";

struct PublishedLog {
    std::filesystem::path folder{};
    tlog::KnownLog known{};
    std::string note{};  // the checkpoint as it is
    tlog::TrustedCheckpoint checkpoint{};

    // Any tile that a tree of this size or a smaller one has.
    [[nodiscard]] Result<Bytes> read(const tlog::Tile& tile) const;
    [[nodiscard]] tlog::ReadTile reader() const;
};

// The checkpoint is verified with `known`; without it with the key that the folder itself names, which proves only that
// the folder is of one piece.
[[nodiscard]] Result<PublishedLog> open_log(const std::filesystem::path& folder, std::optional<tlog::KnownLog> known = {});

// An empty log. file.exists where there is one.
[[nodiscard]] Result<PublishedLog> init_log(const std::filesystem::path& folder, const std::string& name, const crypto::SecretKey& key, UnixSeconds now);

struct Appended {
    std::uint64_t index{};
    bool was_there{};  // an entry is in the log once
};
[[nodiscard]] Result<std::vector<Appended>> append_to_log(const std::filesystem::path& folder, const crypto::SecretKey& key,
                                                          std::span<const Bytes> entries, UnixSeconds now);

// Where the entry is, by the index, or by looking through the entries that it does not cover.
[[nodiscard]] Result<std::optional<std::uint64_t>> find_in_log(const PublishedLog& log, ByteView entry);

// Calls `visit` for each entry from `first` to the log's end.
using EntryVisitor = std::function<Result<void>(std::uint64_t number, ByteView entry)>;
[[nodiscard]] Result<void> each_entry(const PublishedLog& log, std::uint64_t first, const EntryVisitor& visit);

// The proof file for the entry of this number, under the log's checkpoint.
[[nodiscard]] Result<std::string> prove_in_log(const PublishedLog& log, std::uint64_t index);

// Every entry hashed again, every tile compared, and the root held against the checkpoint. log.broken names the file.
[[nodiscard]] Result<void> check_whole_log(const PublishedLog& log);
// That the log begins with all that the older checkpoint of the same log held.
[[nodiscard]] Result<tlog::Checkpoint> check_older(const PublishedLog& log, std::string_view older_note);

// Adds a witness's line to the checkpoint in place, an older one of the same key replaced.
[[nodiscard]] Result<void> add_cosignature(const PublishedLog& log, const std::string& name, const crypto::SecretKey& key, UnixSeconds now);

}  // namespace pipa
