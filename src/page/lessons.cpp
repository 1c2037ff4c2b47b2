#include "page/lessons.hpp"

#include <algorithm>
#include <array>

namespace pipa {
namespace {

#define PIPA_LESSON(code, article) LessonRule{code, article},
#define PIPA_PRODUCT_LESSON(name, article)
constexpr std::array rules = {
#include "page/lessons.def"
};
#undef PIPA_LESSON
#undef PIPA_PRODUCT_LESSON

#define PIPA_LESSON(code, article)
#define PIPA_PRODUCT_LESSON(name, article) LessonRule{name, article},
constexpr std::array product_rules = {
#include "page/lessons.def"
};
#undef PIPA_LESSON
#undef PIPA_PRODUCT_LESSON

bool is_about(const Certificate& certificate, const TrustStore& trust, std::string_view name) {
    const LocalText* listed = certificate.product_code ? trust.product_name(*certificate.product_code) : nullptr;
    return certificate.product_name.contains(name) || (listed != nullptr && listed->zh_hans.contains(name));
}

}  // namespace

std::span<const LessonRule> lesson_rules() noexcept { return rules; }
std::span<const LessonRule> product_lesson_rules() noexcept { return product_rules; }

std::vector<LessonView> make_lessons(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue) {
    std::vector<LessonView> out;
    const auto offer = [&](std::string_view article) {
        if (out.size() < max_lessons && std::ranges::find(out, article, &LessonView::id) == out.end())
            out.push_back({std::string{article}, catalogue.text("lesson." + std::string{article})});
    };
    for (const Reason& reason : judgement.reasons)
        for (const LessonRule& rule : rules)
            if (rule_of(reason.id).code.starts_with(rule.code)) offer(rule.article);
    // What the goods are is worth reading about once it is certain that someone promised them.
    if (judgement.verdict == Verdict::Genuine && judgement.certificate)
        for (const LessonRule& rule : product_rules)
            if (is_about(judgement.certificate->certificate, trust, rule.code)) offer(rule.article);
    return out;
}

}  // namespace pipa
