// The screens, one function each; draw_screen() picks.
#pragma once

#include "screens/canvas.hpp"

namespace pipa::kiosk {

void draw_attract(Canvas& canvas);
void draw_scan(Canvas& canvas);
void draw_type(Canvas& canvas);
void draw_result(Canvas& canvas);
void draw_waiting(Canvas& canvas);
void draw_learn(Canvas& canvas);

// A paper label with a code, as it sticks on a crate: shows what to look for. The code on it says nothing.
void draw_sample_label(Canvas& canvas, Rect place);
// Corners of a viewfinder just inside `place`.
void draw_brackets(Canvas& canvas, Rect place, ImU32 colour, float thickness);

}  // namespace pipa::kiosk
