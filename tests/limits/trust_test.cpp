// Refusals of src/trust: bundles past their writer, scopes of keys, what a certificate needs beside the bundle.
#include <catch2/catch_test_macros.hpp>
#include <functional>

#include "limits/limits.hpp"
#include "limits/world.hpp"
#include "support/edn.hpp"
#include "support/record_files.hpp"
#include "trust/bundle.hpp"
#include "trust/cose_verify.hpp"
#include "trust/inflate.hpp"
#include "trust/supplement.hpp"

using namespace pipa;
using namespace pipa::test;
using cose::StatementType;

namespace {

std::string bundle(std::string_view edn) { return without_offset(answer_of(decode_bundle(encode_edn(edn).bytes))); }
std::string notices(std::string_view edn) { return without_offset(answer_of(decode_notices(encode_edn(edn).bytes))); }

using Change = std::function<void(World&)>;

// How the last statement stands with its key.
std::string standing(const Change& change) {
    World world;
    change(world);
    return std::string{standing_name(open_dossier(encode_dossier({}, world.statements), world.trust()).value().statements.back().standing)};
}

Json words(const char* chinese) { return {{"zh-Hans", chinese}}; }
void card(World& w, const Json& more) {
    Json fields = {{"id", "C"}, {"name", words("社")}, {"kind", "cooperative"}, {"division", "330113100"}};
    fields.update(more);
    w.say("bureau", "card", fields);
}
void harvest(World& w, const Json& more) {
    Json fields = {{"id", "W"}, {"producer", producer}, {"step", "ship"}, {"day", "2026-11-12"}};
    fields.update(more);
    w.say("carrier", "work", fields);
}

}  // namespace

TEST_CASE("bundle: what its bytes may not be, past the writer", "[limits][bundle]") {
    const std::string good = R"(["a", h'01'])";
    const auto with = [](const std::string& metadata, const std::string& targets) {
        return bundle("{1: 1, 2: [" + metadata + "], 3: [" + targets + "]}"); };
    CHECK(with(good, good) == "ok");
    CHECK(with(good, R"(["a", h'01'], ["b", h''])") == "ok");
    for (const char* bad : {"1", "\"a\"", "[]", R"(["a"])", R"(["a", h'01', h'02'])", R"([h'61', h'01'])", R"(["a", "b"])",
        R"(["", h'01'])", R"({"a": h'01'})"}) {
        INFO(bad);
        CHECK(with(good, bad) == "bundle.bad_field(targets)");
        CHECK(with(bad, good) == "bundle.bad_field(metadata)");
    }
    CHECK(with(good, R"(["b", h'01'], ["a", h'01'])") == "bundle.bad_field(a)");
    CHECK(with(good, R"(["a", h'01'], ["a", h'02'])") == "bundle.duplicate_name(a)");
    CHECK(with("", good) == "bundle.bad_field(metadata)");
    CHECK(with(good, "") == "bundle.bad_field(targets)");
    CHECK(bundle(R"({1: 1, 2: [["a", h'01']]})") == "bundle.bad_field(targets)");
    CHECK(bundle(R"({1: 1, 3: [["a", h'01']]})") == "bundle.bad_field(metadata)");
    CHECK(bundle(R"({1: 2, 2: [["a", h'01']], 3: [["a", h'01']]})") == "bundle.bad_field(form)");
    CHECK(bundle(R"({1: 0, 2: [["a", h'01']], 3: [["a", h'01']]})") == "bundle.bad_field(form)");
    CHECK(bundle(R"({2: [["a", h'01']], 3: [["a", h'01']]})") == "bundle.bad_field(form)");
    CHECK(bundle(R"({1: 1, 2: [["a", h'01']], 3: [["a", h'01']], 4: 1})") == "bundle.bad_field(4)");
    CHECK(bundle("[]") == "bundle.bad_field(map)");
    CHECK(bundle(R"({1: 1, 2: [["a", h'01']], 3: [["a", [[]]]]})") == "cbor.too_deep");
}

