#include <catch2/catch_test_macros.hpp>
#include <functional>

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

namespace {

// Of a bundle, what is not wanted taken out.
Bytes without(Bundle bundle, const std::function<bool(const BundleFile&)>& unwanted) {
    std::erase_if(bundle.metadata, unwanted);
    std::erase_if(bundle.targets, unwanted);
    return encode_bundle(bundle).value();
}

auto named(std::string name) {
    return [name = std::move(name)](const BundleFile& file) { return file.name == name; };
}
auto of_role(const std::string& role) {
    return [ending = "." + role + ".json"](const BundleFile& file) { return file.name.ends_with(ending); };
}

Bytes head_file(const std::vector<CertificateRecord>& records = {}) { return encode_records_head(build_records(records, 0).head).value(); }

// Everything that a bundle can have, in roles as a publisher spreads them: documents, and two that are delegated.
BundledDistrict whole_district() {
    BundledDistrict given;
    given.repository.delegate("targets", "live", {{"paths", {"notices.cbor", "status/*"}}, {"terminating", true}});
    given.repository.delegate("targets", "head", {{"paths", {"records.cbor"}}, {"terminating", true}});
    given.delegated = {"live", "head"};
    given.put("notices.cbor", encode_notices({}).value(), "live");
    given.put("records.cbor", head_file({{.number = "A", .certificate = {1}}}), "head");
    given.publish();
    return given;
}

}  // namespace

TEST_CASE("bundle: whatever a repository lists of what phones know must be there, and the roles that could list it too", "[bundle]") {
    const BundledDistrict given = whole_district();
    const Bundle whole = given.bundle();
    const auto bundle = open_bundle(encode_bundle(whole).value(), given.pin(), {});
    REQUIRE(answer_of(bundle) == "ok");
    REQUIRE(bundle->records);
    CHECK(bundle->records->certificates == 1);
    for (const char* path : {"registry.cose", "office.pub", "notices.cbor", "records.cbor"}) {
        INFO(path);
        CHECK(answer_of(open_bundle(without(whole, named(path)), given.pin(), {})) == "bundle.missing_target(" + std::string{path} + ")");
        // Gone with the role that lists it.
        for (const char* role : {"live", "head", "targets", "snapshot"}) {
            INFO(role);
            const auto unwanted = [&](const BundleFile& file) { return named(path)(file) || of_role(role)(file); };
            CHECK(opened(without(whole, unwanted), given.pin()) != "ok");
        }
        for (const Bytes& other : {Bytes{}, Bytes{0xA0}, head_file()}) CHECK(opened(with_target(given, path, other), given.pin()) != "ok");
    }
    CHECK(opened(without(whole, of_role("head")), given.pin()) == "tuf.not_found");
    CHECK(opened(without(whole, of_role("live")), given.pin()) == "tuf.not_found");
}

TEST_CASE("bundle: what no role lists is absent, and that is signed", "[bundle]") {
    BundledDistrict given;
    auto bundle = open_bundle(given.file(), given.pin(), {});
    REQUIRE(answer_of(bundle) == "ok");
    CHECK(bundle->notices.empty());
    CHECK_FALSE(bundle->records);
    // The same where a role could list it and does not, or was delegated and never published.
    given.repository.delegate("targets", "head", {{"paths", {"records.cbor"}}, {"terminating", true}});
    given.publish();
    bundle = open_bundle(given.file(), given.pin(), {});
    REQUIRE(answer_of(bundle) == "ok");
    CHECK_FALSE(bundle->records);
    given.delegated = {"head"};
    given.publish();
    bundle = open_bundle(given.file(), given.pin(), {});
    REQUIRE(answer_of(bundle) == "ok");
    CHECK_FALSE(bundle->records);
    CHECK(opened(without(given.bundle(), of_role("head")), given.pin()) == "tuf.not_found");
    // Put in all the same.
    Bundle more = given.bundle();
    more.targets.push_back({"records.cbor", head_file()});
    CHECK(opened(encode_bundle(more).value(), given.pin()) == "bundle.unlisted_target");
}

