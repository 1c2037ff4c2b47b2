// The sources of shaders/, built into the program.
#pragma once

#include <string_view>

namespace pipa::kiosk {

// The text of shaders/<file>; empty when there is no such file, which a test would notice.
[[nodiscard]] std::string_view shader_source(std::string_view file) noexcept;

}  // namespace pipa::kiosk
