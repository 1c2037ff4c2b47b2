// What JS owns through a handle: the texts and the trust that a module judges with. verify.cpp makes and frees it;
// learn.cpp, in learn.wasm, reads from it.
#pragma once

#include <map>

#include "judge/judge.hpp"
#include "page/catalogue.hpp"
#include "trust/open_bundle.hpp"

namespace pipa::bridge {

inline constexpr std::string_view fallback_language = "zh-Hans";

[[nodiscard]] inline std::string_view text_of(const char* data, std::size_t size) noexcept { return {data, size}; }

}  // namespace pipa::bridge

struct PipaSession {
    std::map<std::string, pipa::Catalogue, std::less<>> catalogues{};  // by language tag; addresses stay
    pipa::TrustStore trust{};
    // What came with the trust where it came as a bundle.
    std::vector<pipa::Told> notices{};
    pipa::Bytes field_data{};  // field.cbor
    std::optional<pipa::tuf::Client> repository{};

    // What a language lacks comes from Chinese, the language of the law.
    void link_fallbacks() noexcept {
        const auto chinese = catalogues.find(pipa::bridge::fallback_language);
        if (chinese == catalogues.end()) return;
        for (auto& [tag, catalogue] : catalogues)
            if (tag != pipa::bridge::fallback_language) catalogue.set_fallback(&chinese->second);
    }
};
