// What commands that write to or read from the office's store share.
//
// A command that signs takes add_store_option() and calls keep_in_store() with what it signed, before it writes files.
#pragma once

#include "pipa/commands/options.hpp"
#include "pipa/store/store.hpp"

namespace pipa::cli {

struct StoreOption {
    std::string path{};
    [[nodiscard]] bool given() const noexcept { return !path.empty(); }
};
CLI::Option* add_store_option(CLI::App& command, StoreOption& option, Need need);  // --store, PIPA_STORE

// --key: who acts, for the journal; a key file (only its public half is read), 64 digits, or a file of digits.
CLI::Option* add_actor_option(CLI::App& command, std::string& key);
[[nodiscard]] Result<Actor> actor_of(const std::string& key, UnixSeconds now);
[[nodiscard]] Actor actor_of(const crypto::PublicKey& key, UnixSeconds now);

// Puts signed statements into the store, all or none; does nothing where no store was named.
[[nodiscard]] Result<void> keep_in_store(const StoreOption& option, std::span<const Bytes> messages, const crypto::PublicKey& signer);

}  // namespace pipa::cli
