// What JS owns through handles: the texts, what the device knows (inquiry/session.hpp), and one inquiry after the other. The functions are
// the same in every module; a module exports those that it was linked for (*.exports), and says for itself how much it reads and tells.
#pragma once

#include <list>

#include "inquiry/inquiry.hpp"
#include "page/view.hpp"

struct PipaSession {
    pipa::inquiry::Session device;
    std::list<pipa::Catalogue> catalogues{};  // one a language; addresses stay

    // What a language lacks comes from Chinese, the language of the law.
    void link_fallbacks() noexcept {
        constexpr std::string_view fallback_language = "zh-Hans";
        const pipa::Catalogue* chinese = catalogue(fallback_language);
        for (pipa::Catalogue& one : catalogues) one.set_fallback(&one == chinese ? nullptr : chinese);
    }

    // Null for a language that was not added.
    [[nodiscard]] const pipa::Catalogue* catalogue(std::string_view tag) const {
        const auto found = std::ranges::find(catalogues, tag, &pipa::Catalogue::language);
        return found == catalogues.end() ? nullptr : &*found;
    }
};

struct PipaInquiry {
    pipa::inquiry::Inquiry asked;
};

namespace pipa::bridge {

// Either of answer.cpp or of whole.cpp. Empty: the text is not for this module.
[[nodiscard]] std::optional<ScannedText> read_text(std::string_view text);
// The judgement is not for this module, which lacks what it rests on.
[[nodiscard]] bool is_left_to_whole(const Judgement& judgement);
// As JSON (page/view_json.hpp).
[[nodiscard]] std::string view_of(const inquiry::Inquiry& asked, const Catalogue& catalogue);

// Null before there is an answer, and without an inquiry.
[[nodiscard]] inline const Judgement* judgement_of(const PipaInquiry* inquiry) noexcept {
    return inquiry == nullptr || !inquiry->asked.is_done() ? nullptr : &inquiry->asked.judgement();
}

[[nodiscard]] inline std::string_view text_of(const char* data, std::size_t size) noexcept { return {data, size}; }

// Unix seconds from a JS number; empty for what no calendar has.
[[nodiscard]] inline std::optional<UnixSeconds> time_of(double unix_s) noexcept {
    if (!(unix_s >= 0 && unix_s < 1e12) || !is_plausible_time(static_cast<UnixSeconds>(unix_s))) return {};
    return static_cast<UnixSeconds>(unix_s);
}

}  // namespace pipa::bridge
