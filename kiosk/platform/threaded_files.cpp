#include "platform/threaded_files.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "host/atomic_file.hpp"
#include "host/files.hpp"

namespace pipa::kiosk {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using inquiry::Arrival;

constexpr std::size_t most_threads = 24;  // more than are ever wanted at once; only stalled ones get there
constexpr std::int64_t news_patience_ms = 3'000;
constexpr std::size_t max_state_bytes = std::size_t{16} << 20;

using Stamp = std::optional<std::string>;

// The trust lies in the site's folder itself; of records there are many, and news of them comes with it.
bool has_stamp(const SitePlaces& places, const std::string& name) { return places.stamp_of && name.find('/') == std::string::npos; }

}  // namespace

Bytes read_kept_state(const fs::path& keep) {
    std::error_code error;
    const fs::path file = keep / kept_state_name;
    if (keep.empty() || !fs::is_regular_file(file, error)) return {};
    return read_file(file, max_state_bytes).value_or(Bytes{});
}

struct ThreadedFiles::Depot {
    struct Result {
        std::uint64_t id{};
        inquiry::Delivery delivery{};
        Stamp stamp{};
    };

    std::map<std::string, Stamp> stamps{};  // by name, of files as they were when they were read last; of the one thread that asks
    mutable std::mutex mutex{};
    std::condition_variable arrived{};
    std::vector<Result> results{};
    std::vector<StampedSource> sources{};  // that no thread uses: their connections stay open
    std::size_t threads{};
    std::function<void()> wake{};       // empty once nobody takes any more

    StampedSource borrow(const std::function<StampedSource()>& make) {
        const std::lock_guard lock(mutex);
        if (sources.empty()) return make();
        StampedSource out = std::move(sources.back());
        sources.pop_back();
        return out;
    }
    void finish(Result result, StampedSource source) {
        const std::lock_guard lock(mutex);
        --threads;
        results.push_back(std::move(result));
        if (source) sources.push_back(std::move(source));
        arrived.notify_all();
        if (wake) wake();
    }
    void read(std::uint64_t id, const inquiry::Wanted& wanted, const SitePlaces& places) {
        StampedSource source = borrow(places.make_source);
        StampedDelivery came{{Arrival::Failed, {}}, {}};
        try {
            came = source(wanted);
        } catch (const std::exception&) {  // out of memory
        }
        finish({id, std::move(came.delivery), std::move(came.stamp)}, std::move(source));
    }
    void look(std::uint64_t id, const std::string& name, const SitePlaces& places) { finish({id, {}, places.stamp_of(name)}, {}); }
};

// One thread that writes, since a disk may take its time to flush. What comes meanwhile replaces what waits.
class ThreadedFiles::Keeper {
public:
    explicit Keeper(fs::path folder) : m_folder(std::move(folder)), m_thread([this](const std::stop_token& stop) { run(stop); }) {}

    void keep(Bytes state) {
        const std::lock_guard lock(m_mutex);
        m_waiting = std::move(state);
        m_changed.notify_one();
    }

private:
    // What a power cut left half written is nobody's, and a hundred of them must not fill the disk.
    void tidy() {
        std::error_code ignored;
        fs::create_directories(m_folder, ignored);
        if (std::exchange(m_tidy, true)) return;
        const std::string begin = std::string{"."} + kept_state_name + ".";
        for (const fs::directory_entry& entry : fs::directory_iterator(m_folder, ignored)) {
            const std::string name = entry.path().filename().string();
            if (name.starts_with(begin) && name.ends_with(".part")) fs::remove(entry.path(), ignored);
        }
    }

    void run(const std::stop_token& stop) {
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, stop, [this] { return m_waiting.has_value(); });
            if (!m_waiting) return;  // asked to stop, and nothing is left
            const Bytes state = *std::exchange(m_waiting, {});
            lock.unlock();
            tidy();
            if (const auto ok = write_file_atomically(m_folder / kept_state_name, state); !ok)
                std::fprintf(stderr, "pipa-kiosk: what was verified cannot be kept: %s\n", to_string(ok.error()).c_str());
        }
    }

    fs::path m_folder;
    bool m_tidy{};
    std::mutex m_mutex{};
    std::condition_variable_any m_changed{};
    std::optional<Bytes> m_waiting{};
    std::jthread m_thread;  // last: it uses all of the above
};

ThreadedFiles::ThreadedFiles(SitePlaces places) : m_places(std::move(places)), m_depot(std::make_shared<Depot>()) {
    m_depot->wake = m_places.wake;
    if (!m_places.keep.empty()) m_keeper = std::make_unique<Keeper>(m_places.keep);
}

