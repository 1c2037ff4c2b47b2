// Options that several commands take, with one meaning everywhere.
#pragma once

#include "pipa/commands/command.hpp"
#include "pipa/registry/passphrase.hpp"
#include "host/embedded_catalogues.hpp"
#include "host/trust_source.hpp"

namespace pipa::cli {

void add_passphrase_options(CLI::App& command, PassphraseSource& source);

struct TrustOptions {
    std::string pack{};
    std::string office_key{};
    std::string root_pin{}, root{};  // of a bundle or a repository, where a command takes those
    [[nodiscard]] bool given() const noexcept { return !pack.empty(); }
};
enum class Need : std::uint8_t { Required, Optional };
void add_trust_options(CLI::App& command, TrustOptions& options, Need need);
CLI::Option* add_office_key_option(CLI::App& command, TrustOptions& options);
// Verifies the pack with the office's key. Without a pack: a store that trusts nobody.
[[nodiscard]] Result<TrustStore> open_trust(const TrustOptions& options);

// The same for commands that judge: a pack, a phone bundle or a mirrored repository (host/trust_source.hpp).
void add_trust_source_options(CLI::App& command, TrustOptions& options, Need need);
[[nodiscard]] Result<OpenedTrust> open_trust_source(const TrustOptions& options);

void add_language_option(CLI::App& command, std::string& tag);
// The language asked for, or that of the terminal (LC_ALL, LC_MESSAGES, LANG): Chinese where it says zh, else English.
[[nodiscard]] const Catalogue& catalogue_of(const std::string& tag);

void add_now_option(CLI::App& command, std::string& now);
// --now, or this machine's clock. Errors: date.invalid.
[[nodiscard]] Result<UnixSeconds> now_of(const std::string& now);

}  // namespace pipa::cli