TEST_CASE("notices: a list of messages, and nothing else", "[limits][bundle]") {
    CHECK(notices("[]") == "ok");
    CHECK(notices("[h'', h'00']") == "ok");
    CHECK(notices("{}") == "bundle.bad_field(notices)");
    CHECK(notices("h''") == "bundle.bad_field(notices)");
    CHECK(notices("[h'', \"\"]") == "bundle.bad_field(notices)");
    CHECK(notices("[[]]") == "bundle.bad_field(notices)");
    CHECK(notices("[[[]]]") == "cbor.too_deep");
}

TEST_CASE("bundle: the writer refuses what the reader would", "[limits][bundle]") {
    const std::vector<BundleFile> one = {{"a", {1}}};
    const auto written = [](std::vector<BundleFile> metadata, std::vector<BundleFile> targets) {
        return without_offset(answer_of(encode_bundle({std::move(metadata), std::move(targets)}))); };
    CHECK(written(one, one) == "ok");
    CHECK(written(one, {{"b", {}}, {"a", {}}}) == "ok");  // sorted on the way
    CHECK(written({}, one) == "bundle.bad_field(metadata)");
    CHECK(written(one, {}) == "bundle.bad_field(targets)");
    CHECK(written(one, {{"", {}}}) == "bundle.bad_field");
    CHECK(written(one, {{"a", {}}, {"b", {}}, {"a", {1}}}) == "bundle.duplicate_name(a)");
    const Bundle found = decode_bundle(encode_bundle({one, {{"b", {2}}, {"d", {4}}}}).value()).value();
    CHECK(found.find_target("b") != nullptr);
    CHECK(found.find_target("d") != nullptr);
    for (const char* none : {"a", "c", "e", ""}) CHECK(found.find_target(none) == nullptr);
    CHECK(found.find_metadata("a") != nullptr);
    CHECK(found.find_metadata("b") == nullptr);
}

