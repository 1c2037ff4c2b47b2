#include "platform/startup.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>
#include <utility>

#include "base/hex.hpp"
#include "host/files.hpp"
#include "host/trust_source.hpp"

namespace pipa::kiosk {
namespace {

namespace fs = std::filesystem;
using inquiry::Anchor;
using inquiry::Wanted;

constexpr std::size_t hex_digits = 64, max_hex_file_bytes = 4096;
constexpr std::string_view pack_name = "trust.cose";

bool is_address(std::string_view site) { return site.starts_with("http://") || site.starts_with("https://"); }
fs::path folder_of(const Options& options) { return is_address(options.site) ? fs::path{} : fs::path{options.site}; }

// 64 hexadecimal digits, or the name of a file with them.
Result<crypto::Digest> read_digest(const std::string& option) {
    if (option.size() == hex_digits && from_hex(option)) return parse_root_pin(option);
    std::error_code error;
    if (!fs::is_regular_file(option, error)) return fail(ErrorCode::FileUnreadable, {}, option);
    const auto file = read_file(option, max_hex_file_bytes);
    if (!file) return std::unexpected(file.error());
    return parse_root_pin(as_text(*file));
}

Result<Anchor> anchor_of(const Options& options) {
    const auto repository = [](const Result<crypto::Digest>& pin) { return pin ? Result<Anchor>{Anchor::repository(*pin)} : std::unexpected(pin.error()); };
    if (!options.root_pin.empty()) return repository(read_digest(options.root_pin));
    const fs::path folder = folder_of(options);
    std::error_code error;
    if (const fs::path pin = folder / "root.pin"; !folder.empty() && options.trust.empty() && fs::exists(fs::symlink_status(pin, error))) return repository(read_digest(pin));
    if (options.office_key.empty()) return Anchor{};
    const auto key = read_digest(options.office_key);  // as long, and written in the same way
    if (!key) return std::unexpected(key.error());
    crypto::PublicKey office{};
    std::ranges::copy(*key, office.begin());
    return Anchor::pack(office);
}

StampedSource source_of(const Options& options) {
    StampedSource site = [](const Wanted&) { return StampedDelivery{{inquiry::Arrival::NotThere, {}}, {}}; };
    if (!options.site.empty()) site = is_address(options.site) ? stamped_http_source(options.site) : stamped_folder_source(options.site);
    return [site = std::move(site), trust = options.trust, learn = options.learn](const Wanted& wanted) -> StampedDelivery {
        if (!trust.empty() && wanted.name == pack_name) return {deliver_file(trust, wanted.max_bytes), {}};
        if (!learn.empty() && wanted.name == lessons_name) return {deliver_file(learn, wanted.max_bytes), {}};
        return site(wanted);
    };
}

void tell(const char* sentence, const std::string& why) { std::fprintf(stderr, "pipa-kiosk: %s: %s\n", sentence, why.c_str()); }

}  // namespace

event::SessionGiven open_session(const Options& options) {
    std::error_code error;
    if (!options.learn.empty() && !fs::exists(options.learn, error)) tell("the education pack cannot be used", "file.unreadable: " + options.learn);
    const auto anchor = anchor_of(options);
    event::SessionGiven out{std::make_shared<inquiry::Session>(anchor.value_or(Anchor{})), {}};
    if (!anchor) {
        out.problem = code_name(anchor.error().code);
        tell("what proves the list of trusted keys cannot be read", to_string(anchor.error()));
    }
    if (const Bytes kept = read_kept_state(options.keep); !kept.empty()) out.session->restore(kept);
    if (!options.now.empty()) out.session->set_demo_now(*parse_time(options.now));
    return out;
}

SessionOpening::SessionOpening(std::function<event::SessionGiven()> open, std::function<void()> wake) {
    // Not std::async, whose future waits for a thread that never comes back.
    auto promise = std::make_shared<std::promise<event::SessionGiven>>();
    m_session = promise->get_future();
    std::thread([promise, open = std::move(open), wake = std::move(wake)] {
        promise->set_value(open());
        wake();
    }).detach();
}

event::SessionGiven SessionOpening::take() {
    constexpr std::chrono::milliseconds soon(500);
    if (m_session.wait_for(soon) == std::future_status::ready) return m_session.get();
    tell("what proves the list of trusted keys is still awaited", "file.unreadable");
    return {std::make_shared<inquiry::Session>(Anchor{}), std::string{code_name(ErrorCode::FileUnreadable)}};
}

std::optional<event::SessionGiven> SessionOpening::take_if_ready() {
    if (!m_session.valid() || m_session.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return {};
    return m_session.get();
}

std::vector<std::string> problems_of(const Options& options) {
    std::vector<std::string> out;
    std::error_code error;
    const auto want = [&](const char* option, const fs::path& path, bool there, const char* what) {
        if (!path.empty() && !there) out.push_back(std::string{option} + ": " + path.string() + " is no " + what);
    };
    const fs::path site = folder_of(options);
    want("--site", site, fs::is_directory(site, error), "folder");
    for (const auto& [option, file] : {std::pair{"--trust", options.trust}, {"--learn", options.learn}, {"--font", options.fonts.regular},
                                       {"--bold-font", options.fonts.bold}})
        want(option, file, fs::is_regular_file(file, error), "file");
    want("--keep", options.keep, !fs::exists(options.keep, error) || fs::is_directory(options.keep, error), "folder");
    want("--camera", options.camera, fs::exists(options.camera, error), "file or folder");
    if (const auto anchor = anchor_of(options); !anchor) out.push_back("what proves the trust: " + to_string(anchor.error()));
    return out;
}

SitePlaces places_of(const Options& options, std::function<void()> wake) {
    SitePlaces out{.make_source = [options] { return source_of(options); }, .keep = options.keep, .wake = std::move(wake)};
    if (options.site.empty() || !options.trust.empty()) return out;
    if (is_address(options.site)) out.stamp_of = [site = options.site](const std::string& name) { return stamp_over_http(site, name); };
    else out.stamp_of = [folder = folder_of(options)](const std::string& name) { return stamp_in_folder(folder, name); };
    return out;
}

}  // namespace pipa::kiosk
