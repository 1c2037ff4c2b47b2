#include <algorithm>

#include "limits/limits.hpp"
#include "page/lessons.hpp"
#include "support/catalogues.hpp"

namespace pipa::test {
namespace {

// A judgement with so many reasons that each lead to another article.
std::string lessons_of(std::size_t articles) {
    Judgement judgement;
    std::vector<std::string_view> known;
    for (const LessonRule& rule : lesson_rules()) {
        if (known.size() == articles) break;
        if (std::ranges::find(known, rule.article) != known.end()) continue;
        for (int id = 0; id <= static_cast<int>(ReasonId::IssuedDaysAgo); ++id) {
            const auto reason = static_cast<ReasonId>(id);
            if (!rule_of(reason).code.starts_with(rule.code)) continue;
            judgement.reasons.push_back(Reason{reason});
            known.push_back(rule.article);
            break;
        }
    }
    return std::to_string(make_lessons(judgement, TrustStore{}, english()).size()) + " of " + std::to_string(known.size());
}

}  // namespace

std::vector<Limit> limits_of_page() {
    return {{"page/lessons.hpp", "max_lessons", [] { return lessons_of(3); }, "3 of 3", [] { return lessons_of(4); }, "3 of 4"}};
}

}  // namespace pipa::test
