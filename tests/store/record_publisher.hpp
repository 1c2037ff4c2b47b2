// A store that publishes its records, and what lies there then. Included by tests alone.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "host/files.hpp"
#include "store/sample_publisher.hpp"

namespace pipa::test {

// Every file below records/, by its name.
inline std::map<std::string, Bytes> record_files(const std::filesystem::path& out) {
    std::map<std::string, Bytes> found;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(out / "records", error), end; !error && at != end; at.increment(error))
        if (at->is_regular_file()) found.emplace(at->path().lexically_relative(out).string(), read_file(at->path().string()).value());
    return found;
}

inline std::string number_of(int i) { return "N-" + std::to_string(1'000'000 + i); }

// A store that publishes, with certificates N-1000000 and on.
struct RecordPublisher {
    SampleStore sample{};
    publish::KeyRing ring = all_keys();
    publish::PublishOrder order{.out = sample.folder.file("out")};
    UnixSeconds now = store_now;
    int certificates = 0;

    RecordPublisher() {
        set_up_roles(sample.store, ring);
        put_registry(sample.store);
    }
    void add(int count) {
        std::vector<Bytes> messages;
        for (; count > 0; --count) messages.push_back(sample_certificate(number_of(certificates++)));
        REQUIRE(sample.store.put_statements(messages, actor_named("P1", now)));
    }
    void add_dossier(const std::string& number, int sequence, int statements) {
        std::vector<Bytes> messages;
        const Json about = {{"certificates", {number}}};
        for (int i = 0; i < statements; ++i) {
            Json harvest = about;
            harvest.update({{"id", "H" + std::to_string(i)}, {"step", "harvest"}, {"day", "2026-11-19"}});
            messages.push_back(sample_statement("P1", "work", harvest));
        }
        messages.push_back(sample_manifest("P1", about, sequence, messages));
        REQUIRE(sample.store.put_statements(messages, actor_named("P1", now)));
    }
    publish::PublishReport publish() {
        const auto report = pipa::publish::publish(sample.store, order, ring, actor_named("root", now));
        if (!report) FAIL(to_string(report.error()));
        return *report;
    }
    [[nodiscard]] RecordsHead head() const { return phone_of(order.out).records.value(); }
    // Of certificates from `first` on: every one is found, and one that is not there is not.
    void check_all(int first = 0) const {
        const RecordsHead signed_head = head();
        CHECK(signed_head.certificates == static_cast<std::uint64_t>(certificates));
        for (int i = first; i < certificates; ++i) {
            const RecordFile file = record_file_of(order.out, signed_head, number_of(i));
            REQUIRE(find_record(file, number_of(i)) != nullptr);
            CHECK(find_record(file, number_of(i))->certificate == sample.store.certificate(number_of(i))->message);
        }
        CHECK(find_record(record_file_of(order.out, signed_head, "NONE"), "NONE") == nullptr);
    }
};

}  // namespace pipa::test
