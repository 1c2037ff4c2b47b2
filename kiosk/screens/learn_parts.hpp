// What the learning screens share: drawings as triangles, runs of text, and turning pages with a finger.
#pragma once

#include "screens/canvas.hpp"
#include "screens/result_parts.hpp"

namespace pipa::kiosk {

// The drawing as large as fits `place`, centred; clipped to its own frame.
void draw_drawing(Canvas& canvas, const learn::Drawing& drawing, Rect place);
// The height it takes in this width.
[[nodiscard]] float drawing_height(const learn::Drawing& drawing, float width);

// Spans as one text: strong and plain alike, sources as "[2]".
[[nodiscard]] std::string joined(const std::vector<SpanView>& line);

float draw_learn_list(Canvas& canvas, Column column, float y, const LearnHomeView& home);
float draw_learn_article(Canvas& canvas, Column column, float y, const ArticleView& article);
float draw_learn_quiz(Canvas& canvas, Column column, float y, const LearnScreenView& view);
float draw_learn_cheat(Canvas& canvas, Column column, float y, const LearnScreenView& view);

inline void ask(Canvas& canvas, LearnAsk wish) { canvas.tell(event::Learn{std::move(wish)}); }

}  // namespace pipa::kiosk
