#include "limits/limits.hpp"
#include "support/bundle_builder.hpp"
#include "trust/pack_codec.hpp"
#include "trust/pack_keys.hpp"
#include "trust/seen.hpp"
#include "trust/supplement.hpp"
#include "tuf/path_pattern.hpp"

namespace pipa::test {
namespace {

// --- Bundles and notices ---

std::string bundle_bytes(std::size_t size) { return code_of(decode_bundle(Bytes(size))); }
std::string written_and_read(Bundle bundle) {
    const auto file = encode_bundle(std::move(bundle));
    return file ? code_of(decode_bundle(*file)) : code_of(file);
}
std::vector<BundleFile> files_of(std::size_t count) {
    std::vector<BundleFile> files;
    for (std::size_t i = 0; i < count; ++i) files.push_back({std::to_string(1'000'000 + i), {1}});
    return files;
}
std::string bundle_with(std::size_t metadata, std::size_t targets) { return written_and_read({files_of(metadata), files_of(targets)}); }
std::string bundle_named(std::size_t size) { return written_and_read({{{std::string(size, 'n'), {1}}}, files_of(1)}); }
// A bundle whose content brings it to so many bytes, written.
std::string bundle_filled_to(std::size_t size) {
    Bundle bundle{files_of(1), files_of(1)};
    bundle.targets[0].content.resize(size - 100);
    const std::size_t rest = 100 - (encode_bundle(bundle).value().size() - (size - 100));
    bundle.targets[0].content.resize(size - 100 + rest);
    return code_of(encode_bundle(bundle));
}
// The same past the writer: what a reader says of an array of so many names.
std::string read_bundle_with(std::size_t count, std::size_t name_bytes) {
    cbor::Value list = cbor::make_array(), one = cbor::make_array();
    for (std::size_t i = 0; i < count; ++i) {
        std::string name = std::to_string(1'000'000 + i);
        name.resize(name_bytes, 'n');
        list.items.push_back(cbor::make_array({cbor::make_text(name), cbor::make_bytes(Bytes{1})}));
    }
    one.items.push_back(cbor::make_array({cbor::make_text("a"), cbor::make_bytes(Bytes{1})}));
    return code_of(decode_bundle(cbor::encode(cbor::MapBuilder{}.add(1, cbor::make_integer(1)).add(2, std::move(one)).add(3,
        std::move(list)).finish())));
}
std::string notices_of(std::size_t count) { return code_of(encode_notices(std::vector<Bytes>(count))); }
std::string read_notices_of(std::size_t count) {
    cbor::Value list = cbor::make_array();
    for (std::size_t i = 0; i < count; ++i) list.items.push_back(cbor::make_bytes({}));
    return code_of(decode_notices(cbor::encode(list)));
}

// --- Notes of what was seen ---

std::string seen_with(std::size_t roots) {
    Bytes note = {2, static_cast<std::uint8_t>(roots)};
    note.resize(2 + 32 * roots + 48);
    return code_of(decode_seen(note));
}

// --- Trust packs ---

TrustPack sample() {
    TrustPack pack{.version = 1, .issued_unix_s = 1'795'138'200, .fresh_for_s = 1, .usable_for_s = 1, .publisher = {"区", ""}};
    pack.parties.push_back({.id = 1, .name = {"户", ""}, .division = 330113100});
    pack.keys.push_back({.party = 1, .valid_from = 1'795'000'000});
    return pack;
}
template <typename Change>
std::string pack(Change change) {
    TrustPack made = sample();
    change(made);
    return code_of(decode_trust_pack(encode_trust_pack(made), 0));
}
std::string text_of(std::size_t size) { return pack([=](TrustPack& p) { p.publisher.en = std::string(size, 'a'); }); }
std::string scope_of(std::size_t size) { return pack([=](TrustPack& p) { p.keys[0].scope.product_classes.assign(size, 1); }); }
std::string class_of(std::uint32_t number) { return pack([=](TrustPack& p) { p.keys[0].scope.product_classes = {number}; }); }
std::string prefix_of(std::int64_t prefix) { return pack([=](TrustPack& p) { p.keys[0].scope.division_prefixes = {prefix}; }); }
std::string division_of(std::int64_t division) { return pack([=](TrustPack& p) { p.parties[0].division = division; }); }
std::string kind_of(int kind) { return pack([=](TrustPack& p) { p.parties[0].kind = static_cast<PartyKind>(kind); }); }
std::string contact_of(std::size_t size) { return pack([=](TrustPack& p) { p.parties[0].contact = std::string(size, '1'); }); }
std::string uscc_of(std::size_t size) { return pack([=](TrustPack& p) { p.parties[0].uscc = std::string(size, '1'); }); }
std::string hosts_of(std::size_t count) { return pack([=](TrustPack& p) { p.hosts.assign(count, "a.example"); }); }
std::string code_numbered(std::int64_t code) { return pack([=](TrustPack& p) { p.products.push_back({code, {"瓜", ""}}); }); }
std::string fresh_for(std::int64_t seconds) { return pack([=](TrustPack& p) { p.fresh_for_s = seconds; }); }
std::string version_of(std::int64_t version) { return pack([=](TrustPack& p) { p.version = version; }); }
// A list of so many keys, of which the index alone is looked at.
std::string keys_of(std::uint32_t count) {
    Bytes index;
    for (std::uint32_t i = 0; i < count; ++i) {
        for (const std::uint8_t byte : index_key(i)) index.push_back(byte);
        for (const int shift : {24, 16, 8, 0}) index.push_back(static_cast<std::uint8_t>(i >> shift));
    }
    TrustPack made = sample();
    made.keys.clear();
    cbor::Value root = cbor::decode(encode_trust_pack(made), cbor::Rules::deterministic).value();
    root.items.push_back(cbor::make_integer(trust_pack::key::keys));
    root.items.push_back(cbor::make_array({cbor::make_bytes(index), cbor::make_bytes(Bytes(count))}));
    return code_of(open_trust_pack(cbor::encode(root), 0));
}

// --- Status lists ---

std::string shard_of(std::string_view number) { return yes_or_no(parse_status_path("status/" + std::string{number}).has_value()); }
std::string list_of(std::size_t bytes) { return code_of(StatusList::unpack(zlib_of(Bytes(bytes)), 2)); }

// Which version the name of a supplement gives, where the snapshot lists the last of so many bins.
std::string bins_of(std::uint32_t bits, std::string_view last) {
    BundledDistrict given;
    given.repository.delegate("targets", "status", {{"paths", {"status/*"}}});
    given.repository.publish({"status"});
    given.repository["snapshot"]["meta"][std::string{last} + ".json"] = {{"version", 9}};
    const tuf::SuccinctRoles bins{.bit_length = bits, .name_prefix = "status"};
    given.repository["snapshot"]["meta"][tuf::bin_name(bins, "status/3") + ".json"] = {{"version", 5}};
    given.publish();
    const auto opened = open_bundle(given.file(), given.pin(), {});
    return opened ? supplement_name(opened->client.trusted(), {.store = {}, .shard = 3}) : code_of(opened);
}

}  // namespace

std::vector<Limit> limits_of_trust() {
    constexpr std::size_t twelve_mib = std::size_t{12} << 20, eight_mib = std::size_t{8} << 20;
    return {
        {"trust/bundle.hpp", "max_bundle_bytes", [] { return bundle_bytes(twelve_mib); }, "cbor.trailing_bytes",
            [] { return bundle_bytes(twelve_mib + 1); }, "bundle.too_large"},
        {"trust/bundle.hpp", "max_bundle_bytes", [] { return bundle_filled_to(twelve_mib); }, "ok",
            [] { return bundle_filled_to(twelve_mib + 1); }, "bundle.too_large"},
        {"trust/bundle.hpp", "max_bundle_files", [] { return bundle_with(1024, 1); }, "ok", [] { return bundle_with(1025, 1); },
            "bundle.bad_field"},
        {"trust/bundle.hpp", "max_bundle_files", [] { return bundle_with(1, 1024); }, "ok", [] { return bundle_with(1, 1025); },
            "bundle.bad_field"},
        {"trust/bundle.hpp", "max_bundle_files", [] { return read_bundle_with(1024, 7); }, "ok",
            [] { return read_bundle_with(1025, 7); }, "bundle.bad_field"},
        {"trust/bundle.hpp", "max_bundle_files", [] { return bundle_with(1, 1); }, "ok", [] { return bundle_with(0, 1); },
            "bundle.bad_field"},
        {"trust/bundle.hpp", "max_bundle_name_bytes", [] { return bundle_named(200); }, "ok", [] { return bundle_named(201); },
            "bundle.bad_field"},
        {"trust/bundle.hpp", "max_bundle_name_bytes", [] { return read_bundle_with(1, 200); }, "ok",
            [] { return read_bundle_with(1, 201); }, "bundle.bad_field"},
        {"trust/bundle.hpp", "max_bundle_name_bytes", [] { return read_bundle_with(1, 1); }, "ok", [] { return read_bundle_with(1, 0); },
            "bundle.bad_field"},
        {"trust/bundle.hpp", "max_bundle_notices", [] { return notices_of(4096); }, "ok", [] { return notices_of(4097); },
            "bundle.bad_field"},
        {"trust/bundle.hpp", "max_bundle_notices", [] { return read_notices_of(4096); }, "ok", [] { return read_notices_of(4097); },
            "bundle.bad_field"},
        {"trust/seen.hpp", "max_seen_roots", [] { return seen_with(64); }, "ok", [] { return seen_with(65); }, "seen.malformed"},
        {"trust/seen.hpp", "max_seen_roots", [] { return seen_with(1); }, "ok", [] { return seen_with(0); }, "seen.malformed"},
        {"trust/status_list.hpp", "max_status_list_bytes", [] { return list_of(eight_mib); }, "ok",
            [] { return list_of(eight_mib + 1); }, "tsl.too_large"},
        {"trust/supplement.cpp", "max_digits", [] { return shard_of("999999"); }, "yes", [] { return shard_of("1000000"); }, "no"},
        {"trust/supplement.cpp", "max_bin_bits", [] { return bins_of(16, "status-ffff"); }, "status/3.1.5.cbor",
            [] { return bins_of(17, "status-1ffff"); }, "status/3.1.0.cbor"},
        {"trust/pack_decode.cpp", "max_text", [] { return text_of(160); }, "ok", [] { return text_of(161); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "max_scope", [] { return scope_of(64); }, "ok", [] { return scope_of(65); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "classes of a scope", [] { return class_of(1); }, "ok", [] { return class_of(0); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "classes of a scope", [] { return class_of(65); }, "ok", [] { return class_of(66); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "division_range", [] { return prefix_of(1); }, "ok", [] { return prefix_of(0); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "division_range", [] { return division_of(100'000); }, "ok", [] { return division_of(99'999); },
            "trust.bad_field"},
        {"trust/pack_decode.cpp", "division_range", [] { return division_of(999'999'999'999); }, "ok",
            [] { return division_of(1'000'000'000'000); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "uint32_range", [] { return fresh_for(UINT32_MAX); }, "ok",
            [] { return fresh_for(std::int64_t{UINT32_MAX} + 1); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "uint32_range", [] { return fresh_for(0); }, "ok", [] { return fresh_for(-1); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "version of a pack", [] { return version_of(1); }, "ok", [] { return version_of(0); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "version of a pack", [] { return version_of(UINT32_MAX); }, "ok",
            [] { return version_of(std::int64_t{UINT32_MAX} + 1); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "kinds of parties", [] { return kind_of(1); }, "ok", [] { return kind_of(0); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "kinds of parties", [] { return kind_of(7); }, "ok", [] { return kind_of(8); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "contact of a party", [] { return contact_of(64); }, "ok", [] { return contact_of(65); },
            "trust.bad_field"},
        {"trust/pack_decode.cpp", "USCC of a party", [] { return uscc_of(18); }, "ok", [] { return uscc_of(19); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "hosts of a pack", [] { return hosts_of(16); }, "ok", [] { return hosts_of(17); }, "trust.bad_field"},
        {"trust/pack_decode.cpp", "codes of names", [] { return code_numbered(1000); }, "ok", [] { return code_numbered(999); },
            "trust.bad_field"},
        {"trust/pack_decode.cpp", "entries of an index", [] { return keys_of(100'000); }, "ok", [] { return keys_of(100'001); },
            "trust.bad_field"},
    };
}

}  // namespace pipa::test
