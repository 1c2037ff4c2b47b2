// The command line of pipa-kiosk.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>

#include "platform/fonts.hpp"
#include "platform/window.hpp"

namespace pipa::kiosk {

struct Options {
    std::string site{};            // a published site, a folder or an http(s) address: trust, records, lessons
    std::string root_pin{};        // 64 hexadecimal digits, or a file with them
    std::filesystem::path keep{};  // where what was verified is kept
    std::string trust{};           // a pack in place of the site's
    std::string learn{};
    std::string office_key{};  // 64 hexadecimal digits, or a file with them
    std::string camera{};      // empty: the first camera there is
    std::string now{};         // RFC 3339, at which a demo stands still; empty: the machine's clock
    std::string language{"zh-Hans"};
    float dpi{92};
    int idle_s{60};
    int warning_s{25};
    FontChoice fonts{};
    WindowOptions window{};
    std::filesystem::path script{};
    std::filesystem::path screenshots{"."};  // of the script's own
    std::filesystem::path screenshot{};        // of the last picture; then the program ends
    bool check_only{};
};

// Empty when the program is done already (--help, --version, or a mistake); `exit_code` then says how it ends.
[[nodiscard]] std::optional<Options> read_options(int argument_count, char** arguments, int& exit_code);

}  // namespace pipa::kiosk
