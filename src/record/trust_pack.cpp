#include "record/trust_pack.hpp"

#include <algorithm>

#include "base/sort.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

using cbor::MapBuilder;
using cbor::Type;
using cbor::Value;

constexpr FieldCodes codes{ErrorCode::TrustBadField, ErrorCode::TrustBadField, ErrorCode::TrustBadField};
constexpr Range uint32_range{0, UINT32_MAX};
constexpr Range division_range{100'000, 999'999'999'999};
constexpr std::size_t max_text = 160;
constexpr std::size_t max_scope = 64;

namespace key {  // of the pack
constexpr std::int64_t version = 1, issued = 2, fresh_for = 3, usable_for = 4, demo = 5, publisher = 6, hosts = 7,
                       keys = 8, parties = 9, products = 10, divisions = 11, field_data = 12, logs = 13;
}
namespace text_key {
constexpr std::int64_t zh_hans = 1, en = 2;
}
namespace entry_key {
constexpr std::int64_t public_key = 1, party = 2, role = 3, valid_from = 4, valid_until = 5, compromised_since = 6, scope = 7;
}
namespace scope_key {
constexpr std::int64_t division_prefixes = 1, product_classes = 2, types = 3;
}
namespace party_key {
constexpr std::int64_t id = 1, kind = 2, name = 3, uscc = 4, division = 5, place = 6, contact = 7;
}
namespace code_key {
constexpr std::int64_t code = 1, name = 2;
}

// Closes an inner reader and hands its error to the outer one.
void close(MapReader& inner, MapReader& outer) {
    if (auto ok = inner.finish(); !ok) outer.fail_with(ok.error());
}

LocalText read_text(MapReader& outer, std::int64_t key, std::string_view name) {
    LocalText out;
    const Value* map = outer.map(key, name);
    if (map == nullptr) return out;
    MapReader reader(*map, outer.base(), codes);
    out.zh_hans = reader.need_text(text_key::zh_hans, name, max_text);
    out.en = reader.text(text_key::en, name, max_text);
    close(reader, outer);
    return out;
}

template <typename T>
void read_numbers(MapReader& outer, std::int64_t key, std::string_view name, Range range, std::vector<T>& out) {
    const auto* items = outer.array(key, name, max_scope);
    if (items == nullptr) return;
    for (const Value& item : *items) {
        const auto number = item.integer();
        if (!number || *number < range.lowest || *number > range.highest) return outer.bad(item, name);
        out.push_back(static_cast<T>(*number));
    }
}

template <typename T, typename Read>
void read_list(MapReader& outer, std::int64_t key, std::string_view name, std::vector<T>& out, Read read) {
    const auto* items = outer.array(key, name, max_registry_entries);
    if (items == nullptr) return;
    out.reserve(items->size());
    for (const Value& item : *items) {
        MapReader reader(item, outer.base(), codes);
        out.push_back(read(reader));
        close(reader, outer);
    }
}

KeyEntry read_key(MapReader& reader) {
    KeyEntry entry;
    const Bytes public_key = reader.bytes(entry_key::public_key, "public_key", {32, 32});
    reader.need(!public_key.empty(), "public_key");
    if (!public_key.empty()) std::ranges::copy(public_key, entry.public_key.begin());
    entry.party = static_cast<std::uint32_t>(reader.need_integer(entry_key::party, "party", uint32_range));
    entry.role = static_cast<Role>(reader.need_integer(entry_key::role, "role", {1, last_role}));
    const auto valid_from = reader.time(entry_key::valid_from, "valid_from");
    reader.need(valid_from.has_value(), "valid_from");
    entry.valid_from = valid_from.value_or(0);
    entry.valid_until = reader.time(entry_key::valid_until, "valid_until");
    entry.compromised_since = reader.time(entry_key::compromised_since, "compromised_since");
    if (const Value* map = reader.map(entry_key::scope, "scope")) {
        if (map->items.empty()) reader.bad(*map, "scope");  // no scope is written by leaving it out
        MapReader scope(*map, reader.base(), codes);
        read_numbers(scope, scope_key::division_prefixes, "division_prefixes", {1, division_range.highest}, entry.scope.division_prefixes);
        read_numbers(scope, scope_key::product_classes, "product_classes", {1, 65}, entry.scope.product_classes);
        read_numbers(scope, scope_key::types, "types", {1, UINT16_MAX}, entry.scope.types);
        close(scope, reader);
    }
    return entry;
}

Party read_party(MapReader& reader) {
    Party party;
    party.id = static_cast<std::uint32_t>(reader.need_integer(party_key::id, "id", uint32_range));
    party.kind = static_cast<PartyKind>(reader.need_integer(party_key::kind, "kind", {1, 7}));
    party.name = read_text(reader, party_key::name, "name");
    reader.need(!party.name.zh_hans.empty(), "name");
    party.uscc = reader.text(party_key::uscc, "uscc", 18);
    party.division = reader.need_integer(party_key::division, "division", division_range);
    party.place = read_text(reader, party_key::place, "place");
    party.contact = reader.text(party_key::contact, "contact", 64);
    return party;
}

NamedCode read_code(MapReader& reader) {
    NamedCode out;
    out.code = reader.need_integer(code_key::code, "code", {1000, division_range.highest});
    out.name = read_text(reader, code_key::name, "name");
    reader.need(!out.name.zh_hans.empty(), "name");
    return out;
}

