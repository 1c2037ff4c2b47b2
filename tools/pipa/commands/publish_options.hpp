// What `pipa roles` and `pipa publish` share: secret keys at hand.
#pragma once

#include "pipa/commands/store_option.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/publish/role_book.hpp"

namespace pipa::cli {

struct SigningKeys {
    std::vector<std::string> files{};
    PassphraseSource passphrase{};
};
void add_signing_keys(CLI::App& command, SigningKeys& keys);
[[nodiscard]] Result<publish::KeyRing> load_keys(const SigningKeys& keys);
// The first key, for the journal; zeros where there is none.
[[nodiscard]] Actor actor_of_ring(const publish::KeyRing& ring, UnixSeconds now);

}  // namespace pipa::cli
