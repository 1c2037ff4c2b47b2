// Draws what Dear ImGui listed, with shaders/ui.*, and keeps its textures (the glyph atlas grows as text appears).
#pragma once

#include <imgui.h>

#include <memory>

#include "platform/gl.hpp"

namespace pipa::kiosk {

class UiRenderer {
public:
    [[nodiscard]] static std::expected<std::unique_ptr<UiRenderer>, std::string> create();
    UiRenderer(const UiRenderer&) = delete;
    UiRenderer& operator=(const UiRenderer&) = delete;
    ~UiRenderer();

    // Into the target that is bound, over what is there.
    void draw(ImDrawData& data);

private:
    explicit UiRenderer(Program program);
    void begin(const ImDrawData& data) const;
    void draw_list(const ImDrawList& list, const ImDrawData& data) const;

    Program m_program;
    GLint m_size{};
    GLint m_coverage_only{};
    GLuint m_arrays{};
    GLuint m_vertices{};
    GLuint m_indices{};
};

// Creates, updates or destroys one texture as ImGui asks.
void serve_texture(ImTextureData& texture);

}  // namespace pipa::kiosk