TEST_CASE("scope: places, products and kinds that a key may speak of", "[limits][trust]") {
    const auto bureau = [](World& w) -> Scope& { return w.key("bureau").scope; };
    const auto carrier = [](World& w) -> Scope& { return w.key("carrier").scope; };
    CHECK(standing([&](World& w) { bureau(w).types = {StatementType::Card}, card(w, Json::object()); }) == "stands");
    CHECK(standing([&](World& w) { bureau(w).types = {StatementType::Notice}, card(w, Json::object()); }) == "out_of_scope");
    CHECK(standing([&](World& w) { bureau(w).division_prefixes = {330113}, card(w, Json::object()); }) == "stands");
    CHECK(standing([&](World& w) { bureau(w).division_prefixes = {330114, 330113100}, card(w, Json::object()); }) == "stands");
    CHECK(standing([&](World& w) { bureau(w).division_prefixes = {330114}, card(w, Json::object()); }) == "out_of_scope");
    CHECK(standing([&](World& w) { bureau(w).division_prefixes = {330113100201}, card(w, Json::object()); }) == "out_of_scope");
    // A work's own place comes before that of its producer; without one the registry's counts, and what nobody knows is nowhere.
    CHECK(standing([&](World& w) { carrier(w).division_prefixes = {330113}, harvest(w, Json::object()); }) == "stands");
    CHECK(standing([&](World& w) { carrier(w).division_prefixes = {330114}, harvest(w, Json::object()); }) == "out_of_scope");
    CHECK(standing([&](World& w) { carrier(w).division_prefixes = {330114}, harvest(w, {{"division", "330114100"}}); }) == "stands");
    CHECK(standing([&](World& w) { carrier(w).division_prefixes = {330113}, harvest(w, {{"division", "330114100"}}); }) == "out_of_scope");
    CHECK(standing([&](World& w) { carrier(w).division_prefixes = {330114}, harvest(w, {{"producer", "nobody"}}); }) == "stands");
    // Of many producers, the registry is read once.
    for (const char* last : {producer, other_producer, "nobody", "0", "z"}) {
        const auto many = [&](std::int64_t prefix) {
            return standing([&](World& w) {
                carrier(w).division_prefixes = {prefix};
                for (const char* one : {"p1", "p2", "p3", "p4", "p5"}) harvest(w, {{"producer", one}});
                harvest(w, {{"producer", last}});
            });
        };
        const bool known = last == producer || last == other_producer;
        CHECK(many(330113) == "stands");
        CHECK(many(330114) == (known ? "out_of_scope" : "stands"));
    }
    // Products by code; what names none is held against its lot later.
    const auto of_class = [&](std::uint32_t number, const Change& say) {
        return standing([&](World& w) { bureau(w).product_classes = {number}, say(w); }); };
    const Change label = [](World& w) {
        w.say("bureau", "label", {{"id", "L"}, {"kind", "organic"}, {"number", "1"}, {"reference", 1}, {"holder", producer},
            {"products", {2002}}, {"product_name", words("瓜")}, {"valid_from", "2026-01-01"}});
    };
    const Change notice = [](World& w) { w.say("bureau", "notice", {{"id", "N"}, {"kind", "recall"}, {"title", words("示例")},
        {"since", "2026-11-01"}, {"products", {2002}}}); };
    const Change variety = [](World& w) { w.say("bureau", "variety", {{"id", "V"}, {"product", 2002}, {"name", words("品种")},
        {"text", words("说明")}}); };
    for (const Change& say : {label, notice, variety, Change{[](World& w) { card(w, {{"products", {2001, 2002}}}); }}}) {
        CHECK(of_class(2, say) == "stands");
        CHECK(of_class(3, say) == "out_of_scope");
    }
    CHECK(of_class(2, [](World& w) { card(w, {{"products", {2001, 3001}}}); }) == "out_of_scope");
    CHECK(of_class(3, [](World& w) { card(w, Json::object()); }) == "stands");
    CHECK(standing([](World& w) { w.key("producer").scope.product_classes = {3}, w.promise("producer", w.certificate); }) ==
        "out_of_scope");
    CHECK(standing([](World& w) { w.key("producer").scope.product_classes = {2}, w.promise("producer", w.certificate); }) == "stands");
    CHECK(standing([](World& w) { w.key("producer").scope.division_prefixes = {330114}, w.promise("producer", w.certificate); }) ==
        "out_of_scope");
}

TEST_CASE("scope: the registry is asked once for each signer of a dossier", "[limits][trust]") {
    World world;
    for (const char* place : {"330113100", "330113"}) card(world, {{"division", place}});
    harvest(world, Json::object());
    const CheckedDossier opened = open_dossier(encode_dossier({}, world.statements), world.trust()).value();
    CHECK(opened.statements[0].key == opened.statements[1].key);  // the same object
    CHECK(opened.statements[0].party == opened.statements[1].party);
    CHECK(opened.statements[0].key != opened.statements[2].key);
    CHECK(opened.statements[2].key->role == Role::Carrier);
}

TEST_CASE("scope: a producer keeps a dossier where the registry names it for that", "[limits][trust]") {
    const auto kept = [](const char* signer, const Change& change) {
        World world;
        change(world);
        world.say(signer, "manifest", {{"id", "M"}, {"sequence", 1}, {"digests", {std::string(64, 'a')}}});
        return std::string{standing_name(open_dossier(encode_dossier(world.statements.back(), {}),
            world.trust()).value().manifest.standing)};
    };
    CHECK(kept("bureau", [](World&) {}) == "stands");
    CHECK(kept("producer", [](World&) {}) == "role_may_not");
    CHECK(kept("producer", [](World& w) { w.key("producer").scope.types = {StatementType::Manifest}; }) == "stands");
    CHECK(kept("producer", [](World& w) { w.key("producer").scope.types = {StatementType::Work}; }) == "out_of_scope");
    CHECK(kept("laboratory", [](World&) {}) == "role_may_not");
}

