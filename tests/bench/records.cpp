// pipa_records_bench N OUT: a store of N certificates is published into OUT/site (which is made), then once more with nothing changed, then once
// more after one certificate. Prints one JSON object: times, files, sizes, and the names of what one scan fetches. tests/bench/records.mjs runs it
// for several N and adds what only a browser's compression can tell. A handful of keys; every fifth certificate has a dossier of three statements.
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "host/files.hpp"
#include "store/sample_publisher.hpp"
#include "support/district.hpp"
#include "trust/supplement.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int batch = 10'000;
constexpr int with_dossier = 5;  // every fifth
constexpr const char* signers[] = {"P1", "P2", "P3", "P4"};

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string number_of(int i) { return "LINPING-2611-" + std::to_string(10'000'000 + i); }

template <typename T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    std::cerr << to_string(result.error()) << '\n';
    std::exit(1);
}

void add_dossier(std::vector<Bytes>& messages, int i, const char* signer) {
    const test::Json about = {{"certificates", {number_of(i)}}, {"producer", "93330113XXDEM0015T"}};
    const auto with = [&](test::Json fields) {
        fields.update(about);
        fields["id"] = "S-" + std::to_string(i);
        return fields;
    };
    const test::Json item = {{"analyte", "啶虫脒"}, {"value", "0.031"}, {"unit", "mg/kg"}, {"limit", "2"}, {"limit_source", "GB 2763-2021"}};
    const std::vector<Bytes> statements = {
        sample_statement(signer, "work", with({{"step", "harvest"}, {"day", "2026-11-19"}})),
        sample_statement("laboratory", "test",
                         with({{"kind", "commissioned"}, {"method", "GB 23200.121-2021"}, {"sampled", "2026-11-18"}, {"reported", "2026-11-19"},
                               {"items", {item}}, {"verdict", "pass"}, {"sample_number", "S-" + std::to_string(i)}})),
        sample_statement("inspector", "patrol",
                         with({{"visited", "2026-11-18"}, {"finding", "in_order"}, {"contact", "陈示例 0571-0000-0000"},
                               {"subject", {{"zh-Hans", "采收前巡查：用药记录与地块相符"}, {"en", "Before harvest: records and plots agree"}}}})),
    };
    for (const Bytes& statement : statements) messages.push_back(statement);
    messages.push_back(sample_manifest(signer, about, i + 1, statements));
}

void fill(OfficeStore& store, int count) {
    const Actor actor = actor_named("root");
    static_cast<void>(must(store.reserve_indices(static_cast<std::uint32_t>(count) + 1, "bench", actor)));
    for (int first = 0; first < count; first += batch) {
        std::vector<Bytes> messages;
        for (int i = first; i < std::min(count, first + batch); ++i) {
            const char* signer = signers[i % 4];
            messages.push_back(sample_certificate(number_of(i), static_cast<std::uint32_t>(i), "LOT-" + std::to_string(i), signer));
            if (i % with_dossier == 0) add_dossier(messages, i, signer);
        }
        static_cast<void>(must(store.put_statements(messages, actor)));
    }
}

struct Measured {
    double seconds{};
    publish::PublishReport report{};
};
Measured measured(OfficeStore& store, const publish::PublishOrder& order, const publish::KeyRing& ring) {
    const auto start = Clock::now();
    publish::PublishReport report = must(publish::publish(store, order, ring, actor_named("root")));
    return {seconds_since(start), std::move(report)};
}

struct Files {
    std::size_t count{};
    std::uintmax_t bytes{}, largest{};
};
Files files_below(const fs::path& folder) {
    Files out;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error); !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        if (!at->is_regular_file()) continue;
        ++out.count;
        out.bytes += at->file_size();
        out.largest = std::max(out.largest, at->file_size());
    }
    return out;
}

test::Json json_of(const Measured& run) {
    return {{"seconds", run.seconds}, {"files_written", run.report.files_written}, {"files_kept", run.report.files_kept}};
}

}  // namespace

int main(int argc, char** argv) {
    const int count = argc == 3 ? std::atoi(argv[1]) : 0;
    if (count < 1 || fs::exists(argv[2])) {
        std::cerr << "usage: pipa_records_bench N OUT     OUT is made\n";
        return 64;
    }
    const fs::path home = argv[2];
    fs::create_directories(home);
    auto store = must(OfficeStore::create(home / "store", {.name = "bench"}, actor_named("root")));
    const auto ring = all_keys();
    set_up_roles(store, ring);
    put_registry(store);
    const auto start = Clock::now();
    fill(store, count);
    const double filled = seconds_since(start);
    const publish::PublishOrder order{.out = home / "site"};
    const Measured first = measured(store, order, ring), unchanged = measured(store, order, ring);
    const Files records = files_below(order.out / "records"), large = files_below(order.out / "records/large"), all = files_below(order.out);
    const Bytes newest = sample_certificate(number_of(count), static_cast<std::uint32_t>(count), "LOT-NEW", "P1");
    static_cast<void>(must(store.put_statement(newest, actor_named("root"))));
    const Measured more = measured(store, order, ring);

    // The scan of a certificate that is not among the newest.
    OpenedBundle phone = phone_of(order.out);
    const std::string supplement = phone.trust.status_of(0) ? std::string{} : "tuf/phone/" + supplement_name(phone.client.trusted(), {.shard = 0});
    const RecordsHead& head = *phone.records;
    const std::uintmax_t largest = files_below(order.out / "records" / std::to_string(head.bits)).largest;
    const test::Json out = {{"certificates", count},
                            {"filled_seconds", filled},
                            {"first", json_of(first)},
                            {"unchanged", json_of(unchanged)},
                            {"one_more", json_of(more)},
                            {"bits", head.bits},
                            {"fewest", head.fewest},
                            {"record_files", records.count - large.count},
                            {"record_bytes", records.bytes},
                            {"largest_record_file", largest},
                            {"large_dossiers", large.count},
                            {"all_files", all.count},
                            {"site", order.out.string()},
                            {"supplement", supplement},
                            {"record", record_file_name({}, head, record_index(number_of(0), head.bits))}};
    std::cout << out.dump() << '\n';
    return 0;
}
