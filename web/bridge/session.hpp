// What JS owns through a handle: the texts and the trust that a module judges with. verify.cpp makes and frees it; learn.cpp, in
// learn.wasm, reads from it. verify.cpp, record.cpp and story.cpp are one module, split after it is linked (web/split_module.cmake):
// the same memory, the same session, and no function of a later part may be called before that part is there.
#pragma once

#include <algorithm>
#include <map>

#include "judge/judge.hpp"
#include "page/catalogue.hpp"
#include "record/lots_file.hpp"
#include "trust/open_bundle.hpp"

namespace pipa::bridge {

inline constexpr std::string_view fallback_language = "zh-Hans";

[[nodiscard]] inline std::string_view text_of(const char* data, std::size_t size) noexcept { return {data, size}; }

}  // namespace pipa::bridge

struct LotsFile {
    std::string name{};  // "3f"; of a delegated store "tangqi/3f"
    pipa::Record record{pipa::Record::NotFetched};
    std::vector<pipa::LotEntry> entries{};
    std::vector<std::optional<pipa::crypto::Digest>> digests{};  // of the entries' dossiers, once asked for
};

struct OpenedStory {  // signatures that were verified once in this session are not verified again
    pipa::crypto::Digest digest{};  // of the dossier
    std::shared_ptr<const pipa::CheckedDossier> dossier{};
};

inline constexpr std::size_t max_lots_files = 4;
inline constexpr std::size_t max_opened_stories = 4;

struct PipaSession {
    std::map<std::string, pipa::Catalogue, std::less<>> catalogues{};  // by language tag; addresses stay
    pipa::TrustStore trust{};
    std::vector<LotsFile> lots{};
    std::vector<OpenedStory> stories{};  // opened with `trust`
    // What came with the trust where it came as a bundle.
    std::vector<pipa::CheckedStatement> notices{};
    std::optional<pipa::tuf::Client> repository{};

    void replace_trust(pipa::TrustStore store) {
        stories.clear();
        notices.clear();
        repository.reset();
        trust = std::move(store);
    }

    // What a language lacks comes from Chinese, the language of the law.
    void link_fallbacks() noexcept {
        const auto chinese = catalogues.find(pipa::bridge::fallback_language);
        if (chinese == catalogues.end()) return;
        for (auto& [tag, catalogue] : catalogues)
            if (tag != pipa::bridge::fallback_language) catalogue.set_fallback(&chinese->second);
    }
};

namespace pipa::bridge {

// The lots file of this name; null where none was opened (record.cpp).
[[nodiscard]] const LotsFile* find_file(const PipaSession& session, std::string_view name);
// What the session knows of the record behind a code (record.cpp).
[[nodiscard]] Evidence evidence_of_text(PipaSession& session, std::string_view text);

struct Question {
    std::string_view text;  // what the code says
    UnixSeconds now{};
    const Catalogue* catalogue{};
};
// What pipa_session_answer and pipa_session_answer_by_record answer (verify.cpp).
[[nodiscard]] std::uint8_t* pack_answer(const PipaSession& session, const Question& question, const Judgement& judgement);
// Errors: catalogue.invalid for a language that was not added, date.invalid (verify.cpp).
[[nodiscard]] Result<Question> question_of(const PipaSession& session, std::string_view text, double now_unix_s, std::string_view tag);

}  // namespace pipa::bridge
