// Draws screen models under a software GL, for tests: the kiosk's own renderer without its loop, clock and devices.
#pragma once

#include <memory>

#include "platform/backdrop.hpp"
#include "platform/fonts.hpp"
#include "platform/screenshot.hpp"
#include "platform/ui_renderer.hpp"
#include "platform/viewfinder.hpp"
#include "platform/window.hpp"
#include "screens/draw_screen.hpp"

namespace pipa::kiosk::test {

class Stage {
public:
    Stage(int width, int height);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    ~Stage();

    // Lays out until scroll limits have settled, then draws, and returns what that said.
    Drawn draw(const ScreenView& view);
    // The same without drawing: where things stand, and no picture.
    Drawn lay_out(const ScreenView& view) { return settle(view, false); }
    [[nodiscard]] Screenshot shoot() const;
    [[nodiscard]] Picture camera_picture();
    [[nodiscard]] Display display() const { return m_display; }
    Drawn draw_once(const ScreenView& view, bool painted = true);  // one frame, as it comes

private:
    Drawn settle(const ScreenView& view, bool painted);

    Display m_display;
    std::unique_ptr<Window> m_window{};
    std::unique_ptr<UiRenderer> m_ui{};
    std::unique_ptr<Backdrop> m_backdrop{};
    std::unique_ptr<Viewfinder> m_viewfinder{};
};

}  // namespace pipa::kiosk::test
