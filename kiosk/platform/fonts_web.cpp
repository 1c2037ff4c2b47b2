// Glyphs from the browser's own fonts: a canvas draws each character once, its coverage goes into ImGui's atlas. Linked
// in place of ImGui's FreeType loader.
#include <emscripten/em_js.h>
#include <imgui.h>
#include <imgui_freetype.h>
#include <imgui_internal.h>

#include <cmath>
#include <cstdint>

#include "platform/fonts.hpp"
#include "screens/type_setting.hpp"

// clang-format off

// Families that systems show simplified Chinese with, then whatever the browser falls back to.
EM_JS(void, pipa_font_begin, (), {
    const canvas = document.createElement('canvas');
    canvas.lang = 'zh-Hans';
    Module.pipaFont = {
        context: canvas.getContext('2d', { willReadFrequently: true }),
        family: '"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Heiti SC",sans-serif',
        set(px, bold) { this.context.font = `${bold ? 700 : 400} ${px}px ${this.family}`; },
        // The size is set before the text is measured or drawn; a new canvas size resets the context.
        room(w, h) {
            const canvas = this.context.canvas;
            if (canvas.width < w || canvas.height < h) { canvas.width = Math.max(w, canvas.width); canvas.height = Math.max(h, canvas.height); }
        },
    };
});

EM_JS(double, pipa_font_advance, (int code, double px, int bold), {
    Module.pipaFont.set(px, bold);
    return Module.pipaFont.context.measureText(String.fromCodePoint(code)).width;
});

// Writes left, top, width, height relative to the pen on the baseline, y growing down.
EM_JS(void, pipa_font_box, (int code, double px, int bold, int32_t* box), {
    Module.pipaFont.set(px, bold);
    const m = Module.pipaFont.context.measureText(String.fromCodePoint(code));
    const left = Math.floor(-m.actualBoundingBoxLeft) - 1, top = Math.floor(-m.actualBoundingBoxAscent) - 1;
    const right = Math.ceil(m.actualBoundingBoxRight) + 1, bottom = Math.ceil(m.actualBoundingBoxDescent) + 1;
    const empty = m.actualBoundingBoxRight + m.actualBoundingBoxLeft <= 0;
    HEAP32.set([left, top, empty ? 0 : right - left, empty ? 0 : bottom - top], box >> 2);
});

// Coverage of the glyph's box, one byte a pixel.
EM_JS(void, pipa_font_draw, (int code, double px, int bold, int left, int top, int w, int h, uint8_t* out), {
    const font = Module.pipaFont;
    font.room(w, h);
    font.set(px, bold);
    const c = font.context;
    c.clearRect(0, 0, w, h);
    c.fillStyle = '#000';
    c.fillText(String.fromCodePoint(code), -left, -top);
    const rgba = c.getImageData(0, 0, w, h).data;
    for (let i = 0; i < w * h; ++i) HEAPU8[out + i] = rgba[4 * i + 3];
});

// clang-format on

namespace pipa::kiosk {
namespace {

// The proportions of Noto Sans CJK, so that both builds lay out alike.
constexpr float ascent_em = 1.160f;

float em_of(const ImFontBaked& baked) { return baked.Size / line_box_em; }
bool is_bold(const ImFontConfig& source) { return source.FontNo == 1; }

bool init_baked(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
    baked->Ascent = std::ceil(em_of(*baked) * ascent_em);
    baked->Descent = baked->Ascent - baked->Size;
    return true;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar code, ImFontGlyph* glyph, float* advance) {
    const double px = em_of(*baked);
    const auto character = static_cast<int>(code);
    const auto wide = static_cast<float>(pipa_font_advance(character, px, is_bold(*source)));
    if (advance != nullptr) {
        *advance = wide;
        return true;
    }
    glyph->Codepoint = code;
    glyph->AdvanceX = wide;
    std::int32_t box[4] = {};
    pipa_font_box(character, px, is_bold(*source), box);
    const auto [left, top, w, h] = box;
    if (w <= 0 || h <= 0) return true;
    const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, w, h);
    if (id == ImFontAtlasRectId_Invalid) return false;
    atlas->Builder->TempBuffer.resize(w * h);
    auto* coverage = reinterpret_cast<std::uint8_t*>(atlas->Builder->TempBuffer.Data);
    pipa_font_draw(character, px, is_bold(*source), left, top, w, h, coverage);
    glyph->X0 = static_cast<float>(left);
    glyph->Y0 = static_cast<float>(top) + baked->Ascent;
    glyph->X1 = glyph->X0 + static_cast<float>(w);
    glyph->Y1 = glyph->Y0 + static_cast<float>(h);
    glyph->Visible = true;
    glyph->PackId = id;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, ImFontAtlasPackGetRect(atlas, id), coverage, ImTextureFormat_Alpha8, w);
    return true;
}

// What no font has is drawn as the same box or blank: one that looks like a character which cannot exist is not there.
std::uint32_t look_of(int code) {
    constexpr int edge = 48;
    std::uint8_t pixels[edge * edge];
    pipa_font_draw(code, 32, 0, -8, -36, edge, edge, pixels);
    std::uint32_t hash = 2166136261u;
    for (const std::uint8_t pixel : pixels) hash = (hash ^ pixel) * 16777619u;
    return hash;
}

bool contains_glyph(ImFontAtlas*, ImFontConfig*, ImWchar code) {
    static const std::uint32_t nothing = look_of(0x10FFFF), other_nothing = look_of(0x0378);
    if (code == U' ' || code == U'\u3000' || code == U'\u00A0') return true;
    const std::uint32_t look = look_of(static_cast<int>(code));
    return look != nothing && look != other_nothing;
}

void add_font(bool bold) {
    ImFontConfig config;
    config.FontLoader = ImGuiFreeType::GetFontLoader();
    config.FontNo = bold ? 1 : 0;
    ImGui::GetIO().Fonts->AddFont(&config);
}

}  // namespace

FontReport load_fonts(const FontChoice&) {
    pipa_font_begin();
    ImGui::GetIO().Fonts->TexDesiredFormat = ImTextureFormat_Alpha8;
    add_font(false);
    add_font(true);
    return {.chinese_missing = !contains_glyph(nullptr, nullptr, static_cast<ImWchar>(chinese_probe)), .used = "canvas"};
}

}  // namespace pipa::kiosk

namespace ImGuiFreeType {

const ImFontLoader* GetFontLoader() {
    static ImFontLoader loader = [] {
        ImFontLoader made;
        made.Name = "browser canvas";
        made.FontSrcContainsGlyph = pipa::kiosk::contains_glyph;
        made.FontBakedInit = pipa::kiosk::init_baked;
        made.FontBakedLoadGlyph = pipa::kiosk::load_glyph;
        return made;
    }();
    return &loader;
}

}  // namespace ImGuiFreeType
