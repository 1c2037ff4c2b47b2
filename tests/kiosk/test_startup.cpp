// What the native kiosk does with disks that stall and power that goes.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <future>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "platform/startup.hpp"
#include "platform/threaded_files.hpp"

namespace pipa::kiosk::test {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

class Folder {
public:
    Folder() : m_path(fs::temp_directory_path() / ("pipa-kept-" + std::to_string(std::random_device{}()))) { fs::create_directories(m_path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(m_path); }
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> out;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) out.push_back(entry.path().filename().string());
    return out;
}

// One state after the other, until it is ended.
[[noreturn]] void keep_for_ever(const fs::path& folder) {
    ThreadedFiles files({.keep = folder});
    for (std::uint8_t letter = 1;; letter = static_cast<std::uint8_t>(letter % 7 + 1)) {
        files.keep(Bytes(std::size_t{20'000} * letter, letter));
        std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
}

bool is_whole(const Bytes& state) {
    return !state.empty() && state.size() == std::size_t{20'000} * state.front() && std::ranges::all_of(state, [&](std::uint8_t byte) { return byte == state.front(); });
}

}  // namespace

TEST_CASE("startup: what proves the trust lies on a disk that stalls, and the screen does not wait for it") {
    auto stall = std::make_shared<std::promise<void>>();
    auto woken = std::make_shared<std::promise<void>>();
    SessionOpening opening([stall] { return stall->get_future().wait(), event::SessionGiven{std::make_shared<inquiry::Session>(inquiry::Anchor::pack({})), {}}; }, [woken] { woken->set_value(); });
    const auto began = Clock::now();
    const event::SessionGiven first = opening.take();
    CHECK(Clock::now() - began < std::chrono::seconds(2));
    CHECK(first.problem == "file.unreadable");
    CHECK(first.session->trust_name().empty());  // nothing is taken in its place
    CHECK(opening.is_reading());
    CHECK_FALSE(opening.take_if_ready());
    stall->set_value();
    woken->get_future().wait();
    const auto second = opening.take_if_ready();
    REQUIRE(second);
    CHECK(second->session->trust_name() == "trust.cose");
    CHECK_FALSE(opening.is_reading());
    CHECK_FALSE(opening.take_if_ready());
}

TEST_CASE("keep: ended at any moment, what was kept is the state before or the one after, and nothing is left lying about") {
    constexpr int rounds = 300;
    const Folder folder;
    std::mt19937 random(7);
    int kept = 0;
    for (int i = 0; i < rounds; ++i) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) keep_for_ever(folder.path());
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 12'000));
        ::kill(child, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        const Bytes state = read_kept_state(folder.path());
        if (state.empty()) continue;
        ++kept;
        INFO("round " << i << ": " << state.size() << " bytes");
        REQUIRE(is_whole(state));
    }
    CHECK(kept > rounds / 2);  // or nothing was tried
    { ThreadedFiles({.keep = folder.path()}).keep(Bytes(100, 9)); }  // waits until it is there
    CHECK(read_kept_state(folder.path()) == Bytes(100, 9));
    CHECK(names_in(folder.path()) == std::vector<std::string>{kept_state_name});
}

}  // namespace pipa::kiosk::test
