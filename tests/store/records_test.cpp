// Published records: what a phone finds, what changes with one certificate, and growing.
#include "pipa/publish/record_making.hpp"
#include "pipa/store/store_parts.hpp"
#include "store/record_publisher.hpp"

using namespace pipa;
using namespace pipa::test;
using namespace pipa::publish;

namespace {

namespace fs = std::filesystem;

constexpr UnixSeconds day = seconds_per_day;

}  // namespace

TEST_CASE("records: a store without certificates publishes one empty file, which is an answer", "[records]") {
    RecordPublisher publisher;
    publisher.publish();
    const RecordsHead head = publisher.head();
    CHECK(head.edition == 1);
    CHECK(head.bits == 0);
    CHECK(record_files(publisher.order.out).size() == 1);
    publisher.check_all();
    CHECK(publisher.publish().outcome == PublishReport::Outcome::Unchanged);
}

TEST_CASE("records: a phone finds each certificate in its file, with its dossier", "[records]") {
    RecordPublisher publisher;
    publisher.add(500);
    publisher.add_dossier(number_of(7), 1, 2);
    const auto report = publisher.publish();
    publisher.check_all();
    const RecordsHead head = publisher.head();
    CHECK(head.bits == 3);
    CHECK(head.fewest >= fewest_certificates);
    CHECK(report.records.fewest == head.fewest);
    const RecordFile file = record_file_of(publisher.order.out, head, number_of(7));
    const auto dossier = parse_dossier(find_record(file, number_of(7))->dossier);
    REQUIRE(dossier);
    CHECK(dossier->entries.size() == 2);
    CHECK(find_record(record_file_of(publisher.order.out, head, number_of(8)), number_of(8))->dossier.empty());
}

