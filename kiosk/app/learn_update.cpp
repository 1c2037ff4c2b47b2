#include "app/learn_state.hpp"

namespace pipa::kiosk {
namespace {

void go_to(Learning& learning, LearnPlace place) {
    learning = Learning{.pack = std::move(learning.pack), .place = place};
}

void choose(Learning& learning, std::uint32_t option) {
    const auto& questions = learning.pack->questions;
    if (learning.chosen || learning.question >= questions.size() || option >= questions[learning.question].options.size()) return;
    learning.chosen = option;
    if (option == questions[learning.question].answer) ++learning.right;
}

}  // namespace

bool follow(Learning& learning, const LearnAsk& ask) {
    if (learning.pack == nullptr) return false;
    switch (ask.wish) {
        case LearnWish::List: go_to(learning, LearnPlace::List); return true;
        case LearnWish::Quiz: go_to(learning, LearnPlace::Quiz); return true;
        case LearnWish::Cheat: go_to(learning, LearnPlace::Cheat); return true;
        case LearnWish::Article:
            go_to(learning, LearnPlace::Article);
            learning.article = ask.article;
            return true;
        case LearnWish::Choose: choose(learning, ask.option); return false;
        case LearnWish::NextQuestion:
            if (!learning.chosen) return false;
            ++learning.question;
            learning.chosen.reset();
            return true;
        case LearnWish::TryChange: learning.tried = ask.change; return true;
        case LearnWish::TryCopy: learning.copied = true; return true;
        case LearnWish::TryAgain: go_to(learning, LearnPlace::Cheat); return true;
    }
    return false;
}

LearnScreenView make_learn_view(const Learning& learning, const TrustStore& trust, UnixSeconds now, const Catalogue& catalogue) {
    LearnScreenView out{.pack = learning.pack, .place = learning.place, .question = learning.question, .chosen = learning.chosen, .right = learning.right};
    if (learning.pack == nullptr) return out;
    const learn::EducationPack& pack = *learning.pack;
    if (learning.place == LearnPlace::Article) out.article = make_article_view(pack, learning.article, catalogue);
    if (learning.place == LearnPlace::Quiz) out.quiz = make_quiz_view(pack, catalogue);
    if (learning.place == LearnPlace::Cheat) {
        out.cheat = make_cheat_lesson(pack.lesson_certificate, trust, now, catalogue);
        if (out.cheat && learning.copied) out.outcome = try_copy(pack.lesson_certificate, trust, now, catalogue);
        else if (out.cheat && learning.tried)
            if (auto outcome = try_cheat(pack.lesson_certificate, *learning.tried, trust, now, catalogue)) out.outcome = std::move(*outcome);
    }
    // An article that the pack does not have leads back to the list.
    if (learning.place == LearnPlace::List || (learning.place == LearnPlace::Article && !out.article)) {
        out.place = LearnPlace::List;
        out.home = make_learn_home(pack, catalogue);
    }
    return out;
}

}  // namespace pipa::kiosk
