// make_samples DIR: what the scripted journeys need, written into DIR: trust.cose, office.hex, wrong.cose, samples.json
// and label.y4m, a label held before a camera.
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "label_video.hpp"
#include "samples.hpp"

namespace {

void write(const std::filesystem::path& path, std::string_view content) {
    std::ofstream out(path, std::ios::binary);
    out << content;
    if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

int main(int argument_count, char** arguments) {
    using namespace pipa::kiosk::test;
    if (argument_count != 2) return std::fputs("usage: make_samples DIR\n", stderr), 64;
    try {
        const std::filesystem::path folder = arguments[1];
        std::filesystem::create_directories(folder);
        pipa::Bytes wrong = district().trust_pack;
        wrong.back() ^= 1;
        write(folder / "trust.cose", pipa::as_text(district().trust_pack));
        write(folder / "wrong.cose", pipa::as_text(wrong));
        write(folder / "office.hex", pipa::to_hex(district().office) + "\n");
        nlohmann::json list = nlohmann::json::array();
        for (const Sample& sample : district().samples) list.push_back({{"name", sample.name}, {"verdict", sample.verdict}, {"text", sample.text}});
        write(folder / "samples.json", list.dump(1));
        write_video(folder / "label.y4m", {.text = district().sample("genuine").text}, 4, 8);
        write_video(folder / "label-720.y4m", {.width = 1280, .height = 720, .text = district().sample("genuine").text}, 10, 20);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "make_samples: %s\n", problem.what());
        return 74;
    }
    return 0;
}
