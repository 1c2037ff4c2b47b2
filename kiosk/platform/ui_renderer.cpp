#include "platform/ui_renderer.hpp"

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "platform/shaders.hpp"

namespace pipa::kiosk {
namespace {

GLuint gl_texture(ImTextureID id) { return static_cast<GLuint>(id); }

void upload(const ImTextureData& texture, const ImTextureRect& part) {
    // GL ES can skip to rows of a larger picture (GL_UNPACK_ROW_LENGTH), and so can WebGL 2.
    const GLenum format = texture.Format == ImTextureFormat_Alpha8 ? GL_RED : GL_RGBA;
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, texture.Width);
    glPixelStorei(GL_UNPACK_SKIP_PIXELS, part.x);
    glPixelStorei(GL_UNPACK_SKIP_ROWS, part.y);
    glTexSubImage2D(GL_TEXTURE_2D, 0, part.x, part.y, part.w, part.h, format, GL_UNSIGNED_BYTE, texture.Pixels);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glPixelStorei(GL_UNPACK_SKIP_PIXELS, 0);
    glPixelStorei(GL_UNPACK_SKIP_ROWS, 0);
}

void create(ImTextureData& texture) {
    const GLuint id = make_texture();
    const bool coverage = texture.Format == ImTextureFormat_Alpha8;
    glTexImage2D(GL_TEXTURE_2D, 0, coverage ? GL_R8 : GL_RGBA8, texture.Width, texture.Height, 0, coverage ? GL_RED : GL_RGBA,
                 GL_UNSIGNED_BYTE, nullptr);
    upload(texture, {0, 0, static_cast<unsigned short>(texture.Width), static_cast<unsigned short>(texture.Height)});
    texture.SetTexID(static_cast<ImTextureID>(id));
    texture.SetStatus(ImTextureStatus_OK);
}

void destroy(ImTextureData& texture) {
    const GLuint id = gl_texture(texture.TexID);
    glDeleteTextures(1, &id);
    texture.SetTexID(ImTextureID_Invalid);
    texture.SetStatus(ImTextureStatus_Destroyed);
}

}  // namespace

void serve_texture(ImTextureData& texture) {
    switch (texture.Status) {
        case ImTextureStatus_WantCreate: return create(texture);
        case ImTextureStatus_WantUpdates:
            glBindTexture(GL_TEXTURE_2D, gl_texture(texture.TexID));
            for (const ImTextureRect& part : texture.Updates) upload(texture, part);
            texture.SetStatus(ImTextureStatus_OK);
            return;
        case ImTextureStatus_WantDestroy:
            if (texture.UnusedFrames > 0) destroy(texture);
            return;
        case ImTextureStatus_OK:
        case ImTextureStatus_Destroyed: return;
    }
}

namespace {

constexpr float least_plain_area = 4096;  // pixels; for less, changing the program costs more than it saves
constexpr unsigned int corners = 3;

// ImGui fills with the atlas's one white pixel, so that a fill's corners are at one place of it; what is drawn from a picture spreads.
bool is_plain(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
    const auto same = [&](const ImDrawVert& other) { return a.uv.x == other.uv.x && a.uv.y == other.uv.y; };
    return same(b) && same(c) && ((a.col & b.col & c.col) >> IM_COL32_A_SHIFT & 0xFF) == 0xFF;
}

float area_of(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
    return std::abs((b.pos.x - a.pos.x) * (c.pos.y - a.pos.y) - (c.pos.x - a.pos.x) * (b.pos.y - a.pos.y)) / 2;
}

}  // namespace

void UiRenderer::find_runs(const ImDrawList& list, const ImDrawCmd& command, std::vector<Run>& runs) {
    runs.clear();
    float area = 0;
    const auto close = [&] {  // too small for a run of its own: it joins what was before it
        if (runs.empty() || !runs.back().plain || area >= least_plain_area) return;
        runs.back().plain = false;
        if (runs.size() < 2 || runs[runs.size() - 2].plain) return;
        runs[runs.size() - 2].count += runs.back().count;
        runs.pop_back();
    };
    for (unsigned int i = command.IdxOffset; i + corners <= command.IdxOffset + command.ElemCount; i += corners) {
        const auto corner = [&](unsigned int k) -> const ImDrawVert& { return list.VtxBuffer[static_cast<int>(list.IdxBuffer[static_cast<int>(i + k)] + command.VtxOffset)]; };
        const bool plain = is_plain(corner(0), corner(1), corner(2));
        if (runs.empty() || runs.back().plain != plain) {
            close();
            area = 0;
            if (runs.empty() || runs.back().plain != plain) runs.push_back({plain, i, 0});
        }
        runs.back().count += corners;
        if (plain) area += area_of(corner(0), corner(1), corner(2));
    }
    close();
}

