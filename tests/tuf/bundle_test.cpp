#include <catch2/catch_test_macros.hpp>

#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"
#include "support/bundle_builder.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string opened(const Bytes& file, const crypto::Digest& pin, ByteView seen = {}) {
    return without_detail(answer_of(open_bundle(Exact(file).view(), pin, seen)));
}

std::string opened(const BundledDistrict& given, ByteView seen = {}) { return opened(given.file(), given.pin(), seen); }

Bytes seen_after(const BundledDistrict& given) { return encode_seen(open_bundle(given.file(), given.pin(), {}).value().seen); }

// The same bundle with one file in the place of another.
Bytes with_target(const BundledDistrict& given, const std::string& path, Bytes content) {
    Bundle bundle = given.bundle();
    for (BundleFile& file : bundle.targets)
        if (file.name == path) file.content = content;
    return encode_bundle(bundle).value();
}

std::string metadata_name(const Bundle& bundle, std::string_view ending) {
    for (const BundleFile& file : bundle.metadata)
        if (file.name.ends_with(ending)) return file.name;
    return {};
}

}  // namespace

TEST_CASE("bundle: opens with the pin of its first root", "[bundle]") {
    BundledDistrict given;
    given.put("notices.cbor", encode_notices({}).value());
    given.publish();
    const auto bundle = open_bundle(given.file(), given.pin(), {});
    REQUIRE(answer_of(bundle) == "ok");
    CHECK(bundle->trust.pack().version == district().pack.version);
    CHECK(bundle->notices.empty());
    CHECK(bundle->office_key == district().office_public_key);
    CHECK(bundle->trust.as_of() == bundle_signed_at);
    CHECK(bundle->seen.timestamp == 3);
    CHECK(decode_seen(encode_seen(bundle->seen)) == bundle->seen);
}

TEST_CASE("bundle: comes back whole and has one encoding", "[bundle]") {
    const Bytes file = BundledDistrict{}.file();
    const auto bundle = decode_bundle(file);
    REQUIRE(bundle);
    CHECK(encode_bundle(*bundle).value() == file);
    Bundle twice = *bundle;
    twice.targets.push_back(twice.targets.front());
    CHECK(without_detail(answer_of(encode_bundle(twice))) == "bundle.duplicate_name");
    CHECK(without_detail(answer_of(encode_bundle({}))) == "bundle.bad_field");
}

TEST_CASE("bundle: every cut is refused, and every flipped bit", "[bundle]") {
    const BundledDistrict given;
    const Bytes file = given.file();
    for (std::size_t size = 0; size < file.size(); size += 1 + size / 16) CHECK(opened(to_bytes(ByteView{file}.first(size)), given.pin()).starts_with("cbor.truncated@"));
    Random random(test_seed());
    for (int i = 0; i < 400; ++i) {
        Bytes changed = file;
        changed[random.below(file.size())] ^= static_cast<std::uint8_t>(1U << random.below(8));
        CHECK(opened(changed, given.pin()) != "ok");
    }
}

TEST_CASE("bundle: another repository, an oversized one and a wrong signature each have a code", "[bundle]") {
    const BundledDistrict given;
    CHECK(opened(given.file(), crypto::Digest{}) == "bundle.wrong_root");
    CHECK(opened(Bytes(max_bundle_bytes + 1), given.pin()) == "bundle.too_large@12582912");
    Bundle bundle = given.bundle();
    for (BundleFile& file : bundle.metadata) {
        if (file.name != "timestamp.json") continue;
        std::string text{as_text(file.content)};
        text.replace(text.find("2027-11-20"), 10, "2028-11-20");
        file.content = to_bytes(as_bytes(text));
    }
    CHECK(opened(encode_bundle(bundle).value(), given.pin()) == "tuf.wrong_signature");
}

