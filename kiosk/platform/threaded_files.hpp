// The files of a site natively: each is read by a thread of its own, so that one that stalls (a disk, a server) holds up neither the screen
// nor another file. A thread that never comes back is left behind; what it brings late is dropped.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "host/file_source.hpp"
#include "platform/site_files.hpp"

namespace pipa::kiosk {

struct SitePlaces {
    std::function<StampedSource()> make_source{};  // one for each thread
    // The stamp that a file of the site has now. Called from several threads; empty where news is not looked for.
    std::function<std::optional<std::string>(const std::string& name)> stamp_of{};
    std::filesystem::path keep{};               // folder of kept_state_name; empty: nothing is kept
    std::function<void()> wake{};               // called from other threads when there is something to take
};
inline constexpr const char* kept_state_name = "state.cbor";

// What was kept on an earlier day; empty where nothing was, or it cannot be read.
[[nodiscard]] Bytes read_kept_state(const std::filesystem::path& keep);

class ThreadedFiles final : public SiteFiles {
public:
    explicit ThreadedFiles(SitePlaces places);
    ~ThreadedFiles() override;  // waits for what is being kept, and for no file

    void want(const std::vector<inquiry::Wanted>& files) override;
    void keep(Bytes state) override;
    void tell_operator(const std::string& sentence) override;
    [[nodiscard]] std::vector<ArrivedFile> take() override;
    [[nodiscard]] std::optional<std::int64_t> due_in_ms() const override;
    void look_for_news(const std::string& name) override;
    [[nodiscard]] bool took_news() override;
    void wait(std::int64_t ms) override;

    // Some thread is still reading. It must not outlive what the end of main() takes away: end by std::_Exit then.
    [[nodiscard]] bool is_reading() const;

private:
    struct Depot;   // what the threads share with us, and what outlives us where one does not come back
    class Keeper;
    struct Asked {
        std::uint64_t id{};
        std::string name{};
        std::chrono::steady_clock::time_point deadline{};
        bool news{};  // only its date is looked at
        bool late{};  // still taken after that
    };
    void ask(const inquiry::Wanted& wanted, bool news);

    SitePlaces m_places;
    std::shared_ptr<Depot> m_depot;
    std::unique_ptr<Keeper> m_keeper;
    std::vector<Asked> m_asked{};
    std::optional<Asked> m_late{};  // the newest whose deadline is over, and that is still taken
    std::uint64_t m_last_id{};
    bool m_news{};
};

}  // namespace pipa::kiosk
