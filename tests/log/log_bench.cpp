// pipa_log_bench FOLDER [ENTRIES]: makes a log of so many entries (1,000,000) in FOLDER, which must not exist, then adds one
// more ten times, proves one, and verifies all of it. Prints what each took. Needs about 200 MB a million.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "pipa/log/log_folder.hpp"

using namespace pipa;
using Clock = std::chrono::steady_clock;

namespace {

constexpr UnixSeconds now = 1'795'138'200;
constexpr std::size_t batch_size = 100'000;

Bytes entry_of(std::uint64_t number) {
    Bytes entry(45);
    for (std::size_t i = 0; i < 8; ++i) entry[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return entry;
}

template <typename Work>
void timed(const char* what, Work work) {
    const auto began = Clock::now();
    const auto outcome = work();
    const double ms = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
    if (!outcome) {
        std::fprintf(stderr, "%s: %s\n", what, to_string(outcome.error()).c_str());
        std::exit(1);
    }
    std::printf("%-40s %10.2f ms\n", what, ms);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: pipa_log_bench FOLDER [ENTRIES]\n");
        return 64;
    }
    const std::filesystem::path folder = argv[1];
    const std::uint64_t size = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    const auto key = crypto::SecretKey::generate();
    timed("begin", [&] { return init_log(folder, "log.example/bench", *key, now); });
    std::uint64_t number = 0;
    while (number < size) {
        std::vector<Bytes> entries;
        while (entries.size() < batch_size && number < size) entries.push_back(entry_of(number++));
        timed("add a batch of up to 100,000", [&] { return append_to_log(folder, *key, entries, now); });
    }
    for (int i = 0; i < 10; ++i) {
        const std::vector<Bytes> one{entry_of(number++)};
        timed("add one more", [&] { return append_to_log(folder, *key, one, now); });
    }
    const auto log = open_log(folder);
    timed("find and prove one", [&]() -> Result<std::string> {
        const auto index = find_in_log(*log, entry_of(size / 3));
        if (!index || !*index) return fail(ErrorCode::LogNotFound);
        return prove_in_log(*log, **index);
    });
    timed("verify all of it", [&] { return check_whole_log(*log); });
    return 0;
}
