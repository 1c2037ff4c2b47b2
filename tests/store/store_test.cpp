// The office's store: what goes in comes out, each number and each place once, and nothing half.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <thread>

#include "base/hex.hpp"
#include "store/sample_store.hpp"
#include "trust/status_list.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

const Actor office = actor_named("office");

std::vector<std::string> acts_of(const OfficeStore& store) {
    std::vector<std::string> acts;
    REQUIRE(store.journal(0, [&](const JournalEntry& entry) {
        acts.push_back(entry.act + " " + entry.subject);
        return Result<void>{};
    }));
    return acts;
}

}  // namespace

TEST_CASE("store: a new one has its name and a journal that begins", "[store]") {
    SampleStore sample;
    CHECK(sample.store.identity().name == "district");
    CHECK(acts_of(sample.store) == std::vector<std::string>{"create district"});
    CHECK(sample.store.check()->problems.empty());
    const auto mode = std::filesystem::status(sample.path()).permissions();
    CHECK((mode & std::filesystem::perms::others_all) == std::filesystem::perms::none);
}

TEST_CASE("store: what is there already is never made anew", "[store]") {
    SampleStore sample;
    CHECK(answer(OfficeStore::create(sample.path(), {.name = "other"}, office)) == "file.exists");
    CHECK(OfficeStore::open(sample.path())->identity().name == "district");
    CHECK(answer(OfficeStore::create(sample.folder.file("x"), {.name = "Bad Name"}, office)) == "store.bad_name");
    CHECK(answer(OfficeStore::create(sample.folder.file("x"), {.name = "town", .prefix = "other/"}, office)) == "store.bad_name");
    CHECK(answer(OfficeStore::create(sample.folder.file("none/x"), {.name = "town"}, office)) == "file.unwritable");
    CHECK_FALSE(std::filesystem::exists(sample.folder.file("x")));
}

TEST_CASE("store: what an attempt that was killed left behind is in nobody's way", "[store]") {
    SampleStore sample;
    const auto path = sample.folder.file("second.store");
    std::ofstream(sample.folder.file(".second.store.new")) << "half a database";
    const auto made = OfficeStore::create(path, {.name = "second"}, office);
    REQUIRE(made);
    CHECK(made->check()->problems.empty());
    CHECK_FALSE(std::filesystem::exists(sample.folder.file(".second.store.new")));
}

TEST_CASE("store: a statement is put once, however often", "[store]") {
    SampleStore sample;
    const Bytes message = sample_certificate("TEST-1");
    const auto first = sample.store.put_statement(message, office);
    REQUIRE(first);
    CHECK(first->is_new);
    const auto second = sample.store.put_statement(message, office);
    REQUIRE(second);
    CHECK_FALSE(second->is_new);
    CHECK(first->digest == second->digest);
    CHECK(acts_of(sample.store) == std::vector<std::string>{"create district", "put TEST-1"});
    const auto stored = sample.store.certificate("TEST-1");
    REQUIRE(stored);
    CHECK(stored->message == message);
    CHECK(stored->kid == actor_named("P1").kid);
    CHECK_FALSE(stored->status_index);
}

TEST_CASE("store: a number and a place belong to one certificate", "[store]") {
    SampleStore sample;
    CHECK(answer(sample.store.put_statement(sample_certificate("TEST-1", 7), office)) == "store.index_not_reserved");
    REQUIRE(sample.store.reserve_indices(8, "P1", office));
    CHECK(answer(sample.store.put_statement(sample_certificate("TEST-1", 7), office)) == "ok");
    CHECK(answer(sample.store.put_statement(sample_certificate("TEST-1", 6), office)) == "store.number_taken");
    CHECK(answer(sample.store.put_statement(sample_certificate("TEST-2", 7), office)) == "store.index_taken");
    CHECK(answer(sample.store.put_statement(sample_certificate("TEST-2", 8), office)) == "store.index_not_reserved");
    CHECK(sample.store.counts()->certificates == 1);
}