std::expected<std::unique_ptr<UiRenderer>, std::string> UiRenderer::create() {
    auto program = Program::build(shader_source("ui.vert"), shader_source("ui.frag"));
    if (!program) return std::unexpected(program.error());
    auto plain = Program::build(shader_source("ui.vert"), shader_source("plain.frag"));
    if (!plain) return std::unexpected(plain.error());
    return std::unique_ptr<UiRenderer>(new UiRenderer(std::move(*program), std::move(*plain)));
}

UiRenderer::UiRenderer(Program program, Program plain) : m_program(std::move(program)), m_plain(std::move(plain)) {
    m_size = m_program.uniform("u_size");
    m_plain_size = m_plain.uniform("u_size");
    m_coverage_only = m_program.uniform("u_coverage_only");
    glGenVertexArrays(1, &m_arrays);
    glGenBuffers(1, &m_vertices);
    glGenBuffers(1, &m_indices);
    glBindVertexArray(m_arrays);
    glBindBuffer(GL_ARRAY_BUFFER, m_vertices);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, m_indices);
    const auto attribute = [](GLuint index, GLint count, GLenum type, GLboolean normalised, std::size_t offset) {
        glEnableVertexAttribArray(index);
        glVertexAttribPointer(index, count, type, normalised, sizeof(ImDrawVert), reinterpret_cast<const void*>(offset));
    };
    attribute(0, 2, GL_FLOAT, GL_FALSE, offsetof(ImDrawVert, pos));
    attribute(1, 2, GL_FLOAT, GL_FALSE, offsetof(ImDrawVert, uv));
    attribute(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(ImDrawVert, col));
    glBindVertexArray(0);
    ImGuiIO& io = ImGui::GetIO();
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    ImGui::GetPlatformIO().Renderer_TextureMaxWidth = 4096;  // what every ES 3 device has at least is 2048; tablets have more
    ImGui::GetPlatformIO().Renderer_TextureMaxHeight = 4096;
}

UiRenderer::~UiRenderer() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        if (texture->RefCount == 1 && texture->TexID != ImTextureID_Invalid) destroy(*texture);
    glDeleteBuffers(1, &m_vertices);
    glDeleteBuffers(1, &m_indices);
    glDeleteVertexArrays(1, &m_arrays);
}

void UiRenderer::begin(const ImDrawData& data) const {
    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    m_plain.use();
    glUniform2f(m_plain_size, data.DisplaySize.x, data.DisplaySize.y);
    m_program.use();
    glUniform2f(m_size, data.DisplaySize.x, data.DisplaySize.y);
    glActiveTexture(GL_TEXTURE0);
    glBindVertexArray(m_arrays);
    glBindBuffer(GL_ARRAY_BUFFER, m_vertices);
}

void UiRenderer::serve_textures(ImDrawData& data) {
    if (data.Textures == nullptr) return;
    for (ImTextureData* texture : *data.Textures)
        if (texture->Status != ImTextureStatus_OK) serve_texture(*texture);
}

void UiRenderer::draw(ImDrawData& data) {
    serve_textures(data);
    begin(data);
    for (const ImDrawList* list : data.CmdLists) draw_list(*list, data);
    glBindVertexArray(0);
    glDisable(GL_SCISSOR_TEST);
}

void UiRenderer::draw_list(const ImDrawList& list, const ImDrawData& data) {
    glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data, GL_STREAM_DRAW);
    for (const ImDrawCmd& command : list.CmdBuffer) {
        const ImVec4& clip = command.ClipRect;
        if (clip.z <= clip.x || clip.w <= clip.y) continue;
        // Scissors count from the bottom left.
        glScissor(static_cast<GLint>(clip.x), static_cast<GLint>(data.DisplaySize.y - clip.w), static_cast<GLsizei>(clip.z - clip.x),
                  static_cast<GLsizei>(clip.w - clip.y));
        const ImTextureData* own = command.TexRef._TexData;
        glUniform1f(m_coverage_only, own != nullptr && own->Format == ImTextureFormat_Alpha8 ? 1.0f : 0.0f);
        glBindTexture(GL_TEXTURE_2D, gl_texture(command.GetTexID()));
        draw_command(list, command);
    }
}

// Large fills without their texture and without blending, everything else as it comes, in the order of the list.
void UiRenderer::draw_command(const ImDrawList& list, const ImDrawCmd& command) {
    constexpr GLenum index_type = sizeof(ImDrawIdx) == 2 ? GL_UNSIGNED_SHORT : GL_UNSIGNED_INT;
    find_runs(list, command, m_runs);
    for (const Run& run : m_runs) {
        if (run.plain) {
            m_plain.use();
            glDisable(GL_BLEND);
        }
        glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(run.count), index_type, reinterpret_cast<const void*>(std::size_t{run.first} * sizeof(ImDrawIdx)));
        if (run.plain) {
            m_program.use();
            glEnable(GL_BLEND);
        }
    }
}

}  // namespace pipa::kiosk