TEST_CASE("signatures: a statement stands under the key that made it, unchanged", "[limits][trust]") {
    World world;
    world.say("bureau", "card", {{"id", "C"}, {"name", words("社")}, {"kind", "cooperative"}, {"division", "330113100"}});
    const auto stands = [&](const Bytes& message) {
        return std::string{standing_name(open_dossier(encode_dossier({}, std::vector<Bytes>{message}),
        world.trust()).value().statements[0].standing)}; };
    Bytes message = world.statements[0];
    CHECK(stands(message) == "stands");
    message.back() ^= 1;
    CHECK(stands(message) == "wrong_signature");
    CHECK(stands({1}) == "unreadable");
    // verify_sign1: a payload inside or beside it, not both and not neither.
    const Bytes key = to_bytes(worthless_key("bureau").public_key());
    const Bytes whole = world.statements[0], beside = {1};
    CHECK(code_of(verify_sign1(whole, key, {}, {})) == "ok");
    CHECK(code_of(verify_sign1(whole, key, {}, ByteView{beside})) == "cose.payload_twice");
    CHECK(code_of(verify_sign1(whole, Bytes(31), {}, {})) == "ed25519.bad_public_key");
    CHECK(code_of(verify_sign1(message, key, {}, {})) == "cose.wrong_signature");
}

