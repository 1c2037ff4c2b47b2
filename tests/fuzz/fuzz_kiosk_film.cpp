// YUV4MPEG2 films: a header that is accepted gives frames of exactly its size, and the end leads to the first frame again.
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "fuzz/fuzz.hpp"
#include "platform/y4m.hpp"

using namespace pipa;
using fuzz::must;

namespace {

// The reader wants a file by name; this one has no folder.
class MemoryFile {
public:
    explicit MemoryFile(ByteView content) : m_descriptor(memfd_create("film", MFD_CLOEXEC)) {
        must(m_descriptor >= 0 && write(m_descriptor, content.data(), content.size()) == static_cast<ssize_t>(content.size()), "a file in memory");
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { close(m_descriptor); }
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

private:
    int m_descriptor;
};

}  // namespace

void fuzz_one(ByteView input) {
    const MemoryFile file(input);
    auto film = kiosk::Y4mFile::open(file.path());
    if (!film) return must(!film.error().empty(), "a refusal is a sentence");
    must(film->frame_ms() >= 1, "time passes");
    kiosk::Frame first, frame;
    if (!film->next(first)) return;
    for (int i = 0; i < 4; ++i) {
        must(film->next(frame), "a film that has a frame goes on for ever");
        must(frame.width == first.width && frame.height == first.height, "all frames have one size");
        must(frame.luma.size() == static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height), "brightness for every pixel");
        const std::size_t half = static_cast<std::size_t>(frame.half_width()) * static_cast<std::size_t>(frame.half_height());
        must(frame.blue.size() == frame.red.size() && (frame.blue.empty() || frame.blue.size() == half), "colour for every four, or none");
    }
}
