#include "trust/trust_store.hpp"

#include <algorithm>
#include <functional>

#include "base/sort.hpp"

namespace pipa {
namespace {

template <typename List, typename Key, typename Projection>
auto find_sorted(const List& list, const Key& key, Projection of) -> decltype(&list.front()) {
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
    auto pack = decode_trust_pack(statement->payload, statement->payload_offset);
    if (!pack) return std::unexpected(pack.error());

    TrustStore store;
    store.m_pack = std::move(*pack);
    sort_by<&Party::id>(store.m_pack.parties);
    sort_by<&NamedCode::code>(store.m_pack.products);
    sort_by<&NamedCode::code>(store.m_pack.divisions);
    store.m_kids.reserve(store.m_pack.keys.size());
    for (std::uint32_t i = 0; i < store.m_pack.keys.size(); ++i)
        store.m_kids.emplace_back(kid_of(store.m_pack.keys[i].public_key), i);
    sort_all(store.m_kids);
    const auto same_kid = [](const auto& a, const auto& b) { return a.first == b.first; };
    if (std::ranges::adjacent_find(store.m_kids, same_kid) != store.m_kids.end()) return fail(ErrorCode::TrustDuplicateKey);
    return store;
}

const KeyEntry* TrustStore::find_key(const cose::Kid& kid) const noexcept {
    const auto* found = find_sorted(m_kids, kid, &std::pair<cose::Kid, std::uint32_t>::first);
    return found == nullptr ? nullptr : &m_pack.keys[found->second];
}

const Party* TrustStore::find_party(std::uint32_t id) const noexcept { return find_sorted(m_pack.parties, id, &Party::id); }

const LocalText* TrustStore::product_name(std::uint32_t code) const noexcept {
    const auto* found = find_sorted(m_pack.products, std::int64_t{code}, &NamedCode::code);
    return found == nullptr ? nullptr : &found->name;
}

const LocalText* TrustStore::division_name(std::int64_t code) const noexcept {
    for (; code >= 100'000; code /= 1000) {
        const auto* found = find_sorted(m_pack.divisions, code, &NamedCode::code);
        if (found != nullptr) return &found->name;
    }
    return nullptr;
}

bool TrustStore::is_own_host(std::string_view lower_case_host) const noexcept {
    return m_pack.hosts.empty() || std::ranges::find(m_pack.hosts, lower_case_host) != m_pack.hosts.end();
}

bool is_in_division(std::int64_t code, std::int64_t prefix) noexcept {
    while (code > prefix) code /= 10;
    return code == prefix;
}

}  // namespace pipa
