#include <fcntl.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_SIZES_H
#include <imgui.h>
#include <imgui_freetype.h>
#include <imgui_internal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "platform/fonts.hpp"

namespace pipa::kiosk {
namespace {

struct FontFile {
    std::string_view path;
    int face;  // inside a collection
};
constexpr int simplified_face = 2;  // Noto's collections hold JP, KR, SC, TC, HK in this order
constexpr std::array regular_files = {
    FontFile{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", simplified_face},
    FontFile{"/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", simplified_face},
    FontFile{"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", simplified_face},
    FontFile{"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0},
};
constexpr std::array bold_files = {
    FontFile{"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", simplified_face},
    FontFile{"/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc", simplified_face},
    FontFile{"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc", simplified_face},
};

// Mapped, not read: of 20 MB only the glyphs that are drawn ever come into memory. Stays as long as the program.
std::optional<std::span<std::byte>> map_file(const char* path) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    struct stat about {};
    void* memory = MAP_FAILED;
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0)
        memory = mmap(nullptr, static_cast<std::size_t>(about.st_size), PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (memory == MAP_FAILED) return {};
    return std::span(static_cast<std::byte*>(memory), static_cast<std::size_t>(about.st_size));
}

// Asked beforehand, since ImGui frees the data of a font that it refuses, and ours is not its to free.
bool is_font(std::span<const std::byte> data, int face) {
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) return false;
    FT_Face opened = nullptr;
    const bool good = FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(data.data()), static_cast<FT_Long>(data.size()), face, &opened) == 0;
    FT_Done_FreeType(library);
    return good;
}

// imgui_freetype.cpp knows by the address of its baked data which size of a face is active. When ImGui discards what was not drawn for a while,
// it moves the rest, and a glyph can come out in the size of what lay there before. So the right one is made active before every glyph.
static_assert(IMGUI_VERSION_NUM == 19222, "is the FT_Size still the first member of what imgui_freetype.cpp keeps by size and source?");
bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void* data, ImWchar code, ImFontGlyph* glyph, float* advance) {
    FT_Activate_Size(*static_cast<FT_Size*>(data));
    return ImGuiFreeType::GetFontLoader()->FontBakedLoadGlyph(atlas, source, baked, data, code, glyph, advance);
}

const ImFontLoader& font_loader() {
    static const ImFontLoader loader = [] {
        ImFontLoader out = *ImGuiFreeType::GetFontLoader();
        out.FontBakedLoadGlyph = load_glyph;
        return out;
    }();
    return loader;
}

bool add_font(const char* path, int face) {
    const auto data = map_file(path);
    if (!data) return false;
    if (!is_font(*data, face)) {
        munmap(data->data(), data->size());
        return false;
    }
    ImFontConfig config;
    config.FontData = data->data();
    config.FontDataSize = static_cast<int>(data->size());
    config.FontDataOwnedByAtlas = true;  // or ImGui would copy all of it
    config.FontNo = static_cast<ImU32>(face);
    config.FontLoader = &font_loader();
    config.FontLoaderFlags = ImGuiFreeTypeLoaderFlags_LightHinting;
    ImFont* font = ImGui::GetIO().Fonts->AddFont(&config);
    if (font == nullptr) return false;
    for (ImFontConfig* source : font->Sources) source->FontDataOwnedByAtlas = false;  // it is mapped, not for free()
    return true;
}

template <typename Files>
std::string add_first(const std::string& chosen, const Files& files) {
    if (!chosen.empty()) {
        const bool noto = chosen.find("NotoSansCJK") != std::string::npos && chosen.ends_with(".ttc");
        return add_font(chosen.c_str(), noto ? simplified_face : 0) ? chosen : std::string{};
    }
    for (const FontFile& file : files)
        if (add_font(std::string{file.path}.c_str(), file.face)) return std::string{file.path};
    return {};
}

}  // namespace

FontReport load_fonts(const FontChoice& choice) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.TexDesiredFormat = ImTextureFormat_Alpha8;
    FontReport report{.used = add_first(choice.regular, regular_files)};
    if (report.used.empty()) {
        atlas.AddFontDefault();
        report = {.chinese_missing = true, .used = "built-in"};
        return report;
    }
    report.chinese_missing = !atlas.Fonts[0]->IsGlyphInFont(static_cast<ImWchar>(chinese_probe));
    static_cast<void>(add_first(choice.bold, bold_files));
    return report;
}

}  // namespace pipa::kiosk
