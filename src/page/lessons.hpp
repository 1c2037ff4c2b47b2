// From an answer to what a reader may want to learn next: articles of the education pack, which is not loaded for this.
// The table is lessons.def.
#pragma once

#include "page/view.hpp"

namespace pipa {

inline constexpr std::size_t max_lessons = 3;

struct LessonRule {
    std::string_view code;     // a reason's code, or the start of one: "label."
    std::string_view article;  // "labels"
};
[[nodiscard]] std::span<const LessonRule> lesson_rules() noexcept;
[[nodiscard]] std::span<const LessonRule> product_lesson_rules() noexcept;  // `code`: part of a product's Chinese name

// Of the gravest reasons first, each article once.
[[nodiscard]] std::vector<LessonView> make_lessons(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue);

}  // namespace pipa
