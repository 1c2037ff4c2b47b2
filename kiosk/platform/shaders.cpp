#include "platform/shaders.hpp"

namespace pipa::kiosk {
namespace {

struct Shader {
    std::string_view file;
    std::string_view source;
};
constexpr Shader shaders[] = {
#include "shaders.inc"
};

}  // namespace

std::string_view shader_source(std::string_view file) noexcept {
    for (const Shader& shader : shaders)
        if (shader.file == file) return shader.source;
    return {};
}

}  // namespace pipa::kiosk
