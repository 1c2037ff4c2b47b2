#include "screens/draw_screen.hpp"

#include "screens/furniture.hpp"
#include "screens/screens.hpp"

namespace pipa::kiosk {
namespace {

void draw_body(Canvas& canvas) {
    switch (canvas.view.screen) {
        case Screen::Attract: return draw_attract(canvas);
        case Screen::Scan: return draw_scan(canvas);
        case Screen::Type: return draw_type(canvas);
        case Screen::Result: return draw_result(canvas);
        case Screen::Learn: return draw_learn(canvas);
        case Screen::Waiting: return draw_waiting(canvas);
    }
}

}  // namespace

Drawn draw_screen(const ScreenView& view, const Strings& strings) {
    Drawn out;
    const ImVec2 size{static_cast<float>(view.display.width), static_cast<float>(view.display.height)};
    constexpr ImGuiWindowFlags bare = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                      ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollWithMouse;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("###screen", nullptr, bare);
    Canvas canvas(view, strings, *ImGui::GetWindowDrawList(), out);
    canvas.live = !view.idle_seconds_left.has_value();
    draw_body(canvas);
    if (view.idle_seconds_left) {
        out.targets.clear();  // what lies under the warning cannot be touched
        canvas.live = true;
        draw_idle_warning(canvas);
    }
    ImGui::End();
    ImGui::PopStyleVar(2);
    // Under the warning it is the lifted finger that counts, or the warning would be gone before its buttons are hit.
    if (view.idle_seconds_left) {
        if (ImGui::IsMouseReleased(ImGuiMouseButton_Left) && out.events.empty()) out.events.emplace_back(event::StayHere{});
    } else if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        out.events.insert(out.events.begin(), event::Touched{});
    }
    return out;
}

}  // namespace pipa::kiosk
