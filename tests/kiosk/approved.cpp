#include "approved.hpp"

#include <png.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>

namespace pipa::kiosk::test {
namespace {

namespace fs = std::filesystem;

constexpr int longest_edge = 480;
constexpr std::size_t colours = 48;

using Rgb = std::array<std::uint8_t, 3>;

struct Small {
    int width{};
    int height{};
    std::vector<Rgb> pixels{};
};

// The mean over the box of large pixels that each small one covers.
Small shrink(const Screenshot& large) {
    const double step = std::max(large.width, large.height) / static_cast<double>(longest_edge);
    Small out{.width = static_cast<int>(large.width / step + 0.5), .height = static_cast<int>(large.height / step + 0.5)};
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            std::array<long, 3> sum{};
            long count = 0;
            for (int sy = static_cast<int>(y * step); sy < std::min(large.height, static_cast<int>((y + 1) * step)); ++sy)
                for (int sx = static_cast<int>(x * step); sx < std::min(large.width, static_cast<int>((x + 1) * step)); ++sx, ++count)
                    for (std::size_t c = 0; c < 3; ++c) sum[c] += large.rgb[(static_cast<std::size_t>(sy) * static_cast<std::size_t>(large.width) + static_cast<std::size_t>(sx)) * 3 + c];
            Rgb mean{};
            for (std::size_t c = 0; c < 3; ++c) mean[c] = static_cast<std::uint8_t>(sum[c] / std::max(1L, count));
            out.pixels.push_back(mean);
        }
    return out;
}

int distance(const Rgb& a, const Rgb& b) {
    int sum = 0;
    for (std::size_t c = 0; c < 3; ++c) sum += (a[c] - b[c]) * (a[c] - b[c]);
    return sum;
}

// The colours that occur most, no two of them close: enough for flat areas, and letters need few shades.
std::vector<Rgb> palette_of(const Small& picture) {
    std::map<Rgb, std::size_t> counts;
    for (const Rgb& pixel : picture.pixels) ++counts[pixel];
    std::vector<std::pair<std::size_t, Rgb>> ranked;
    for (const auto& [colour, count] : counts) ranked.emplace_back(count, colour);
    std::ranges::sort(ranked, std::greater{});
    std::vector<Rgb> out;
    for (int apart = 500; out.size() < colours && apart >= 0; apart -= 125)
        for (const auto& [count, colour] : ranked) {
            if (out.size() == colours) break;
            if (std::ranges::none_of(out, [&](const Rgb& had) { return distance(had, colour) <= apart; })) out.push_back(colour);
        }
    return out;
}

// For each pixel the nearest colour of the palette.
Bytes indices_in(const std::vector<Rgb>& palette, const Small& picture) {
    std::map<Rgb, std::uint8_t> nearest;
    Bytes indices;
    for (const Rgb& pixel : picture.pixels) {
        auto [entry, fresh] = nearest.try_emplace(pixel);
        if (fresh) entry->second = static_cast<std::uint8_t>(std::ranges::min_element(palette, {}, [&](const Rgb& colour) { return distance(colour, pixel); }) - palette.begin());
        indices.push_back(entry->second);
    }
    return indices;
}

// The picture in the colours of another, so that fewer colours are no difference between them.
Small in_colours_of(const Small& model, Small picture) {
    std::vector<Rgb> palette = model.pixels;
    std::ranges::sort(palette);
    palette.erase(std::ranges::unique(palette).begin(), palette.end());
    if (palette.empty() || palette.size() > 256) return picture;
    const Bytes indices = indices_in(palette, picture);
    for (std::size_t i = 0; i < indices.size(); ++i) picture.pixels[i] = palette[indices[i]];
    return picture;
}

bool save(const Small& picture, const fs::path& path) {
    const std::vector<Rgb> palette = palette_of(picture);
    const Bytes indices = indices_in(palette, picture);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_RGB_COLORMAP;
    image.colormap_entries = static_cast<png_uint_32>(palette.size());
    return png_image_write_to_file(&image, path.c_str(), 0, indices.data(), 0, palette.data()) != 0;
}

std::optional<Small> load(const fs::path& path) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return {};
    image.format = PNG_FORMAT_RGB;
    Small out{.width = static_cast<int>(image.width), .height = static_cast<int>(image.height)};
    out.pixels.resize(static_cast<std::size_t>(image.width) * image.height);
    if (png_image_finish_read(&image, nullptr, out.pixels.data(), 0, nullptr) == 0) return {};
    return out;
}

fs::path shots_folder() {
    const char* chosen = std::getenv("PIPA_KIOSK_SHOTS");
    return chosen != nullptr ? chosen : "build/kiosk-shots";
}

struct Difference {
    double mean{};
    double off{};
};
Difference difference_of(const Small& a, const Small& b) {
    double sum = 0;
    std::size_t off = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        int worst = 0;
        for (std::size_t c = 0; c < 3; ++c) {
            const int apart = std::abs(a.pixels[i][c] - b.pixels[i][c]);
            sum += apart;
            worst = std::max(worst, apart);
        }
        if (worst > pixel_is_off) ++off;
    }
    const auto count = static_cast<double>(a.pixels.size());
    return {sum / count / 3, static_cast<double>(off) / count};
}

bool passes(const Difference& difference) { return difference.mean <= most_mean_difference && difference.off <= most_pixels_off; }

}  // namespace

bool alike(const Screenshot& a, const Screenshot& b) { return passes(difference_of(shrink(a), shrink(b))); }

void keep_for_viewing(const Screenshot& picture, const std::string& name) {
    if (std::getenv("PIPA_KIOSK_SHOTS") == nullptr) return;
    fs::create_directories(shots_folder());
    static_cast<void>(save_png(picture, shots_folder() / (name + ".png")));
}

Comparison compare_with_approved(const Screenshot& picture, const std::string& name) {
    const fs::path path = fs::path{PIPA_APPROVED_DIR} / (name + ".png");
    const Small now = shrink(picture);
    if (std::getenv("PIPA_APPROVE") != nullptr) return {save(now, path), "cannot write " + path.string()};
    const auto before = load(path);
    if (!before) return {false, "not approved yet: " + path.string()};
    if (before->width != now.width || before->height != now.height) return {false, "another size than approved"};
    const Difference difference = difference_of(*before, in_colours_of(*before, now));
    if (passes(difference)) return {true, ""};
    fs::create_directories(shots_folder());
    static_cast<void>(save_png(picture, shots_folder() / (name + ".png")));
    return {false, name + " differs: mean " + std::to_string(difference.mean) + ", pixels off " + std::to_string(difference.off) + "; see " + (shots_folder() / (name + ".png")).string()};
}

}  // namespace pipa::kiosk::test