ThreadedFiles::~ThreadedFiles() {
    const std::lock_guard lock(m_depot->mutex);
    m_depot->wake = {};
}

void ThreadedFiles::want(const std::vector<inquiry::Wanted>& files) {
    const auto is_wanted = [&](const std::string& name) { return std::ranges::find(files, name, &inquiry::Wanted::name) != files.end(); };
    std::erase_if(m_asked, [&](const Asked& asked) { return !asked.news && !is_wanted(asked.name); });
    for (const inquiry::Wanted& wanted : files)
        if (std::ranges::none_of(m_asked, [&](const Asked& asked) { return !asked.news && asked.name == wanted.name; })) ask(wanted, false);
}

void ThreadedFiles::look_for_news(const std::string& name) {
    const bool looks = std::ranges::any_of(m_asked, &Asked::news);
    if (has_stamp(m_places, name) && !name.empty() && !looks) ask({.name = name, .patience_ms = news_patience_ms}, true);
}

void ThreadedFiles::ask(const inquiry::Wanted& wanted, bool news) {
    const std::uint64_t id = ++m_last_id;
    m_asked.push_back({id, wanted.name, Clock::now() + std::chrono::milliseconds(wanted.patience_ms), news, !news && is_trust(wanted)});
    {
        const std::lock_guard lock(m_depot->mutex);
        if (m_depot->threads == most_threads) return;  // it will be late
        ++m_depot->threads;
    }
    try {
        inquiry::Wanted read = wanted;
        if (is_trust(wanted)) read.patience_ms = late_patience_ms;
        std::thread([depot = m_depot, places = m_places, id, read = std::move(read), news] {
            if (news) depot->look(id, read.name, places);
            else depot->read(id, read, places);
        }).detach();
    } catch (const std::system_error&) {
        m_depot->finish({id, {Arrival::Failed, {}}}, {});
    }
}

std::vector<ArrivedFile> ThreadedFiles::take() {
    std::vector<Depot::Result> results;
    {
        const std::lock_guard lock(m_depot->mutex);
        results.swap(m_depot->results);
    }
    std::vector<ArrivedFile> out;
    // Only what was taken counts as read: a thread that comes late may have seen a newer file than the one in use.
    const auto accept = [&](const Asked& asked, Depot::Result& result) {
        const auto read = m_depot->stamps.find(asked.name);
        if (asked.news) {
            m_news = m_news || (result.stamp && read != m_depot->stamps.end() && read->second != result.stamp);
            return;
        }
        out.push_back({asked.name, std::move(result.delivery)});
        if (has_stamp(m_places, asked.name)) m_depot->stamps[asked.name] = std::move(result.stamp);
    };
    for (Depot::Result& result : results) {
        if (const auto asked = std::ranges::find(m_asked, result.id, &Asked::id); asked != m_asked.end()) {
            accept(*asked, result);
            m_asked.erase(asked);
        } else if (m_late && m_late->id == result.id) {
            if (result.delivery.arrival == Arrival::Here) accept(*m_late, result);
            m_late.reset();
        }  // else it is wanted no more
    }
    const auto now = Clock::now();
    for (const Asked& asked : m_asked) {
        if (asked.deadline > now) continue;
        if (!asked.news) out.push_back({asked.name, {Arrival::Failed, {}}});
        if (asked.late) m_late = asked;
    }
    std::erase_if(m_asked, [&](const Asked& asked) { return asked.deadline <= now; });
    return out;
}

std::optional<std::int64_t> ThreadedFiles::due_in_ms() const {
    if (m_asked.empty()) return {};
    const auto first = std::ranges::min_element(m_asked, {}, &Asked::deadline)->deadline;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - Clock::now()).count();
    return std::max<std::int64_t>(0, left);
}

bool ThreadedFiles::took_news() { return std::exchange(m_news, false); }

void ThreadedFiles::wait(std::int64_t ms) {
    std::unique_lock lock(m_depot->mutex);
    m_depot->arrived.wait_for(lock, std::chrono::milliseconds(ms), [this] { return !m_depot->results.empty(); });
}

bool ThreadedFiles::is_reading() const {
    const std::lock_guard lock(m_depot->mutex);
    return m_depot->threads > 0;
}

void ThreadedFiles::keep(Bytes state) {
    if (m_keeper) m_keeper->keep(std::move(state));
}

void ThreadedFiles::tell_operator(const std::string& sentence) { std::fprintf(stderr, "pipa-kiosk: %s\n", sentence.c_str()); }

}  // namespace pipa::kiosk
