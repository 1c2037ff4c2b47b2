#include <algorithm>

#include "trust/pack_codec.hpp"
#include "trust/pack_keys.hpp"

namespace pipa {
namespace {

using cbor::MapBuilder;
using cbor::Value;
using namespace trust_pack;

Value encode_text(const LocalText& text) {
    MapBuilder map;
    map.add(text_key::zh_hans, cbor::make_text(text.zh_hans));
    if (!text.en.empty()) map.add(text_key::en, cbor::make_text(text.en));
    return map.finish();
}

template <typename List, typename Encode>
void add_list(MapBuilder& map, std::int64_t key, const List& list, Encode encode) {
    if (list.empty()) return;
    Value array = cbor::make_array();
    for (const auto& item : list) array.items.push_back(encode(item));
    map.add(key, std::move(array));
}

Value encode_number(std::int64_t number) { return cbor::make_integer(number); }

Value encode_key(const KeyEntry& entry) {
    MapBuilder map;
    map.add(entry_key::public_key, cbor::make_bytes(entry.public_key));
    map.add(entry_key::party, cbor::make_unsigned(entry.party));
    map.add(entry_key::role, cbor::make_integer(static_cast<int>(entry.role)));
    map.add(entry_key::valid_from, cbor::make_integer(entry.valid_from));
    if (entry.valid_until) map.add(entry_key::valid_until, cbor::make_integer(*entry.valid_until));
    if (entry.compromised_since) map.add(entry_key::compromised_since, cbor::make_integer(*entry.compromised_since));
    MapBuilder scope;
    add_list(scope, scope_key::division_prefixes, entry.scope.division_prefixes, encode_number);
    add_list(scope, scope_key::product_classes, entry.scope.product_classes, encode_number);
    add_list(scope, scope_key::types, entry.scope.types, [](auto type) { return encode_number(static_cast<std::int64_t>(type)); });
    if (!scope.empty()) map.add(entry_key::scope, scope.finish());
    if (!entry.store.empty()) map.add(entry_key::store, cbor::make_text(entry.store));
    if (entry.rechecks) map.add(entry_key::rechecks, cbor::make_bool(true));
    return map.finish();
}

Value encode_party(const Party& party) {
    MapBuilder map;
    map.add(party_key::id, cbor::make_unsigned(party.id));
    map.add(party_key::kind, cbor::make_integer(static_cast<int>(party.kind)));
    map.add(party_key::name, encode_text(party.name));
    if (!party.uscc.empty()) map.add(party_key::uscc, cbor::make_text(party.uscc));
    map.add(party_key::division, cbor::make_integer(party.division));
    if (!party.place.zh_hans.empty()) map.add(party_key::place, encode_text(party.place));
    if (!party.contact.empty()) map.add(party_key::contact, cbor::make_text(party.contact));
    return map.finish();
}

Value encode_code(const NamedCode& code) {
    return MapBuilder{}.add(code_key::code, cbor::make_integer(code.code)).add(code_key::name, encode_text(code.name)).finish();
}

std::vector<NamedCode> sorted(std::vector<NamedCode> list) {
    std::ranges::sort(list, {}, &NamedCode::code);
    return list;
}

// Sorted by key, so that a reader finds an entry without looking at the others.
template <typename List, typename Key, typename Encode>
void add_indexed_list(MapBuilder& map, std::int64_t key, const List& list, Key key_of, Encode encode) {
    if (list.empty()) return;
    std::vector<std::pair<IndexKey, const typename List::value_type*>> rows;
    rows.reserve(list.size());
    for (const auto& item : list) rows.emplace_back(key_of(item), &item);
    std::ranges::sort(rows);
    Bytes index;
    Bytes entries;
    for (const auto& [entry_key, item] : rows) {
        index.insert(index.end(), entry_key.begin(), entry_key.end());
        for (const int shift : {24, 16, 8, 0}) index.push_back(static_cast<std::uint8_t>(entries.size() >> shift));
        const Bytes entry = cbor::encode(encode(*item));
        entries.insert(entries.end(), entry.begin(), entry.end());
    }
    map.add(key, cbor::make_array({cbor::make_bytes(index), cbor::make_bytes(entries)}));
}

}  // namespace

Bytes encode_trust_pack(const TrustPack& pack) {
    MapBuilder map;
    map.add(key::version, cbor::make_integer(pack.version));
    map.add(key::issued, cbor::make_integer(pack.issued_unix_s));
    map.add(key::fresh_for, cbor::make_integer(pack.fresh_for_s));
    map.add(key::usable_for, cbor::make_integer(pack.usable_for_s));
    if (pack.demo) map.add(key::demo, cbor::make_bool(true));
    map.add(key::publisher, encode_text(pack.publisher));
    add_list(map, key::hosts, pack.hosts, [](const std::string& host) { return cbor::make_text(host); });
    add_indexed_list(map, key::keys, pack.keys, [](const KeyEntry& entry) { return kid_of(entry.public_key); }, encode_key);
    add_indexed_list(map, key::parties, pack.parties, [](const Party& party) { return index_key(party.id); }, encode_party);
    add_list(map, key::products, sorted(pack.products), encode_code);
    add_list(map, key::divisions, sorted(pack.divisions), encode_code);
    if (pack.field_data.is_loaded()) map.add(key::field_data, pack.field_data.encoded);
    add_public_logs(map, key::logs, pack.logs);
    return cbor::encode(map.finish());
}

}  // namespace pipa
