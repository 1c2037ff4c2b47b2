// SDL looks up a handful of GL functions by name. Emscripten's own look-up would carry every function of WebGL with it,
// 20 KB in brotli; the kiosk itself links what it calls.
#include <GLES3/gl3.h>
#include <emscripten/html5_webgl.h>

#include <string_view>

namespace {

struct Entry {
    std::string_view name;
    void* function;
};

template <typename Function>
void* address_of(Function* function) {
    return reinterpret_cast<void*>(function);
}

}  // namespace

extern "C" void* emscripten_webgl_get_proc_address(const char* name) {
    static const Entry entries[] = {{"glGetString", address_of(glGetString)}, {"glGetStringi", address_of(glGetStringi)},
                                    {"glGetIntegerv", address_of(glGetIntegerv)}, {"glGetError", address_of(glGetError)}};
    for (const Entry& entry : entries)
        if (entry.name == name) return entry.function;
    return nullptr;
}
