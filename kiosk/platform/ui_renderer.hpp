// Draws what Dear ImGui listed, with shaders/ui.*, and keeps its textures (the glyph atlas grows as text appears).
#pragma once

#include <imgui.h>

#include <memory>
#include <vector>

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
    // What a frame that is not painted brought for the textures.
    static void serve_textures(ImDrawData& data);

private:
    UiRenderer(Program program, Program plain);
    void begin(const ImDrawData& data) const;
    void draw_list(const ImDrawList& list, const ImDrawData& data);
    void draw_command(const ImDrawList& list, const ImDrawCmd& command);
    struct Run {  // of triangles
        bool plain{};  // opaque fills
        unsigned int first{};  // index
        unsigned int count{};
    };
    static void find_runs(const ImDrawList& list, const ImDrawCmd& command, std::vector<Run>& runs);

    Program m_program;
    Program m_plain;
    std::vector<Run> m_runs{};
    GLint m_plain_size{};
    GLint m_size{};
    GLint m_coverage_only{};
    GLuint m_arrays{};
    GLuint m_vertices{};
    GLuint m_indices{};
};

// Creates, updates or destroys one texture as ImGui asks.
void serve_texture(ImTextureData& texture);

}  // namespace pipa::kiosk
