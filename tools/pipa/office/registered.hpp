// What devices will take of what is about to go into a store, asked of the core before it goes in: whether a statement stands under the store's
// own registry, and who may change the status of a certificate. The rules are the core's; here is only what each refusal is called.
// Errors: store.no_such_key, tuf.rollback, cose.*, field.not_allowed.
#pragma once

#include "pipa/store/store.hpp"
#include "trust/checked_dossier.hpp"

namespace pipa {

// The registry that the store has. Who signed it is held against office.pub where the store has that; a store that was never published has not,
// and its own copy is taken at its word. Empty: it has none, as the stores of towns do, or an office that is just beginning.
[[nodiscard]] Result<std::optional<TrustStore>> registry_of(const OfficeStore& store);
// A registry under a signature that nobody here can check.
[[nodiscard]] Result<TrustStore> open_registry(ByteView message);

// Why a statement would count for nothing on a device; nothing where it counts. `now`: nothing is signed for tomorrow.
[[nodiscard]] Result<void> must_stand(const CheckedStatement& told, UnixSeconds now);
[[nodiscard]] Result<void> must_stand(ByteView message, const TrustStore& registry, UnixSeconds now);

// A registry that is to take the place of the store's: not older, and of the same office.
[[nodiscard]] Result<void> must_follow(const OfficeStore& store, ByteView registry);

// Whether this actor may give the certificate that status, and phones look for it in this store's list. The office that signs the registry or
// made the store may; a bureau with a say in the goods; and who issued it, but for lifting what others said.
[[nodiscard]] Result<void> may_set_status(const OfficeStore& store, const std::optional<TrustStore>& registry, const StoredCertificate& certificate,
                                          Status status, const Actor& actor);

}  // namespace pipa
