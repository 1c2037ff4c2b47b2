// kiosk_label_film FILE.y4m TEXT [WIDTH HEIGHT [EMPTY SHOWN]]: a film of a printed label with this code before a camera:
// EMPTY frames of bare cardboard, then SHOWN frames of the label. For the journeys and the benches.
#include <charconv>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string_view>

#include "label_video.hpp"

namespace {

constexpr int usage_error = 64, io_error = 74;

int number(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
        throw std::invalid_argument(std::string{text} + " is not between " + std::to_string(least) + " and " + std::to_string(most));
    return value;
}

}  // namespace

int main(int argument_count, char** arguments) {
    using namespace pipa::kiosk::test;
    if (argument_count != 3 && argument_count != 5 && argument_count != 7)
        return std::fputs("usage: kiosk_label_film FILE.y4m TEXT [WIDTH HEIGHT [EMPTY SHOWN]]\n", stderr), usage_error;
    try {
        Scene scene{.text = arguments[2]};
        int empty = 4, shown = 8;
        if (argument_count >= 5) {
            scene.width = number(arguments[3], 160, 4096);
            scene.height = number(arguments[4], 120, 4096);
        }
        if (argument_count == 7) {
            empty = number(arguments[5], 0, 100);
            shown = number(arguments[6], 1, 100);
        }
        write_video(arguments[1], scene, empty, shown);
    } catch (const std::invalid_argument& problem) {
        return std::fprintf(stderr, "kiosk_label_film: %s\n", problem.what()), usage_error;
    } catch (const std::exception& problem) {
        return std::fprintf(stderr, "kiosk_label_film: %s\n", problem.what()), io_error;
    }
    return 0;
}