TEST_CASE("bundle: a records head that cannot be read is refused", "[bundle]") {
    BundledDistrict given;
    for (const Bytes& head : {Bytes{}, Bytes{0x80}, encode_notices({}).value()}) {
        given.put("records.cbor", head);
        given.publish();
        CHECK(opened(given) != "ok");
    }
    given.put("records.cbor", head_file());
    given.publish();
    CHECK(opened(given) == "ok");
}

TEST_CASE("bundle: those of before there were record files open, and that they have none is signed", "[bundle]") {
    for (const char* name : {"of_the_demo", "with_a_delegated_role"}) {
        BundledDistrict given;
        if (std::string_view{name} == "with_a_delegated_role") {
            given.repository.delegate("targets", "live", {{"paths", {"notices.cbor", "status/*", "lots/*"}}, {"terminating", true}});
            given.delegated = {"live"};
        }
        const std::string role = given.delegated.empty() ? "targets" : "live";
        given.put("notices.cbor", encode_notices({}).value(), role);
        given.set_status(0, {}, role);
        given.publish();
        const auto bundle = open_bundle(given.file(), given.pin(), {});
        INFO(name);
        REQUIRE(answer_of(bundle) == "ok");
        CHECK_FALSE(bundle->records);
    }
}

TEST_CASE("bundle: a supplement brings the part of the status list that was left out", "[bundle]") {
    BundledDistrict given;
    given.repository.delegate("targets", "live", {{"paths", {"status/*"}}, {"terminating", true}});
    given.delegated = {"live"};
    given.set_status(3051, {{5, 1}}, "live");
    given.publish();
    const Bundle whole = given.bundle();
    const auto is_live = of_role("live");
    const auto is_shard = [](const BundleFile& file) { return file.name.starts_with("status/"); };
    Bundle rest = whole;
    std::erase_if(rest.metadata, [&](const BundleFile& file) { return !is_live(file); });
    std::erase_if(rest.targets, [&](const BundleFile& file) { return !is_shard(file); });

    auto bundle = open_bundle(without(whole, [&](const BundleFile& file) { return is_live(file) || is_shard(file); }), given.pin(), {});
    REQUIRE(answer_of(bundle) == "ok");
    const SupplementPlace place{.shard = 3051};
    const auto added = [&](const Bundle& file, const SupplementPlace& wanted) {
        return without_detail(answer_of(add_supplement(bundle->trust, bundle->client, encode_bundle(file).value(), wanted)));
    };
    const std::uint32_t index = 3051 * status_shard_entries + 5;
    CHECK_FALSE(bundle->trust.status_of(index));
    CHECK(added({rest.metadata, given.bundle().targets}, place) == "bundle.unlisted_target");
    CHECK(added(rest, {.shard = 3050}) == "bundle.unlisted_target");
    Bundle forged = rest;
    forged.targets.front().content = zlib_of(Bytes(status_shard_bytes));
    CHECK(added(forged, place) == "tuf.wrong_length");
    CHECK_FALSE(bundle->trust.status_of(index));
    CHECK(encode_bundle(rest)->size() < 16'384);
    REQUIRE(added(rest, place) == "ok");
    CHECK(bundle->trust.status_of(index) == Status::Invalid);
    CHECK(bundle->trust.status_of(index + 1) == Status::Valid);
}

TEST_CASE("bundle: a delegated store's supplement has all that the store says, or shows that it does not say it", "[bundle]") {
    BundledDistrict given;
    given.repository.delegate("targets", "tangqi", {{"paths", {"tangqi/*", "tangqi/*/*"}}, {"terminating", true}});
    given.delegated = {"tangqi"};
    given.put("tangqi/status/0", zlib_of(Bytes(status_shard_bytes)), "tangqi");
    given.put("tangqi/notices.cbor", encode_notices({Bytes{1}}).value(), "tangqi");
    given.publish();
    const auto is_of_town = [](const BundleFile& file) { return file.name.find("tangqi") != std::string::npos; };
    const auto supplement = [&] {
        Bundle out = given.bundle();
        std::erase_if(out.metadata, [&](const BundleFile& file) { return !is_of_town(file); });
        std::erase_if(out.targets, [&](const BundleFile& file) { return !is_of_town(file); });
        return out;
    };
    const SupplementPlace place{.store = "tangqi", .shard = 0}, unlisted{.store = "tangqi"};
    const auto opened_bundle = [&] { return open_bundle(without(given.bundle(), is_of_town), given.pin(), {}).value(); };
    const auto added = [](OpenedBundle& bundle, const Bytes& file, const SupplementPlace& wanted) {
        return add_supplement(bundle.trust, bundle.client, file, wanted);
    };

    // Without a records head: that there is none is signed.
    OpenedBundle bundle = opened_bundle();
    auto contents = added(bundle, encode_bundle(supplement()).value(), place);
    REQUIRE(answer_of(contents) == "ok");
    CHECK(contents->notices.size() == 1);
    CHECK_FALSE(contents->records);
    CHECK(bundle.trust.knows_store("tangqi"));

    given.put("tangqi/records.cbor", head_file({{.number = "A", .certificate = {1}}}), "tangqi");
    given.publish();
    bundle = opened_bundle();
    const Bundle whole = supplement();
    for (const char* path : {"tangqi/status/0", "tangqi/notices.cbor", "tangqi/records.cbor"}) {
        INFO(path);
        CHECK(answer_of(added(bundle, without(whole, named(path)), place)) == "bundle.missing_target(" + std::string{path} + ")");
    }
    Bundle alone = whole;
    alone.metadata = given.bundle().metadata;
    CHECK(without_detail(answer_of(added(bundle, without(alone, of_role("tangqi")), place))) == "tuf.not_found");
    CHECK(without_detail(answer_of(added(bundle, encode_bundle(whole).value(), {.shard = 0}))) == "bundle.unlisted_target");
    CHECK(without_detail(answer_of(added(bundle, encode_bundle(whole).value(), unlisted))) == "bundle.unlisted_target");
    CHECK_FALSE(bundle.trust.knows_store("tangqi"));
    CHECK_FALSE(bundle.trust.status_of(0, "tangqi"));

    // For a certificate without a place in the list the part stays away.
    contents = added(bundle, without(whole, named("tangqi/status/0")), unlisted);
    REQUIRE(answer_of(contents) == "ok");
    REQUIRE(contents->records);
    CHECK(contents->records->certificates == 1);
    CHECK_FALSE(bundle.trust.status_of(0, "tangqi"));
    REQUIRE(answer_of(added(bundle, encode_bundle(whole).value(), place)) == "ok");
    CHECK(bundle.trust.status_of(0, "tangqi") == Status::Valid);
}

TEST_CASE("supplement: which certificate needs one, and under which name", "[bundle]") {
    const KeyEntry own{}, town{.store = "tangqi"};
    const Certificate listed{.status_index = status_shard_entries}, unlisted{};
    BundledDistrict given;
    given.repository.delegate("targets", "tangqi", {{"paths", {"tangqi/*", "tangqi/*/*"}}, {"terminating", true}});
    given.publish();
    OpenedBundle bundle = open_bundle(given.file(), given.pin(), {}).value();
    CHECK(supplement_place_of(listed, own, bundle.trust) == SupplementPlace{.shard = 1});
    CHECK_FALSE(supplement_place_of(unlisted, own, bundle.trust));
    CHECK(supplement_place_of(listed, town, bundle.trust) == SupplementPlace{.store = "tangqi", .shard = 1});
    CHECK(supplement_place_of(unlisted, town, bundle.trust) == SupplementPlace{.store = "tangqi"});
    CHECK_FALSE(supplement_place_of(listed, town, district().store));  // a pack alone
    // Delegated, and never published: it is signed that there is nothing.
    CHECK(supplement_name(bundle.client.trusted(), {.store = "tangqi", .shard = 1}).empty());
    CHECK(supplement_name(bundle.client.trusted(), {.shard = 1}).empty());

    given.delegated = {"tangqi"};
    given.publish();
    given.publish();
    bundle = open_bundle(given.file(), given.pin(), {}).value();
    CHECK(supplement_name(bundle.client.trusted(), {.store = "tangqi", .shard = 1}) == "tangqi/status/1.2.0.0.0.cbor");
    CHECK(supplement_name(bundle.client.trusted(), {.store = "tangqi"}) == "tangqi/status/-.2.0.0.cbor");
    bundle.trust.add_store("tangqi");
    CHECK_FALSE(supplement_place_of(unlisted, town, bundle.trust));
    CHECK(supplement_place_of(listed, town, bundle.trust) == SupplementPlace{.store = "tangqi", .shard = 1});
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