TEST_CASE("store: of many statements all are put, or none", "[store]") {
    SampleStore sample;
    const std::vector<Bytes> messages = {sample_certificate("TEST-1"), sample_certificate("TEST-2"), sample_certificate("TEST-1", 3)};
    const auto outcome = sample.store.put_statements(messages, office);
    CHECK(answer(outcome) == "store.number_taken");
    CHECK(outcome.error().detail == "TEST-1, #3");
    CHECK(sample.store.counts()->statements == 0);
    CHECK(acts_of(sample.store).size() == 1);
    CHECK(answer(sample.store.put_statement(as_bytes("no statement"), office)).starts_with("c"));
}

TEST_CASE("store: numbers of a series are given out once", "[store]") {
    SampleStore sample;
    CHECK(*sample.store.reserve_numbers("TQ-26-", 2, office) == std::vector<std::string>{"TQ-26-000001", "TQ-26-000002"});
    CHECK(sample.store.reserve_numbers("TQ-26-", 1, office)->front() == "TQ-26-000003");
    CHECK(sample.store.reserve_numbers("TQ-27-", 1, office)->front() == "TQ-27-000001");
    CHECK(answer(sample.store.reserve_numbers("lower", 1, office)) == "store.bad_name");
    CHECK(answer(sample.store.reserve_numbers("TQ-26-", 1'000'000, office)) == "store.exhausted");
}

