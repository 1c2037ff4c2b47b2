#include "trust/trust_store.hpp"

#include <algorithm>
#include <functional>


namespace pipa {
namespace {

using Place = std::pair<std::string_view, std::uint32_t>;
Place place_of(const StatusShard& shard) noexcept { return {shard.store, shard.number}; }

template <typename List, typename Key, typename Projection>
auto find_sorted(const List& list, const Key& key, Projection of) -> decltype(list.data()) {
    const auto found = std::ranges::lower_bound(list, key, {}, of);
    return found != list.end() && std::invoke(of, *found) == key ? &*found : nullptr;
}

}  // namespace

Result<TrustStore> TrustStore::open(ByteView message, ByteView office_public_key) {
    if (office_public_key.size() != crypto::public_key_size) return fail(ErrorCode::Ed25519BadPublicKey);
    if (message.size() > max_trust_pack_bytes) return fail(ErrorCode::TrustTooLarge, max_trust_pack_bytes);
    const auto statement = cose::parse_statement(message, cose::StatementType::TrustPack, {.max_bytes = max_trust_pack_bytes});
    if (!statement) return std::unexpected(statement.error());
    // The signature comes before a look inside: nothing unsigned reaches the larger parser.
    if (statement->kid != kid_of(office_public_key) ||
        verify_statement(*statement, office_public_key) != crypto::SignatureCheck::Valid)
        return fail(ErrorCode::TrustWrongSigner);
    auto packed = open_trust_pack(statement->payload, statement->payload_offset);
    if (!packed) return std::unexpected(packed.error());
    TrustStore store;
    store.m_packed = std::move(*packed);
    return store;
}

Result<TrustStore> TrustStore::open(ByteView message, ByteView office_public_key, RepositoryState repository) {
    auto store = open(message, office_public_key);
    if (store) store->m_repository = std::move(repository);
    return store;
}

std::shared_ptr<const KeyEntry> TrustStore::find_key(const cose::Kid& kid) const {
    const auto at = m_packed.keys.find(kid);
    if (!at) return nullptr;
    auto entry = read_key_entry(m_packed.keys, *at);
    return entry ? std::make_shared<const KeyEntry>(std::move(*entry)) : nullptr;
}

std::shared_ptr<const Party> TrustStore::find_party(std::uint32_t id) const {
    const auto at = m_packed.parties.find(index_key(id));
    if (!at) return nullptr;
    auto party = read_party_entry(m_packed.parties, *at);
    return party ? std::make_shared<const Party>(std::move(*party)) : nullptr;
}

UnixSeconds TrustStore::as_of() const noexcept {
    return m_repository && m_repository->signed_at ? *m_repository->signed_at : pack().issued_unix_s;
}

std::optional<UnixSeconds> TrustStore::expires() const noexcept {
    if (!m_repository) return {};
    return m_repository->expires;
}

std::optional<Status> TrustStore::status_of(std::uint32_t status_index, std::string_view store) const {
    if (!m_repository) return {};
    const auto* shard = find_sorted(m_repository->shards, Place{store, status_shard_of(status_index)}, place_of);
    if (shard == nullptr) return {};
    const auto status = shard->list.status(status_entry_of(status_index));
    if (!status) return {};
    return static_cast<Status>(*status);
}

void TrustStore::add_shards(std::vector<StatusShard> shards) {
    if (!m_repository) return;
    auto& known = m_repository->shards;
    for (StatusShard& shard : shards) {
        const auto at = std::ranges::lower_bound(known, place_of(shard), {}, place_of);
        if (at != known.end() && place_of(*at) == place_of(shard)) *at = std::move(shard);
        else known.insert(at, std::move(shard));
    }
}

bool TrustStore::knows_store(std::string_view store) const {
    return m_repository && std::ranges::find(m_repository->stores, store) != m_repository->stores.end();
}

void TrustStore::add_store(std::string_view store) {
    if (m_repository && !knows_store(store)) m_repository->stores.emplace_back(store);
}

const LocalText* TrustStore::product_name(std::uint32_t code) const noexcept {
    const auto* found = find_sorted(pack().products, std::int64_t{code}, &NamedCode::code);
    return found == nullptr ? nullptr : &found->name;
}

const LocalText* TrustStore::division_name(std::int64_t code) const noexcept {
    for (; code >= 100'000; code /= 1000) {
        const auto* found = find_sorted(pack().divisions, code, &NamedCode::code);
        if (found != nullptr) return &found->name;
    }
    return nullptr;
}

bool TrustStore::is_own_host(std::string_view lower_case_host) const noexcept {
    return pack().hosts.empty() || std::ranges::find(pack().hosts, lower_case_host) != pack().hosts.end();
}

bool is_in_division(std::int64_t code, std::int64_t prefix) noexcept {
    while (code > prefix) code /= 10;
    return code == prefix;
}

}  // namespace pipa
