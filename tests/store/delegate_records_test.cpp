// Records of a delegated store: taken over whole, verified file by file, or not at all.
#include "host/atomic_file.hpp"
#include "pipa/publish/delegate_records.hpp"
#include "store/record_publisher.hpp"
#include "support/record_files.hpp"

using namespace pipa;
using namespace pipa::test;
using namespace pipa::publish;

namespace {

namespace fs = std::filesystem;

// A town with a store of its own beside the district that takes it over.
struct Town {
    RecordPublisher district{};
    ScratchFolder folder{};
    OfficeStore store;
    PublishOrder order{.out = folder.file("out")};
    UnixSeconds now = store_now;
    int certificates = 0;

    Town() : store(OfficeStore::create(folder.file("store"), {.name = "tangqi", .prefix = "tangqi/"}, actor_named("town")).value()) {
        KeyRing ring;
        ring.add(worthless_key("town"));
        REQUIRE(publish::set_up_roles(store, {.live = worthless_key("town").public_key()}, ring, actor_named("town")));
        REQUIRE(set_delegate(district.sample.store, "tangqi", worthless_key("town").public_key(), actor_named("root")));
        district.order.delegate_trees = {{"tangqi", order.out}};
    }
    void add(int count) {
        for (; count > 0; --count) REQUIRE(store.put_statement(sample_certificate("T-" + std::to_string(certificates++)), actor_named("P1", now)));
    }
    void publish() {
        KeyRing ring;
        ring.add(worthless_key("town"));
        const auto report = publish::publish(store, order, ring, actor_named("town", now));
        if (!report) FAIL(to_string(report.error()));
    }
    // What a phone gets of the town beside the district's bundle.
    [[nodiscard]] SupplementContents contents() const {
        OpenedBundle phone = phone_of(district.order.out);
        const SupplementPlace place{.store = "tangqi"};
        const fs::path path = district.order.out / "tuf" / supplement_folder / supplement_name(phone.client.trusted(), place);
        auto contents = add_supplement(phone.trust, phone.client, read_file(path.string()).value(), place);
        REQUIRE(contents);
        return std::move(*contents);
    }
    void check_all() const {
        const auto head = contents().records;
        REQUIRE(head);
        for (int i = 0; i < certificates; ++i) {
            const std::string number = "T-" + std::to_string(i);
            CHECK(find_record(record_file_of(district.order.out, *head, number, "tangqi"), number) != nullptr);
        }
    }
};

}  // namespace

TEST_CASE("delegated records: those of a delegated store are taken over with its head", "[records]") {
    Town town;
    town.add(70);
    town.publish();
    CHECK(record_files(town.order.out).begin()->first.starts_with("records/tangqi/"));
    town.district.add(3);
    CHECK(town.district.publish().warnings.empty());
    town.check_all();
    town.district.check_all();
    town.add(1);
    town.publish();
    CHECK(town.district.publish().warnings.empty());
    town.check_all();
    CHECK(town.district.publish().outcome == PublishReport::Outcome::Unchanged);
    // What the published tree loses comes from there again.
    fs::remove_all(town.district.order.out / "records" / "tangqi");
    town.district.publish();
    town.check_all();
}

TEST_CASE("delegated records: one bad file of a delegated store, and its last good state stays", "[records]") {
    Town town;
    town.add(70);
    town.publish();
    town.district.publish();
    const auto good = record_files(town.district.order.out);
    town.add(1);
    town.publish();
    const auto files = record_files(town.order.out);
    for (const auto& [name, content] : files) {
        if (good.contains(name)) continue;
        INFO(name);
        const auto refused = [&](const Bytes& bent) {
            REQUIRE(write_file_atomically(town.order.out / name, bent));
            const auto report = town.district.publish();
            REQUIRE(report.warnings.size() == 1);
            CHECK(report.warnings[0].find("publish.bad_delegate") != std::string::npos);
            CHECK(record_files(town.district.order.out) == good);
        };
        Bytes bent = content;
        bent.back() ^= 1;
        refused(bent);
        refused({});
        refused(good.rbegin()->second);
        fs::remove(town.order.out / name);
        CHECK(town.district.publish().warnings.size() == 1);
        CHECK(record_files(town.district.order.out) == good);
        REQUIRE(write_file_atomically(town.order.out / name, content));
    }
    CHECK(town.contents().records->certificates == 70);
    CHECK(town.district.publish().warnings.empty());
    town.check_all();
}


namespace {

// What a delegated store might publish, made by hand and taken over without its metadata.
struct Taking {
    SampleStore sample{};
    StagedSite site{sample.folder.file("out")};
    fs::path tree = sample.folder.file("tree");

    void put(const std::string& name, const Bytes& content) const {
        fs::create_directories((tree / name).parent_path());
        REQUIRE(write_file_atomically(tree / name, content));
    }
    std::string take(const BuiltRecords& built) {
        for (std::uint32_t file = 0; file < built.files.size(); ++file) put(record_file_name("tangqi", built.head, file), built.files[file]);
        const auto taken = take_over_records(sample.store.parts().database, site, "tangqi", built.head, tree, store_now);
        return taken ? "ok" : std::string{taken.error().detail};
    }
};

std::vector<CertificateRecord> numbered(int count) {
    std::vector<CertificateRecord> out;
    for (int i = 0; i < count; ++i) out.push_back({.number = "T-" + std::to_string(i), .certificate = {1}});
    return out;
}

}  // namespace

TEST_CASE("delegated records: a head that goes back, or says two things under one edition, is refused", "[records]") {
    Taking taking;
    REQUIRE(taking.take(build_records(numbered(9), 1, 5)) == "ok");
    CHECK(taking.take(build_records(numbered(9), 1, 5)) == "ok");
    CHECK(taking.take(build_records(numbered(10), 1, 5)) == "tangqi: its records say two things under one edition");
    CHECK(taking.take(build_records(numbered(10), 1, 4)) == "tangqi: its records are older than what was published before");
    CHECK(taking.take(build_records(numbered(10), 0, 6)) == "tangqi: its records are older than what was published before");
    CHECK(taking.take(build_records(numbered(90), 2, 5)) == "tangqi: its records say two things under one edition");
    CHECK(saved_head(taking.sample.store.parts().database, "tangqi").value()->certificates == 9);
    CHECK(taking.take(build_records(numbered(90), 2, 6)) == "ok");
    CHECK(saved_head(taking.sample.store.parts().database, "tangqi").value()->certificates == 90);
}

TEST_CASE("delegated records: a large dossier is taken over when it is the one that its record names", "[records]") {
    Taking taking;
    const Bytes dossier = {1, 2, 3};
    std::vector<CertificateRecord> records = numbered(3);
    records[1].large_dossier = LargeDossier{crypto::sha256(dossier), dossier.size()};
    const BuiltRecords built = build_records(records, 0);
    const std::string name = large_dossier_name("tangqi", crypto::sha256(dossier));
    CHECK(taking.take(built) == "tangqi: " + name + " cannot be read");
    taking.put(name, {1, 2, 4});
    CHECK(taking.take(built) == "tangqi: " + name + " is not what its record names");
    CHECK(taking.site.count() == 0);
    taking.put(name, dossier);
    CHECK(taking.take(built) == "ok");
    CHECK(taking.site.has(name));
    CHECK(taking.site.count() == 2);
}