TEST_CASE("bundle: targets and metadata that were exchanged are noticed", "[bundle]") {
    BundledDistrict given;
    given.put("notices.cbor", {0x80});
    given.publish();
    CHECK(opened(with_target(given, "notices.cbor", {0x81}), given.pin()) == "tuf.wrong_hash");
    CHECK(opened(with_target(given, "notices.cbor", {0x80, 0x80}), given.pin()) == "tuf.wrong_length");
    CHECK(opened(with_target(given, "registry.cose", given.contents["notices.cbor"]), given.pin()) == "tuf.wrong_length");
    // An older snapshot beside a newer timestamp.
    const Bundle before = given.bundle();
    given.publish();
    Bundle mixed = given.bundle();
    const Bytes* old_snapshot = before.find_metadata(metadata_name(before, ".snapshot.json"));
    for (BundleFile& file : mixed.metadata)
        if (file.name.ends_with(".snapshot.json")) file.content = *old_snapshot;
    CHECK(opened(encode_bundle(mixed).value(), given.pin()) == "tuf.wrong_hash");
    Bundle lacking = given.bundle();
    std::erase_if(lacking.metadata, [](const BundleFile& file) { return file.name.ends_with(".targets.json"); });
    CHECK(opened(encode_bundle(lacking).value(), given.pin()) == "tuf.not_found");
    std::erase_if(lacking.targets, [](const BundleFile& file) { return file.name == "office.pub"; });
    Bundle no_office = given.bundle();
    std::erase_if(no_office.targets, [](const BundleFile& file) { return file.name == "office.pub"; });
    CHECK(opened(encode_bundle(no_office).value(), given.pin()) == "bundle.missing_target");
}

TEST_CASE("bundle: what the repository does not list has no place in it", "[bundle]") {
    const BundledDistrict given;
    for (const char* name : {"field.cbor", "extra", "status/0", "status/01", "status/x"}) {
        Bundle bundle = given.bundle();
        bundle.targets.push_back({name, {0xA0}});
        std::ranges::sort(bundle.targets, {}, &BundleFile::name);
        INFO(name);
        CHECK(opened(encode_bundle(bundle).value(), given.pin()) == "bundle.unlisted_target");
    }
}

TEST_CASE("bundle: an older state than the one seen is refused", "[bundle]") {
    BundledDistrict given;
    const Bytes old_file = given.file();
    given.publish();
    const Bytes seen = seen_after(given);
    CHECK(opened(old_file, given.pin(), seen) == "tuf.rollback");
    CHECK(opened(given.file(), given.pin(), seen) == "ok");
    CHECK(opened(old_file, given.pin()) == "ok");
    // A note that cannot be read counts as none; one of another repository says nothing about this one.
    CHECK(opened(old_file, given.pin(), Bytes{1, 2, 3}) == "ok");
    Seen other = decode_seen(seen).value();
    other.roots.front()[0] ^= 1;
    CHECK(opened(old_file, given.pin(), encode_seen(other)) == "ok");
}

TEST_CASE("bundle: an older registry under newer metadata is refused", "[bundle]") {
    BundledDistrict given;
    Seen seen = decode_seen(seen_after(given)).value();
    seen.pack += 1;
    CHECK(opened(given.file(), given.pin(), encode_seen(seen)) == "tuf.rollback");
}

TEST_CASE("bundle: versions that a stolen key ran up are forgotten when the root withdraws it", "[bundle]") {
    BundledDistrict given;
    Seen seen = decode_seen(seen_after(given)).value();
    seen.timestamp = 1'000'000;
    seen.snapshot = 1'000'000;
    CHECK(opened(given.file(), given.pin(), encode_seen(seen)) == "tuf.rollback");
    given.repository.set_root_role("timestamp", {"another timestamp key"});
    given.repository.publish({"root"});
    given.publish();
    CHECK(opened(given.file(), given.pin(), encode_seen(seen)) == "ok");
    // Seen with that root already, they count again.
    seen.root = 2;
    CHECK(opened(given.file(), given.pin(), encode_seen(seen)) == "tuf.rollback");
}

TEST_CASE("bundle: the root may have been rotated since the page was published", "[bundle]") {
    BundledDistrict given;
    for (int i = 0; i < 3; ++i) {
        given.repository.set_root_role("root", {"root key " + std::to_string(i)});
        const auto before = given.repository.signers["root"];
        given.repository.signers["root"] = {i == 0 ? std::string("root key") : "root key " + std::to_string(i - 1), "root key " + std::to_string(i)};
        given.repository.publish({"root"});
    }
    given.publish();
    const auto bundle = open_bundle(given.file(), given.pin(), {});
    REQUIRE(answer_of(bundle) == "ok");
    CHECK(bundle->seen.root == 4);
    // A newer page carries a newer root; the same bundle serves both.
    CHECK(opened(given.file(), crypto::sha256(given.repository.files.at("metadata/3.root.json"))) == "ok");
}