TEST_CASE("store: blocks of places never overlap", "[store]") {
    SampleStore sample;
    OfficeStore& store = sample.store;
    CHECK(store.reserve_indices_at(4096, 100, "demo", office)->first == 4096);
    CHECK(answer(store.reserve_indices_at(4195, 2, "demo", office)) == "store.index_taken");
    CHECK(answer(store.reserve_indices_at(4000, 97, "demo", office)) == "store.index_taken");
    CHECK(store.reserve_indices_at(4000, 96, "demo", office).has_value());
    CHECK(store.reserve_indices(10, "P2", office)->first == 4196);
    CHECK(answer(store.reserve_indices_at(4'294'967'295U, 2, "demo", office)) == "store.exhausted");
    CHECK(*store.take_indices(2, "P3", office) == std::vector<std::uint32_t>{4206, 4207});
    CHECK(*store.take_indices(1, "P3", office) == std::vector<std::uint32_t>{4208});
    CHECK(store.take_indices(1500, "P3", office)->back() == 4206 + 1502);
    CHECK(store.reserve_indices_at(4'294'967'295U, 1, "last", office).has_value());
    CHECK(answer(store.reserve_indices(1, "P2", office)) == "store.exhausted");
}

TEST_CASE("store: a status is seen in its shard, and revoked is final", "[store]") {
    SampleStore sample;
    OfficeStore& store = sample.store;
    REQUIRE(store.reserve_indices(40'000, "P1", office));
    REQUIRE(store.put_statement(sample_certificate("TEST-1", 5), office));
    REQUIRE(store.put_statement(sample_certificate("TEST-2", 32'768), office));
    REQUIRE(store.put_statement(sample_certificate("TEST-3"), office));
    CHECK(*store.set_status("TEST-1", Status::Suspended, office));
    CHECK_FALSE(*store.set_status("TEST-1", Status::Suspended, office));
    CHECK(store.status_shard(0)->at(1) == 0b00001000);
    CHECK(*store.set_status("TEST-1", Status::Valid, office));
    CHECK(store.status_shard(0)->at(1) == 0);
    CHECK(*store.set_status("TEST-2", Status::Invalid, office));
    CHECK(store.status_shard(1)->at(0) == 1);
    CHECK(store.status_shard(1)->size() == 8192);
    CHECK(answer(store.set_status("TEST-2", Status::Valid, office)) == "store.revoked_is_final");
    CHECK(answer(store.set_status("TEST-3", Status::Invalid, office)) == "store.no_status_index");
    CHECK(answer(store.set_status("TEST-4", Status::Invalid, office)) == "store.no_such_certificate");
    CHECK(store.check()->problems.empty());
}

TEST_CASE("store: the newest notice of an id counts", "[store]") {
    SampleStore sample;
    const auto notice = [](const char* issued, Json more) {
        more.update({{"id", "N1"}, {"issued", issued}, {"kind", "recall"}, {"title", {{"zh-Hans", "召回"}}}, {"since", "2026-11-01"}});
        return sample_statement("bureau", "notice", more);
    };
    REQUIRE(sample.store.put_notice(notice("2026-11-02", {{"certificates", {"TEST-1"}}}), office));
    const Bytes ended = notice("2026-11-05", {{"certificates", {"TEST-1"}}, {"ended", "2026-11-05"}});
    REQUIRE(sample.store.put_notice(ended, office));
    REQUIRE(sample.store.put_notice(notice("2026-11-03", {{"certificates", {"TEST-1", "TEST-2"}}}), office));
    std::vector<StoredNotice> notices;
    REQUIRE(sample.store.each_notice([&](const StoredNotice& one) {
        notices.push_back(one);
        return Result<void>{};
    }));
    REQUIRE(notices.size() == 1);
    CHECK(notices[0].message == ended);
    CHECK(notices[0].ended == parse_day("2026-11-05").value());
    CHECK(answer(sample.store.put_notice(sample_certificate("TEST-9"), office)) == "cose.wrong_type");
}

TEST_CASE("store: a certificate's dossier is what its newest manifest lists", "[store]") {
    SampleStore sample;
    OfficeStore& store = sample.store;
    REQUIRE(store.put_statement(sample_certificate("TEST-1", {}, "LOT-1"), office));
    CHECK_FALSE(store.dossier_of("TEST-1")->has_value());
    const Bytes harvest = sample_statement("P1", "work", {{"step", "harvest"}, {"day", "2026-11-12"}, {"lots", {"LOT-1"}}});
    const Bytes pack = sample_statement("P1", "work", {{"id", "S2"}, {"step", "pack"}, {"day", "2026-11-13"}, {"certificates", {"TEST-1"}}});
    REQUIRE(store.put_statement(harvest, office));
    REQUIRE(store.put_statement(pack, office));
    CHECK(store.statements_about("TEST-1")->size() == 2);
    REQUIRE(store.put_statement(sample_manifest("P1", {{"lots", {"LOT-1"}}}, 1, {harvest}), office));
    CHECK((*store.dossier_of("TEST-1"))->statements == std::vector<Bytes>{harvest});
    REQUIRE(store.put_statement(sample_manifest("P2", {{"lots", {"LOT-1"}}}, 9, {harvest, pack}), office));  // another's lot of this name
    CHECK((*store.dossier_of("TEST-1"))->statements.size() == 1);
    REQUIRE(store.put_statement(sample_manifest("P1", {{"certificates", {"TEST-1"}}}, 2, {harvest, pack, sample_certificate("X")}), office));
    const auto dossier = store.dossier_of("TEST-1");
    CHECK((*dossier)->statements == std::vector<Bytes>{harvest, pack});
    CHECK((*dossier)->missing == 1);
}

TEST_CASE("store: documents are replaced, and only when they differ", "[store]") {
    SampleStore sample;
    CHECK(*sample.store.put_document("field.json", as_bytes("{}"), office));
    CHECK_FALSE(*sample.store.put_document("field.json", as_bytes("{}"), office));
    CHECK(*sample.store.put_document("field.json", as_bytes("{ }"), office));
    CHECK(as_text(**sample.store.document("field.json")) == "{ }");
    CHECK_FALSE(sample.store.document("none")->has_value());
    for (const char* name : {"", "../x", "a/b", ".hidden", "notices.cbor", "Großes"})
        CHECK(answer(sample.store.put_document(name, as_bytes("x"), office)) == "store.bad_name");
}

TEST_CASE("store: two writers at once lose nothing", "[store]") {
    SampleStore sample;
    const auto write = [&](std::string series, std::size_t& taken) {
        auto store = OfficeStore::open(sample.path());
        for (int i = 0; store && i < 20; ++i) {
            const auto numbers = store->reserve_numbers(series, 1, office);
            const auto indices = store->take_indices(1, series, office);
            if (!numbers || !indices || !store->put_statement(sample_certificate(numbers->front(), indices->front()), office)) return;
            ++taken;
        }
    };
    std::size_t first = 0, second = 0;
    std::thread other([&] { write("A-", first); });
    write("B-", second);
    other.join();
    CHECK(first + second == 40);
    CHECK(sample.store.counts()->certificates == 40);
    CHECK(sample.store.check()->problems.empty());
}