TEST_CASE("records: one certificate more touches the files of its group alone", "[records]") {
    RecordPublisher publisher;
    publisher.add(20'000);
    publisher.publish();
    const RecordsHead before = publisher.head();
    const auto files_before = record_files(publisher.order.out);
    REQUIRE(before.bits == 8);
    publisher.add(1);
    const auto report = publisher.publish();
    const RecordsHead after = publisher.head();
    CHECK(after.edition == 2);
    CHECK(after.bits == before.bits);
    std::size_t changed = 0;
    for (std::size_t group = 0; group < 64; ++group) changed += after.groups[group].edition == before.groups[group].edition ? 0 : 1;
    CHECK(changed == 1);
    const auto files_after = record_files(publisher.order.out);
    CHECK(files_after.size() == files_before.size() + 4);  // those of before stay for two days
    for (const auto& [name, content] : files_before) CHECK(files_after.at(name) == content);
    CHECK(report.files_written <= 4 + 6);
    publisher.check_all(19'990);
    CHECK(publisher.publish().outcome == PublishReport::Outcome::Unchanged);
    publisher.now += 3 * day;
    publisher.add(1);
    publisher.publish();
    CHECK(record_files(publisher.order.out).size() == files_before.size() + 4);
}

TEST_CASE("records: a statement more changes the record of every certificate that it speaks of, and no other", "[records]") {
    RecordPublisher publisher;
    publisher.add(2000);
    publisher.publish();
    const RecordsHead before = publisher.head();
    publisher.add_dossier(number_of(3), 1, 1);
    publisher.publish();
    const RecordsHead after = publisher.head();
    for (std::uint32_t group = 0; group < after.groups.size(); ++group)
        CHECK((after.groups[group].edition > before.groups[group].edition) == (group == record_index(number_of(3), after.group_bits())));
    // A statement that no manifest lists is in no dossier: the file comes out as it was.
    const Bytes harvest = sample_statement("P1", "work", {{"certificates", {number_of(4)}}, {"step", "harvest"}, {"day", "2026-11-19"}});
    REQUIRE(publisher.sample.store.put_statement(harvest, actor_named("P1")));
    CHECK(publisher.publish().outcome == PublishReport::Outcome::Unchanged);
}

TEST_CASE("records: when a store grows there are more files, and the old names are good for two days", "[records]") {
    RecordPublisher publisher;
    publisher.add(60);
    publisher.publish();
    const auto one_file = record_files(publisher.order.out);
    CHECK(publisher.head().bits == 0);
    publisher.add(200);
    publisher.publish();
    const RecordsHead grown = publisher.head();
    CHECK(grown.bits == 2);
    CHECK(grown.edition == 2);
    publisher.check_all();
    const auto both = record_files(publisher.order.out);
    CHECK(both.size() == one_file.size() + 4);
    for (const auto& [name, content] : one_file) CHECK(both.at(name) == content);
    publisher.now += 3 * day;
    publisher.add(1);
    publisher.publish();
    for (const auto& [name, content] : one_file) CHECK_FALSE(record_files(publisher.order.out).contains(name));
    // By several steps at once, and never back.
    publisher.add(4000);
    publisher.publish();
    CHECK(publisher.head().bits == 6);
    publisher.check_all(4000);
}

TEST_CASE("records: however it came about, the same store publishes the same contents", "[records]") {
    RecordPublisher slowly, at_once;
    for (int i = 0; i < 10; ++i) {
        slowly.add(70);
        slowly.publish();
    }
    at_once.add(700);
    at_once.publish();
    const RecordsHead slow = slowly.head(), fast = at_once.head();
    REQUIRE(slow.bits == fast.bits);
    for (std::size_t group = 0; group < slow.groups.size(); ++group) CHECK(slow.groups[group].root == fast.groups[group].root);
    CHECK(slow.certificates == fast.certificates);
    CHECK(slow.fewest == fast.fewest);
}

TEST_CASE("records: files that were lost are made again under their names, to the byte", "[records]") {
    RecordPublisher publisher;
    publisher.add(300);
    publisher.add_dossier(number_of(1), 1, 1000);  // a large one
    publisher.publish();
    const auto before = record_files(publisher.order.out);
    REQUIRE(before.rbegin()->first.starts_with("records/large/"));
    const RecordsHead head = publisher.head();
    for (const auto& [name, content] : before) {
        fs::remove(publisher.order.out / name);
        CHECK(publisher.publish().outcome == PublishReport::Outcome::Published);
        CHECK(record_files(publisher.order.out) == before);
    }
    fs::remove_all(publisher.order.out);
    publisher.publish();
    CHECK(record_files(publisher.order.out) == before);
    publisher.order.rebuild = true;
    publisher.publish();
    CHECK(record_files(publisher.order.out) == before);
    CHECK(publisher.head().edition == head.edition);
}

TEST_CASE("records: a tree that was lost does not keep one certificate more from being published", "[records]") {
    RecordPublisher publisher;
    publisher.add(300);
    publisher.publish();
    fs::remove_all(publisher.order.out / "records");
    publisher.add(1);
    publisher.publish();
    publisher.check_all();
}

TEST_CASE("records: a dossier that no file has room for lies beside them, and goes when it is replaced", "[records]") {
    RecordPublisher publisher;
    publisher.add(40);
    publisher.add_dossier(number_of(1), 1, 1000);
    publisher.publish();
    const auto large = [&] {
        const RecordsHead head = publisher.head();
        const RecordFile file = record_file_of(publisher.order.out, head, number_of(1));
        const CertificateRecord* record = find_record(file, number_of(1));
        REQUIRE(record->large_dossier);
        const std::string name = large_dossier_name({}, record->large_dossier->digest);
        const Bytes dossier = read_file((publisher.order.out / name).string()).value();
        CHECK(answer(check_large_dossier(dossier, *record->large_dossier)) == "ok");
        return std::pair{name, parse_dossier(dossier)->entries.size()};
    };
    const auto [first, entries] = large();
    CHECK(entries == 1000);
    publisher.add_dossier(number_of(1), 2, 1100);
    publisher.publish();
    const auto [second, more] = large();
    CHECK(more == 1100);
    CHECK(fs::exists(publisher.order.out / first));
    publisher.now += 3 * day;
    publisher.add(1);
    publisher.publish();
    CHECK_FALSE(fs::exists(publisher.order.out / first));
    CHECK(fs::exists(publisher.order.out / second));
}

TEST_CASE("records: a store of before there were record files is brought forward", "[records]") {
    RecordPublisher publisher;
    publisher.add(200);
    publisher.publish();
    Database& db = publisher.sample.store.parts().database;
    REQUIRE(db.script("DROP TABLE record_changes; DROP TABLE records_heads; DROP TABLE record_files; DROP TABLE large_dossiers;"
                      "DROP INDEX certificates_by_record_place; ALTER TABLE certificates DROP COLUMN record_place;"
                      "ALTER TABLE certificates ADD COLUMN bin INTEGER NOT NULL DEFAULT 0 CHECK (bin BETWEEN 0 AND 255);"
                      "CREATE INDEX certificates_by_bin ON certificates (bin, number);"
                      "INSERT INTO parts (name, revision) VALUES ('lots/a7', 1);"
                      "DELETE FROM targets WHERE part = 'records.cbor'; DELETE FROM parts WHERE name = 'records.cbor'; PRAGMA user_version = 2"));
    publisher.sample.store = OfficeStore::open(publisher.sample.path()).value();
    CHECK(publisher.sample.store.check()->problems.empty());
    publisher.publish();
    publisher.check_all();
}
