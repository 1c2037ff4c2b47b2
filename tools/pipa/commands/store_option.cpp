#include "pipa/commands/store_option.hpp"

#include "pipa/registry/key_file.hpp"

namespace pipa::cli {

CLI::Option* add_store_option(CLI::App& command, StoreOption& option, Need need) {
    return command.add_option("--store", option.path, "The office's store (PIPA_STORE)")->envname("PIPA_STORE")->type_name("FILE")->required(need == Need::Required);
}

CLI::Option* add_actor_option(CLI::App& command, std::string& key) {
    return command.add_option("--key", key, "Who does it, for the journal: a key file (its secret is not used) or a public key")->type_name("HEX|FILE")->required();
}

Actor actor_of(const crypto::PublicKey& key, UnixSeconds now) { return {kid_of(key), now}; }

Result<Actor> actor_of(const std::string& key, UnixSeconds now) {
    const auto public_key = public_key_of(key);
    if (!public_key) return std::unexpected(public_key.error());
    return actor_of(*public_key, now);
}

Result<void> keep_in_store(const StoreOption& option, std::span<const Bytes> messages, const crypto::PublicKey& signer) {
    if (!option.given()) return {};
    const auto now = now_of({});
    if (!now) return std::unexpected(now.error());
    auto store = OfficeStore::open(option.path);
    if (!store) return std::unexpected(store.error());
    if (const auto put = store->put_statements(messages, actor_of(signer, *now)); !put) return std::unexpected(put.error());
    return {};
}

}  // namespace pipa::cli