void read_hosts(MapReader& pack, std::vector<std::string>& hosts) {
    const auto* items = pack.array(key::hosts, "hosts", 16);
    if (items == nullptr) return;
    for (const Value& item : *items) {
        const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
        if (!item.is(Type::Text) || !is_host(item.text()) || std::ranges::any_of(item.text(), is_upper)) return pack.bad(item, "hosts");
        hosts.emplace_back(item.text());
    }
}

void read_facts(MapReader& pack, FieldData& out) {
    const Value* map = pack.map(key::field_data, "field_data");
    if (map == nullptr) return;
    auto read = read_field_data(*map, pack.base());
    if (read) out = std::move(*read);
    else pack.fail_with({ErrorCode::TrustBadField, read.error().byte_offset, "field_data/" + read.error().detail});
}

template <typename T, typename Projection>
Result<void> check_unique(const std::vector<T>& list, Projection of, std::string_view name) {
    std::vector<std::int64_t> numbers;
    numbers.reserve(list.size());
    for (const T& item : list) numbers.push_back(static_cast<std::int64_t>(item.*of));
    sort_all(numbers);
    if (std::ranges::adjacent_find(numbers) != numbers.end()) return fail(ErrorCode::TrustDuplicateEntry, {}, std::string{name});
    return {};
}

Result<void> check_references(const TrustPack& pack) {
    if (auto ok = check_unique(pack.parties, &Party::id, "parties"); !ok) return ok;
    if (auto ok = check_unique(pack.products, &NamedCode::code, "products"); !ok) return ok;
    if (auto ok = check_unique(pack.divisions, &NamedCode::code, "divisions"); !ok) return ok;
    std::vector<std::uint32_t> ids;
    for (const Party& party : pack.parties) ids.push_back(party.id);
    sort_all(ids);
    for (const KeyEntry& entry : pack.keys)
        if (!std::ranges::binary_search(ids, entry.party)) return fail(ErrorCode::TrustUnknownParty, {}, std::to_string(entry.party));
    return {};
}

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

}  // namespace

Result<TrustPack> decode_trust_pack(ByteView payload, std::size_t base) {
    const auto root = cbor::decode(payload, cbor::Rules::deterministic, {.max_bytes = max_trust_pack_bytes});
    if (!root) return fail(root.error().code, base + root.error().byte_offset.value_or(0));
    if (const Value* tag = cbor::find_tag(*root)) return fail(ErrorCode::CborTag, base + tag->offset);
    TrustPack out;
    MapReader pack(*root, base, codes);
    out.version = pack.need_integer(key::version, "version", {1, UINT32_MAX});
    const auto issued = pack.time(key::issued, "issued");
    pack.need(issued.has_value(), "issued");
    out.issued_unix_s = issued.value_or(0);
    out.fresh_for_s = pack.need_integer(key::fresh_for, "fresh_for", uint32_range);
    out.usable_for_s = pack.need_integer(key::usable_for, "usable_for", uint32_range);
    out.demo = pack.flag(key::demo, "demo");
    out.publisher = read_text(pack, key::publisher, "publisher");
    pack.need(!out.publisher.zh_hans.empty(), "publisher");
    read_hosts(pack, out.hosts);
    read_list(pack, key::keys, "keys", out.keys, read_key);
    read_list(pack, key::parties, "parties", out.parties, read_party);
    read_list(pack, key::products, "products", out.products, read_code);
    read_list(pack, key::divisions, "divisions", out.divisions, read_code);
    read_facts(pack, out.field_data);
    read_public_logs(pack, key::logs, codes, out.logs);
    if (auto ok = pack.finish(); !ok) return std::unexpected(ok.error());
    if (auto ok = check_references(out); !ok) return std::unexpected(ok.error());
    return out;
}

Bytes encode_trust_pack(const TrustPack& pack) {
    MapBuilder map;
    map.add(key::version, cbor::make_integer(pack.version));
    map.add(key::issued, cbor::make_integer(pack.issued_unix_s));
    map.add(key::fresh_for, cbor::make_integer(pack.fresh_for_s));
    map.add(key::usable_for, cbor::make_integer(pack.usable_for_s));
    if (pack.demo) map.add(key::demo, cbor::make_bool(true));
    map.add(key::publisher, encode_text(pack.publisher));
    add_list(map, key::hosts, pack.hosts, [](const std::string& host) { return cbor::make_text(host); });
    add_list(map, key::keys, pack.keys, encode_key);
    add_list(map, key::parties, pack.parties, encode_party);
    add_list(map, key::products, pack.products, encode_code);
    add_list(map, key::divisions, pack.divisions, encode_code);
    if (pack.field_data.is_loaded()) map.add(key::field_data, pack.field_data.encoded);
    add_public_logs(map, key::logs, pack.logs);
    return cbor::encode(map.finish());
}

std::string_view role_name(Role role) noexcept {
    switch (role) {
        case Role::Producer: return "producer";
        case Role::Buyer: return "buyer";
        case Role::Bureau: return "bureau";
        case Role::Laboratory: return "laboratory";
        case Role::Certifier: return "certifier";
        case Role::Inspector: return "inspector";
        case Role::Supplier: return "supplier";
        case Role::Carrier: return "carrier";
        case Role::Market: return "market";
    }
    return {};
}

std::string_view party_kind_name(PartyKind kind) noexcept {
    switch (kind) {
        case PartyKind::Enterprise: return "enterprise";
        case PartyKind::Cooperative: return "cooperative";
        case PartyKind::FamilyFarm: return "family_farm";
        case PartyKind::Household: return "household";
        case PartyKind::BuyerOrganisation: return "buyer_organisation";
        case PartyKind::BuyerPerson: return "buyer_person";
        case PartyKind::Office: return "office";
    }
    return {};
}

}  // namespace pipa
