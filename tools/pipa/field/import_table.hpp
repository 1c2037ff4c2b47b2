// A platform's table into the office's store, as signed statements.
//
// Four steps, so that nothing is half done: read_drafts() reads and checks every line; resolve_references() finds what they refer to;
// compare_drafts() looks what of it
// the store has already (same type, signer and id, same content but for the time of signing); sign_and_put() signs the rest
// and puts it, some hundred at a time. Stopped at any moment and run again, it goes on where it stopped; run twice, the
// second time changes nothing. Errors: csv.*, import.*, statement.*, cert.*, store.*.
#pragma once

#include "pipa/field/import_mapping.hpp"
#include "pipa/issue/issue_table.hpp"
#include "pipa/store/store.hpp"

namespace pipa {

struct Draft {
    std::size_t line{};   // of its first line
    std::string id{};     // certificate number, for certificates
    cbor::Value payload{};
    nlohmann::ordered_json waiting{};  // instead of the payload, where the table refers to another statement by its id
    Bytes certificate_payload{};
    enum class State : std::uint8_t { New, Changed, Unchanged } state{State::New};
};

struct Drafts {
    std::vector<Draft> drafts{};
    std::size_t lines{};
    std::size_t refused{};  // lines with problems
};

// `issued` is the time of signing where the table says none. Problems go to the watcher.
[[nodiscard]] Result<Drafts> read_drafts(std::string_view csv, const ImportMapping& mapping, UnixSeconds issued, const TableWatcher& watcher);

// Puts a digest in place of each id that a draft refers by: that of the newest statement of this id about the same producer in the store,
// or else of one of the drafts, signed.
[[nodiscard]] Result<void> resolve_references(std::vector<Draft>& drafts, const ImportMapping& mapping, const crypto::SecretKey& key, const OfficeStore& store);

[[nodiscard]] Result<void> compare_drafts(std::vector<Draft>& drafts, const ImportMapping& mapping, const cose::Kid& kid, const OfficeStore& store);

// `done` is called after each transaction with the number of statements put so far.
[[nodiscard]] Result<void> sign_and_put(std::span<const Draft> drafts, const ImportMapping& mapping, const crypto::SecretKey& key, OfficeStore& store,
                                        UnixSeconds now, const std::function<void(std::size_t)>& done);

}  // namespace pipa
