// Absence that is signed: every file that a bundle or a supplement can have is taken out in turn, alone and with the role that lists it.
#include <catch2/catch_test_macros.hpp>
#include <functional>

#include "support/bundle_builder.hpp"
#include "support/exact_bytes.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string opened(const Bytes& file, const crypto::Digest& pin) { return without_detail(answer_of(open_bundle(Exact(file).view(), pin, {}))); }

// The same bundle with another content in place of one.
Bytes with_target(const BundledDistrict& given, const std::string& path, const Bytes& content) {
    Bundle bundle = given.bundle();
    for (BundleFile& file : bundle.targets)
        if (file.name == path) file.content = content;
    return encode_bundle(bundle).value();
}

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
        CHECK(opened(given.file(), given.pin()) != "ok");
    }
    given.put("records.cbor", head_file());
    given.publish();
    CHECK(opened(given.file(), given.pin()) == "ok");
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
