// The pieces of the result screen, top to bottom. Each draws from `y` down within `left`..`left + width` and returns
// where it ended.
#pragma once

#include "screens/canvas.hpp"

namespace pipa::kiosk {

struct Column {
    float left{};
    float width{};
};

// That there were several codes, and one button for each; the one that is read now stands out.
float draw_choices(Canvas& canvas, Column column, float y);

// The answer itself: icon, word, reason, on its accent.
struct Headline {
    std::string verdict{};
    std::string level{};
    Icon icon{};
    std::string word{};
    std::string reason{};
    std::string code{};  // stable code, small; may be empty
};
float draw_headline(Canvas& canvas, Column column, float y, const Headline& headline);
float draw_next_step(Canvas& canvas, Column column, float y, const std::string& text, ImU32 accent);
float draw_limits(Canvas& canvas, Column column, float y, const std::vector<std::string>& limits);
float draw_remarks(Canvas& canvas, Column column, float y, const std::vector<RemarkView>& remarks);
// Articles that help with this answer.
float draw_lessons(Canvas& canvas, Column column, float y, const std::vector<LessonView>& lessons);
float draw_section(Canvas& canvas, Column column, float y, const SectionView& section, const std::vector<VoucherView>& vouchers);
float draw_vouchers(Canvas& canvas, Column column, float y, const std::vector<VoucherView>& vouchers);

}  // namespace pipa::kiosk
