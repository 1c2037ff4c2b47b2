#include "stage.hpp"

#include <algorithm>
#include <stdexcept>

#include "label_video.hpp"
#include "samples.hpp"

namespace pipa::kiosk::test {
namespace {

template <typename T>
T must(std::expected<T, std::string> made) {
    if (!made) throw std::runtime_error(made.error());
    return std::move(*made);
}

}  // namespace

Stage::Stage(int width, int height) : m_display{.width = width, .height = height} {
    SDL_SetHint(SDL_HINT_VIDEO_DRIVER, "offscreen");
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    if (load_fonts({}).chinese_missing) throw std::runtime_error("no Chinese font (fonts-noto-cjk)");
    m_window = must(Window::open({.width = width, .height = height}));
    m_ui = must(UiRenderer::create());
    m_backdrop = must(Backdrop::create());
    m_viewfinder = must(Viewfinder::create());
}

Stage::~Stage() {
    m_ui.reset();
    m_backdrop.reset();
    m_viewfinder.reset();
    ImGui::DestroyContext();
}

Picture Stage::camera_picture() {
    static const Frame frame = draw_scene({.text = district().sample("genuine").text});
    return m_viewfinder->show(frame, false, 1280);
}

Drawn Stage::draw(const ScreenView& view) { return settle(view, true); }

Drawn Stage::settle(const ScreenView& view, bool painted) {
    ScreenView settled = view;
    for (int tries = 3; tries > 0; --tries) {  // where there are buttons for pages there is less room for the page
        const Drawn drawn = draw_once(settled, false);
        for (const What& what : drawn.events)
            if (const auto* size = std::get_if<event::ScrollMeasured>(&what)) settled.scroll.measured(size->content, size->seen);
        // An offset of a test's own would be cut to the limit of a page that is not measured yet.
        settled.scroll.offset = std::clamp(view.scroll.offset, 0.0f, settled.scroll.limit);
    }
    return draw_once(settled, painted);
}

Drawn Stage::draw_once(const ScreenView& view, bool painted) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(m_display.width), static_cast<float>(m_display.height)};
    io.DeltaTime = 1 / 30.0f;
    ImGui::NewFrame();
    Drawn drawn = draw_screen(view, strings_for(view.language));
    ImGui::Render();
    if (!painted) {
        for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
            if (texture->Status != ImTextureStatus_OK) serve_texture(*texture);
        return drawn;
    }
    if (view.screen == Screen::Attract) m_backdrop->draw_moving(m_display.width, m_display.height, view.seconds);
    else m_backdrop->draw_plain(m_display.width, m_display.height);
    m_ui->draw(*ImGui::GetDrawData());
    return drawn;
}

Screenshot Stage::shoot() const { return take_screenshot(m_display.width, m_display.height); }

}  // namespace pipa::kiosk::test
