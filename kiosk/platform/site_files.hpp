// Where the files come from that the core wants, and where what it keeps goes. Nothing here waits: natively other threads read, in the
// browser the page does. It decides nothing: what does not come, or not in time, is handed on as that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inquiry/inquiry.hpp"

namespace pipa::kiosk {

// The education pack of a site, fetched beside what the core wants.
inline constexpr const char* lessons_name = "learn/pack.cose";

// Trust that comes after its patience is taken all the same, as a file that nobody wants any more: a slow line must not keep a machine
// without any. So long it is waited for.
[[nodiscard]] inline bool is_trust(const inquiry::Wanted& wanted) { return wanted.kind == inquiry::FileKind::Bundle || (wanted.kind == inquiry::FileKind::Pack && wanted.name != lessons_name); }
inline constexpr std::uint32_t late_patience_ms = 60'000;

struct ArrivedFile {
    std::string name{};
    inquiry::Delivery delivery{};
};

class SiteFiles {
public:
    SiteFiles() = default;
    SiteFiles(const SiteFiles&) = delete;
    SiteFiles& operator=(const SiteFiles&) = delete;
    virtual ~SiteFiles() = default;

    // All that is wanted now. What was asked for before and is not among it any more need not come.
    virtual void want(const std::vector<inquiry::Wanted>& files) = 0;
    // What Session::take_state() gave, in place of what was kept before.
    virtual void keep(Bytes state) = 0;
    // For whoever runs the machine, in English.
    virtual void tell_operator(const std::string& sentence) = 0;

    // What came since, and as Failed what did not come in time. In the browser the page brings it by itself.
    [[nodiscard]] virtual std::vector<ArrivedFile> take() { return {}; }
    // How long take() may be put off, in real milliseconds; empty where nothing is awaited.
    [[nodiscard]] virtual std::optional<std::int64_t> due_in_ms() const { return {}; }
    // Sees by its date or tag whether this file was published anew since it was read; took_news() tells, once.
    virtual void look_for_news(const std::string&) {}
    [[nodiscard]] virtual bool took_news() { return false; }
    // Until something may be taken, at most so long; for scripts, whose own time stands still meanwhile.
    virtual void wait(std::int64_t) {}
};

}  // namespace pipa::kiosk
