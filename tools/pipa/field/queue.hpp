// A queue of signed statements: a folder with one file each, named by digest, so that an officer without a network can work
// on and a stick can carry it. Writing the same statement twice changes nothing. Merged statements move to `merged/`.
// Errors: file.*, store.*.
#pragma once

#include "pipa/store/store.hpp"
#include "trust/checked_dossier.hpp"

namespace pipa {

// Makes the folder when it is missing; the file that was written, or was there already.
[[nodiscard]] Result<std::filesystem::path> put_into_queue(const std::filesystem::path& folder, ByteView message);

// What a statement refers to another one by, from what somebody types for that: its SHA-256, a file with it, or the id of one that waits in
// the queue or was merged from it. Errors: field.unknown_reference.
[[nodiscard]] Result<std::string> reference_of(const std::string& typed, const std::filesystem::path& folder);

// The statement with that SHA-256, as a file that was named, in the queue or merged from it; empty where it is elsewhere.
[[nodiscard]] Bytes statement_at_hand(const std::string& digest, const std::string& typed, const std::filesystem::path& folder);

struct QueuedStatement {
    std::filesystem::path path{};
    Bytes message{};
    CheckedStatement told{};
};
// By name. A file that is no statement is told as unreadable.
[[nodiscard]] Result<std::vector<QueuedStatement>> read_queue(const std::filesystem::path& folder, const TrustStore& trust);

enum class Merged : std::uint8_t { New, Known, Refused };
// Puts a statement that stands into the store, then moves its file; one that does not stand is left where it is.
[[nodiscard]] Result<Merged> merge_statement(OfficeStore& store, const QueuedStatement& queued, UnixSeconds now);

}  // namespace pipa