TEST_CASE("bundle: expired metadata is old, not wrong", "[bundle]") {
    BundledDistrict given;
    given.repository["timestamp"]["expires"] = "2026-11-21T00:00:00Z";
    given.publish();
    const auto bundle = open_bundle(given.file(), given.pin(), {});
    REQUIRE(answer_of(bundle) == "ok");
    CHECK(bundle->trust.expires() == parse_time("2026-11-21T00:00:00Z").value());
}

TEST_CASE("bundle: status lists answer for their certificates and for no others", "[bundle]") {
    BundledDistrict given;
    given.set_status(0, {{7, 1}, {8, 2}, {9, 3}, {32'767, 1}});
    given.set_status(10, {{0, 1}});
    given.set_status(2, {});
    given.publish();
    const auto bundle = open_bundle(given.file(), given.pin(), {});
    REQUIRE(answer_of(bundle) == "ok");
    const TrustStore& trust = bundle->trust;
    CHECK(trust.status_of(6) == Status::Valid);
    CHECK(trust.status_of(7) == Status::Invalid);
    CHECK(trust.status_of(8) == Status::Suspended);
    CHECK(trust.status_of(9) == Status::Recalled);
    CHECK(trust.status_of(32'767) == Status::Invalid);
    CHECK_FALSE(trust.status_of(32'768));
    CHECK(trust.status_of(2 * 32'768) == Status::Valid);
    CHECK(trust.status_of(10 * 32'768) == Status::Invalid);
    CHECK_FALSE(trust.status_of(UINT32_MAX));
    CHECK_FALSE(district().store.status_of(0));
}

TEST_CASE("bundle: a status list that unpacks to more than a shard, or is damaged, is refused", "[bundle]") {
    BundledDistrict given;
    given.put("status/0", zlib_of(Bytes(status_shard_bytes + 1)));
    given.publish();
    CHECK(opened(given) == "tsl.too_large");
    given.put("status/0", zlib_of(Bytes(std::size_t{64} << 20)));  // 64 MB in 64 KB
    given.publish();
    CHECK(opened(given) == "tsl.too_large@8264");
    Bytes cut = zlib_of(Bytes(status_shard_bytes));
    cut.resize(cut.size() / 2);
    given.put("status/0", cut);
    given.publish();
    CHECK(opened(given) == "tsl.bad_zlib");
}

TEST_CASE("bundle: a registry with two entries of one kid is refused", "[bundle]") {
    TrustPack pack = district().pack;
    pack.keys.push_back(pack.keys.front());
    pack.keys.back().role = Role::Bureau;
    BundledDistrict given;
    given.put("registry.cose", sign_trust_pack(worthless_key("office"), pack));
    given.publish();
    CHECK(opened(given).starts_with("trust.duplicate_key"));
}

TEST_CASE("bundle: a shard of any content stays below 16 KB", "[bundle]") {
    Random random(test_seed());
    const Bytes packed = random.bytes(status_shard_bytes), worst = zlib_of(packed);
    CHECK(worst.size() == 8'203);  // stored: larger than what it says
    CHECK(StatusList::unpack(worst, status_bits, status_shard_bytes)->status(1) == (packed[0] >> 2 & 3));
    CHECK(100'000'000 / status_shard_entries + 1 == 3'052);
}

TEST_CASE("seen: a note is read whole or not at all", "[bundle]") {
    const Bytes note = encode_seen(Seen{.root = 1, .timestamp = 2, .snapshot = 3, .targets = 4, .pack = 5, .signed_at = 6});
    for (std::size_t size = 0; size < note.size(); ++size) CHECK(answer_of(decode_seen(Exact(ByteView{note}.first(size)).view())) == "seen.malformed");
    Bytes changed = note;
    changed[0] = 2;
    CHECK(answer_of(decode_seen(changed)) == "seen.malformed");
    changed = note;
    changed[33] = 0xFF;  // a version beyond what a repository can have
    CHECK(answer_of(decode_seen(changed)) == "seen.malformed");
}
