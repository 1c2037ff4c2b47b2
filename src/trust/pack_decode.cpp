#include "trust/pack_codec.hpp"

#include <algorithm>
#include <cstring>

#include "trust/pack_keys.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

using cbor::Type;
using cbor::Value;
using namespace trust_pack;

constexpr FieldCodes codes{ErrorCode::TrustBadField, ErrorCode::TrustBadField, ErrorCode::TrustBadField};
constexpr Range uint32_range{0, UINT32_MAX};
constexpr Range division_range{100'000, 999'999'999'999};
constexpr std::size_t max_text = 160;
constexpr std::size_t max_scope = 64;

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
    entry.store = reader.text(entry_key::store, "store", max_delegate_name);
    reader.need(entry.store.empty() || is_delegate_name(entry.store), "store");
    entry.rechecks = reader.flag(entry_key::rechecks, "rechecks");
    reader.need(!entry.rechecks || entry.role == Role::Laboratory, "rechecks");
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

// Checks the index, and nothing of the entries: they are read when they are asked for.
IndexedList read_indexed_list(MapReader& pack, std::int64_t key, std::string_view name, ErrorCode twice) {
    IndexedList out;
    const auto* pair = pack.array(key, name, 2);
    if (pair == nullptr) return out;
    const bool shaped = pair->size() == 2 && (*pair)[0].is(Type::Bytes) && (*pair)[1].is(Type::Bytes) && !(*pair)[0].bytes.empty() &&
                        (*pair)[0].bytes.size() % IndexedList::row_size == 0;
    if (!shaped) return pack.bad(pair->front(), name), out;
    out.index = (*pair)[0].bytes;
    out.entries = (*pair)[1].bytes;
    out.offset = pack.base() + (*pair)[1].end - out.entries.size();
    if (out.size() > max_registry_entries) pack.bad(pair->front(), name);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool first = i == 0;
        const int order = first ? 1 : std::memcmp(out.row(i), out.row(i - 1), index_key_size);
        if (order == 0) return pack.fail_with({twice, pack.base() + pair->front().offset, std::string{name}}), out;
        const bool fits = first ? out.begin_of(0) == 0 : out.begin_of(i) > out.begin_of(i - 1);
        if (order < 0 || !fits || out.begin_of(i) >= out.entries.size()) return pack.bad(pair->front(), name), out;
    }
    return out;
}

template <typename T, typename Read>
Result<T> read_entry(const IndexedList& list, std::size_t at, Read read) {
    const ByteView bytes = list.entry(at);
    const std::size_t base = list.offset + list.begin_of(at);
    const auto value = cbor::decode(bytes, cbor::Rules::deterministic, {.max_bytes = max_trust_pack_bytes});
    if (!value) return fail(value.error().code, base + value.error().byte_offset.value_or(0));
    if (const Value* tag = cbor::find_tag(*value)) return fail(ErrorCode::CborTag, base + tag->offset);
    MapReader reader(*value, base, codes);
    T out = read(reader);
    if (auto ok = reader.finish(); !ok) return std::unexpected(ok.error());
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

// Names are looked up by halves; a code that stands twice is not in rising order.
Result<void> check_rising(const std::vector<NamedCode>& list, std::string_view name) {
    for (std::size_t i = 1; i < list.size(); ++i) {
        if (list[i - 1].code < list[i].code) continue;
        return fail(list[i - 1].code == list[i].code ? ErrorCode::TrustDuplicateEntry : ErrorCode::TrustBadField, {}, std::string{name});
    }
    return {};
}

}  // namespace

Result<PackedTrust> open_trust_pack(ByteView payload, std::size_t base) {
    const auto root = cbor::decode(payload, cbor::Rules::deterministic, {.max_bytes = max_trust_pack_bytes});
    if (!root) return fail(root.error().code, base + root.error().byte_offset.value_or(0));
    if (const Value* tag = cbor::find_tag(*root)) return fail(ErrorCode::CborTag, base + tag->offset);
    PackedTrust packed;
    TrustPack& out = packed.head;
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
    packed.keys = read_indexed_list(pack, key::keys, "keys", ErrorCode::TrustDuplicateKey);
    packed.parties = read_indexed_list(pack, key::parties, "parties", ErrorCode::TrustDuplicateEntry);
    read_list(pack, key::products, "products", out.products, read_code);
    read_list(pack, key::divisions, "divisions", out.divisions, read_code);
    read_facts(pack, out.field_data);
    read_public_logs(pack, key::logs, codes, out.logs);
    if (auto ok = pack.finish(); !ok) return std::unexpected(ok.error());
    if (auto ok = check_rising(out.products, "products"); !ok) return std::unexpected(ok.error());
    if (auto ok = check_rising(out.divisions, "divisions"); !ok) return std::unexpected(ok.error());
    return packed;
}

Result<KeyEntry> read_key_entry(const IndexedList& keys, std::size_t at) {
    auto entry = read_entry<KeyEntry>(keys, at, read_key);
    const cose::Kid kid = entry ? kid_of(entry->public_key) : cose::Kid{};
    if (entry && !std::ranges::equal(kid, keys.key(at))) return fail(ErrorCode::TrustBadField, keys.offset + keys.begin_of(at), "public_key");
    return entry;
}

Result<Party> read_party_entry(const IndexedList& parties, std::size_t at) {
    auto party = read_entry<Party>(parties, at, read_party);
    if (party && !std::ranges::equal(index_key(party->id), parties.key(at)))
        return fail(ErrorCode::TrustBadField, parties.offset + parties.begin_of(at), "id");
    return party;
}

Result<TrustPack> unpack_trust(const PackedTrust& packed) {
    TrustPack out = packed.head;
    for (std::size_t i = 0; i < packed.parties.size(); ++i) {
        auto party = read_party_entry(packed.parties, i);
        if (!party) return std::unexpected(party.error());
        out.parties.push_back(std::move(*party));
    }
    for (std::size_t i = 0; i < packed.keys.size(); ++i) {
        auto entry = read_key_entry(packed.keys, i);
        if (!entry) return std::unexpected(entry.error());
        if (!packed.parties.find(index_key(entry->party))) return fail(ErrorCode::TrustUnknownParty, {}, std::to_string(entry->party));
        out.keys.push_back(std::move(*entry));
    }
    return out;
}

Result<TrustPack> decode_trust_pack(ByteView payload, std::size_t base) {
    const auto packed = open_trust_pack(payload, base);
    if (!packed) return std::unexpected(packed.error());
    return unpack_trust(*packed);
}

IndexKey index_key(std::uint32_t number) noexcept {
    IndexKey out{};
    for (std::size_t i = 0; i < 4; ++i) out[7 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return out;
}

std::size_t IndexedList::begin_of(std::size_t at) const noexcept {
    const std::uint8_t* bytes = row(at) + index_key_size;
    return std::size_t{bytes[0]} << 24 | std::size_t{bytes[1]} << 16 | std::size_t{bytes[2]} << 8 | bytes[3];
}

ByteView IndexedList::entry(std::size_t at) const noexcept {
    const std::size_t begin = begin_of(at);
    const std::size_t end = at + 1 == size() ? entries.size() : begin_of(at + 1);
    return ByteView{entries}.subspan(begin, end - begin);
}

std::optional<std::size_t> IndexedList::find(const IndexKey& wanted) const noexcept {
    std::size_t low = 0;
    for (std::size_t high = size(); low < high;) {
        const std::size_t middle = (low + high) / 2;
        const int order = std::memcmp(row(middle), wanted.data(), index_key_size);
        if (order == 0) return middle;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return {};
}

}  // namespace pipa

