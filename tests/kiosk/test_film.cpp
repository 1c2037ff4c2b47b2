// YUV4MPEG2 films: what is read, and what is refused in which words.
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>

#include "platform/y4m.hpp"

namespace pipa::kiosk::test {
namespace {

// "WxH at MS, N colours", or the refusal.
std::string read_film(const std::string& content) {
    const auto path = std::filesystem::temp_directory_path() / ("pipa-film-" + std::to_string(std::hash<std::string>{}(content)) + ".y4m");
    std::ofstream(path, std::ios::binary) << content;
    auto film = Y4mFile::open(path);
    std::string answer = film ? "" : film.error();
    if (film) {
        Frame frame;
        const bool shown = film->next(frame) && film->next(frame);  // the second time from the start
        answer = shown ? std::to_string(frame.width) + "x" + std::to_string(frame.height) + " at " + std::to_string(film->frame_ms()) + ", " +
                             std::to_string(frame.blue.size()) + " colours"
                       : "no frame";
    }
    std::filesystem::remove(path);
    return answer;
}

std::string frame_with(std::size_t bytes) { return "\nFRAME\n" + std::string(bytes, 'y'); }

}  // namespace

TEST_CASE("film: each kind of header is read or refused as it should be") {
    struct Row { const char* header; std::size_t bytes; const char* answer; };
    for (const Row& row : {Row{"YUV4MPEG2 W5 H3 F10:1 C420jpeg", 27, "5x3 at 100, 6 colours"}, Row{"YUV4MPEG2 W5 H3", 27, "5x3 at 33, 6 colours"},
                           Row{"YUV4MPEG2 H3 W5 F30000:1001 Ip A1:1 C420mpeg2 XANY", 27, "5x3 at 33, 6 colours"}, Row{"YUV4MPEG2 W5 H3 Cmono", 15, "5x3 at 33, 0 colours"},
                           Row{"YUV4MPEG2 W5 H3 F0:0", 27, "5x3 at 33, 6 colours"}, Row{"YUV4MPEG2 W5 H3 F1:99999", 27, "5x3 at 60000, 6 colours"},
                           Row{"YUV4MPEG2 W5 H3 C422", 27, "not 8 bits of 4:2:0 or grey"}, Row{"YUV4MPEG2 W5 H3 C420p10", 27, "not 8 bits of 4:2:0 or grey"},
                           Row{"YUV4MPEG2 W0 H3", 27, "no usable width and height"}, Row{"YUV4MPEG2 W-5 H3", 27, "no usable width and height"},
                           Row{"YUV4MPEG2 W9999 H3", 27, "no usable width and height"}, Row{"YUV4MPEG2 W99999999999 H3", 27, "no usable width and height"},
                           Row{"YUV4MPEG2 W5", 27, "no usable width and height"}, Row{"RIFF", 27, "not a YUV4MPEG2 file"},
                           Row{"YUV4MPEG2 W5 H3", 26, "no frame"}, Row{"YUV4MPEG2 W5 H3", 0, "no frame"}}) {
        INFO(row.header << " and " << row.bytes);
        CHECK(read_film(row.header + frame_with(row.bytes)) == row.answer);
    }
    CHECK(read_film("") == "not a YUV4MPEG2 file");
    CHECK(read_film("YUV4MPEG2 W5 H3 " + std::string(300, 'X')) == "not a YUV4MPEG2 file");
    CHECK(read_film("YUV4MPEG2 W5 H3\nFRAM\n" + std::string(27, 'y')) == "no frame");
    CHECK_FALSE(Y4mFile::open("/nowhere/at/all.y4m").has_value());
}

}  // namespace pipa::kiosk::test