TEST_CASE("inflate: the stream is whole, alone and no longer than it may be", "[limits][trust]") {
    const InflateCodes codes{ErrorCode::StatusListTooLarge, ErrorCode::StatusListBadZlib};
    const auto inflated = [&](const Bytes& stream, std::size_t most) { return code_of(inflate_whole(stream, most, codes)); };
    const Bytes packed = zlib_of(Bytes(100'000, 7));
    CHECK(inflated(packed, 100'000) == "ok");
    CHECK(inflated(packed, 99'999) == "tsl.too_large");
    CHECK(inflate_whole(packed, 100'000, codes).value() == Bytes(100'000, 7));
    Bytes more = packed;
    more.push_back(0);
    CHECK(inflated(more, 100'000) == "tsl.bad_zlib");
    CHECK(inflated(to_bytes(ByteView{packed}.first(packed.size() - 1)), 100'000) == "tsl.bad_zlib");
    CHECK(inflated({}, 10) == "tsl.bad_zlib");
    CHECK(inflated(Bytes(10, 0), 10) == "tsl.bad_zlib");
    // The stream itself: what is stored grows by a thousandth and a little.
    CHECK(inflated(Bytes(1024 + 1 + 64, 0), 1024) == "tsl.bad_zlib");
    CHECK(inflated(Bytes(1024 + 1 + 65, 0), 1024) == "tsl.too_large");
    for (const unsigned bits : {0U, 3U, 5U, 16U}) CHECK(code_of(StatusList::unpack(packed, bits)) == "tsl.bad_bits");
    for (const unsigned bits : {1U, 2U, 4U, 8U}) {
        const auto list = StatusList::unpack(packed, bits);
        REQUIRE(list);
        CHECK(list->size() == 100'000 * 8 / bits);
        CHECK(code_of(list->status(list->size() - 1)) == "ok");
        CHECK(code_of(list->status(list->size())) == "tsl.out_of_range");
    }
}

TEST_CASE("supplement: what a certificate needs beside the bundle", "[limits][trust]") {
    const auto place = [](const Change& change) -> std::string {
        World world;
        world.repository = RepositoryState{.expires = time("2027-01-01")};
        world.certificate.status_index = 3 * status_shard_entries + 5;
        change(world);
        const TrustStore trust = world.trust();
        const auto needed = supplement_place_of(world.certificate, world.key("producer"), trust);
        CHECK(needed == missing_supplement(trust, make_qr_text("pipa.example", world.message())));
        if (!needed) return "nothing";
        return needed->store + ":" + (needed->shard ? std::to_string(*needed->shard) : "-");
    };
    const auto with_shard = [](const std::string& store, std::uint32_t shard) {
        return [=](World& w) { w.repository->shards.push_back({store, shard, StatusList::unpack(zlib_of(Bytes(status_shard_bytes)),
            status_bits).value()}); };
    };
    CHECK(place([](World&) {}) == ":3");
    CHECK(place([](World& w) { w.certificate.status_index.reset(); }) == "nothing");
    CHECK(place([](World& w) { w.repository.reset(); }) == "nothing");
    CHECK(place(with_shard("", 3)) == "nothing");
    CHECK(place(with_shard("", 2)) == ":3");
    CHECK(place(with_shard("tangqi", 3)) == ":3");
    const auto delegated = [&](const Change& change) {
        return place([&](World& w) { w.key("producer").store = "tangqi", change(w); });
    };
    CHECK(delegated([](World&) {}) == "tangqi:3");
    CHECK(delegated([](World& w) { w.certificate.status_index.reset(); }) == "tangqi:-");
    CHECK(delegated(with_shard("tangqi", 3)) == "tangqi:3");  // its notices are not here
    CHECK(delegated([&](World& w) { with_shard("tangqi", 3)(w), w.repository->stores = {"tangqi"}; }) == "nothing");
    CHECK(delegated([&](World& w) { with_shard("", 3)(w), w.repository->stores = {"tangqi"}; }) == "tangqi:3");
    CHECK(delegated([](World& w) { w.certificate.status_index.reset(), w.repository->stores = {"tangqi"}; }) == "nothing");
    CHECK(delegated([](World& w) { w.certificate.status_index.reset(), w.repository->stores = {"linping"}; }) == "tangqi:-");
    // Without a repository nothing is known of a status, whatever is brought.
    TrustStore pack_alone = World{}.trust();
    pack_alone.add_shards({{"", 0, StatusList::unpack(zlib_of(Bytes(status_shard_bytes)), status_bits).value()}});
    pack_alone.add_store("tangqi");
    CHECK_FALSE(pack_alone.status_of(0, ""));
    CHECK_FALSE(pack_alone.knows_store("tangqi"));
    CHECK_FALSE(pack_alone.expires());
    World world;
    world.repository = RepositoryState{.expires = time("2027-01-01")};
    CHECK_FALSE(missing_supplement(world.trust(), "no code of ours"));
    CHECK_FALSE(missing_supplement(world.trust(), make_qr_text("pipa.example", Bytes{1})));
    world.certificate.status_index = 1;
    CHECK(missing_supplement(world.trust(), make_qr_text("pipa.example", world.message())));
    CHECK_FALSE(missing_supplement(world.trust(),
        make_qr_text("pipa.example", sign_certificate(worthless_key("stranger"), world.certificate))));
}

TEST_CASE("supplement: a path of a status list is written in one way", "[limits][trust]") {
    const auto read = [](std::string_view path) {
        const auto place = parse_status_path(path);
        return place ? place->store + ":" + std::to_string(place->shard) : std::string{"none"};
    };
    CHECK(read("status/0") == ":0");
    CHECK(read("status/10") == ":10");
    CHECK(read("status/999999") == ":999999");
    CHECK(read("tangqi/status/3") == "tangqi:3");
    for (const char* none : {"", "status", "status/", "status/01", "status/00", "status/x", "status/1x", "status/1/2", "status/-1",
        "status/:", "status//", "Tangqi/status/3", "/status/3", "a/b/status/3", "tangqi/3",
                             "tangqi/status/", "tangqi/status/03", "stat/3"}) {
        INFO(none);
        CHECK(read(none) == "none");
    }
    CHECK(supplement_targets({.store = "", .shard = 3}) == std::vector<std::string>{"status/3"});
    CHECK(supplement_targets({.store = ""}).empty());
    CHECK(supplement_targets({.store = "tangqi"}) == std::vector<std::string>{"tangqi/notices.cbor", "tangqi/records.cbor"});
    CHECK(supplement_targets({.store = "tangqi", .shard = 3}).size() == 3);
}
