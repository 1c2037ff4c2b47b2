// What JS owns through handles: the texts, what the device knows (inquiry/session.hpp), and one inquiry after the other. The functions are
// the same in every module; a module exports those that it was linked for (*.exports).
#pragma once

#include <map>

#include "inquiry/inquiry.hpp"
#include "page/catalogue.hpp"

struct PipaSession {
    pipa::inquiry::Session device;
    std::map<std::string, pipa::Catalogue, std::less<>> catalogues{};  // by language tag; addresses stay

    // What a language lacks comes from Chinese, the language of the law.
    void link_fallbacks() noexcept {
        constexpr std::string_view fallback_language = "zh-Hans";
        const auto chinese = catalogues.find(fallback_language);
        if (chinese == catalogues.end()) return;
        for (auto& [tag, catalogue] : catalogues)
            if (tag != fallback_language) catalogue.set_fallback(&chinese->second);
    }

    // Null for a language that was not added.
    [[nodiscard]] const pipa::Catalogue* catalogue(const char* tag, std::size_t tag_size) const {
        const auto found = catalogues.find(std::string_view{tag, tag_size});
        return found == catalogues.end() ? nullptr : &found->second;
    }
};

struct PipaInquiry {
    pipa::inquiry::Inquiry asked;
};

namespace pipa::bridge {

[[nodiscard]] inline std::string_view text_of(const char* data, std::size_t size) noexcept { return {data, size}; }

// Unix seconds from a JS number; empty for what no calendar has.
[[nodiscard]] inline std::optional<UnixSeconds> time_of(double unix_s) noexcept {
    if (!(unix_s >= 0 && unix_s < 1e12) || !is_plausible_time(static_cast<UnixSeconds>(unix_s))) return {};
    return static_cast<UnixSeconds>(unix_s);
}

}  // namespace pipa::bridge
