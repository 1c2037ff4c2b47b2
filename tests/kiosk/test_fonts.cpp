// Glyphs as ImGui bakes them, without anything that draws.
#include <catch2/catch_test_macros.hpp>
#include <imgui.h>
#include <imgui_internal.h>

#include "platform/fonts.hpp"

namespace pipa::kiosk::test {

TEST_CASE("fonts: a glyph has the size that was asked for, also after ImGui discarded other sizes and moved the rest") {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {100, 100};
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    REQUIRE_FALSE(load_fonts({}).chinese_missing);
    ImFont* const font = io.Fonts->Fonts[0];
    const auto width_of = [font](ImWchar character, float size) { return font->GetFontBaked(size)->FindGlyph(character)->AdvanceX; };
    const auto next_frame = [] { ImGui::EndFrame(); ImGui::NewFrame(); };

    ImGui::NewFrame();
    for (const float size : {22.0f, 33.0f, 66.0f, 33.0f}) width_of(U'枇', size);
    width_of(U'杷', 33);  // so that 33 is active, and lies just before 66
    ImFontAtlasBakedDiscard(io.Fonts, font, font->GetFontBaked(22));
    next_frame();
    CHECK(width_of(U'杷', 66) == width_of(U'枇', 66));
    CHECK(width_of(U'树', 33) == width_of(U'枇', 33));
    ImGui::EndFrame();
    ImGui::DestroyContext();
}

}  // namespace pipa::kiosk::test
