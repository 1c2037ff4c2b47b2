// How Dear ImGui is built for the kiosk (IMGUI_USER_CONFIG).
#pragma once

#define IMGUI_USE_WCHAR32            // rare name characters lie beyond 16 bits
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define ImDrawIdx unsigned int       // one screen may hold more than 65,536 corners
// The loader that ImGui takes by default is then ImGuiFreeType's; in the browser fonts_web.cpp is linked in its place.
#define IMGUI_ENABLE_FREETYPE
#ifdef __EMSCRIPTEN__
#define IMGUI_DISABLE_DEFAULT_FONT
#endif
