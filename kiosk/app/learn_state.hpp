// The learning screens' part of the state: where a visitor is among articles, quiz and 'try to cheat it'.
#pragma once

#include <memory>

#include "learn/cheat.hpp"
#include "learn/learn_view.hpp"

namespace pipa::kiosk {

enum class LearnPlace : std::uint8_t { List, Article, Quiz, Cheat };

enum class LearnWish : std::uint8_t {
    List, Article, Quiz, Cheat,  // places to go to; Article with its id
    Choose,                      // of a question's options, by index
    NextQuestion,                // after the last one the score
    TryChange,                   // a change of the certificate
    TryCopy,                     // an exact copy
    TryAgain,                    // back to the choices
};

struct LearnAsk {
    LearnWish wish{};
    std::string article{};
    std::uint32_t option{};
    CheatChange change{};
};

struct Learning {
    std::shared_ptr<const learn::EducationPack> pack{};  // the machine's; without one there is no way in

    // The visitor's, gone when the visit ends.
    LearnPlace place{LearnPlace::List};
    std::string article{};
    std::uint32_t question{};               // as many as there are: the score is shown
    std::optional<std::uint32_t> chosen{};
    std::uint32_t right{};
    std::optional<CheatChange> tried{};
    bool copied{};
};

// What the wish makes of it. True where another page begins, which is read from its top.
bool follow(Learning& learning, const LearnAsk& ask);

// One of these is there, by place. Drawings point into the pack, which the view keeps alive.
struct LearnScreenView {
    std::shared_ptr<const learn::EducationPack> pack{};
    LearnPlace place{};
    std::optional<LearnHomeView> home{};
    std::optional<ArticleView> article{};
    std::optional<QuizView> quiz{};
    std::uint32_t question{};
    std::optional<std::uint32_t> chosen{};
    std::uint32_t right{};
    std::optional<CheatLessonView> cheat{};  // absent where there is no genuine certificate to practise on
    std::optional<CheatOutcomeView> outcome{};
};

[[nodiscard]] LearnScreenView make_learn_view(const Learning& learning, const TrustStore& trust, UnixSeconds now, const Catalogue& catalogue);

}  // namespace pipa::kiosk
