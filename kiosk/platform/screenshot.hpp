// The window's content as a PNG file. Native only.
#pragma once

#include <filesystem>

#include "base/bytes.hpp"

namespace pipa::kiosk {

struct Screenshot {
    int width{};
    int height{};
    Bytes rgb{};  // rows from the top, three bytes a pixel
};

// What was drawn last and not yet presented.
[[nodiscard]] Screenshot take_screenshot(int width, int height);
[[nodiscard]] bool save_png(const Screenshot& picture, const std::filesystem::path& path);

}  // namespace pipa::kiosk
