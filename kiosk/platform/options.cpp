#include "platform/options.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>

#include "app/texts.hpp"
#include "base/civil_time.hpp"
#include "host/help_formatter.hpp"
#include "platform/config_file.hpp"
#include "platform/exit_code.hpp"

namespace pipa::kiosk {
namespace {

constexpr int smallest_edge = 320, largest_edge = 8192;

bool parse_size(const std::string& text, WindowOptions& window) {
    const char* const end = text.data() + text.size();
    const auto [cross, first] = std::from_chars(text.data(), end, window.width);
    if (first != std::errc{} || cross == end || *cross != 'x') return false;
    const auto [rest, second] = std::from_chars(cross + 1, end, window.height);
    const auto fits = [](int edge) { return edge >= smallest_edge && edge <= largest_edge; };
    return second == std::errc{} && rest == end && fits(window.width) && fits(window.height);
}

constexpr const char* footer = R"(
Example:
  pipa-kiosk --fullscreen --dpi 92 --site /srv/pipa/site --root-pin root.pin --keep /var/lib/pipa-kiosk
  pipa-kiosk --site demo/site --root-pin demo/root.pin --camera demo/labels --now 2026-11-20T09:30:00+08:00
  pipa-kiosk --trust demo/trust.cose --office-key demo/office.pub
  pipa-kiosk --config /etc/pipa-kiosk.json --check

--site brings withdrawals and recalls, the records behind certificates, look-up by number, and lessons; it is looked at again while the
kiosk runs. With a pack (--office-key) a certificate is judged by itself. What proves the trust is --root-pin, or root.pin in the site's
folder where no pack is named; neither ever stands in for the other.
Without a camera, with a list that does not verify or without a Chinese font it runs on and says so on the screen.
It ends on SIGTERM, SIGINT or SIGHUP, and unless --fullscreen when its window is closed.

Exit codes: 0 ended as asked, 1 a script's expectation failed, 64 wrong use, 65 bad data (a script or a film that is none),
69 no display or no OpenGL ES 3.0, 74 a file could not be read or written.)";

void describe_what_it_trusts(CLI::App& app, Options& options) {
    app.add_option("--site", options.site, "A published site: its trust, records and lessons")->type_name("FOLDER|URL");
    app.add_option("--root-pin", options.root_pin, "SHA-256 of the root that the site's bundle must follow from")->type_name("FILE|HEX");
    app.add_option("--keep", options.keep, "Where the trust that was verified last is kept, and which versions were seen: an older one is refused")->type_name("FOLDER");
    app.add_option("--trust", options.trust, "The list of trusted keys, instead of the site's trust.cose")->type_name("FILE");
    app.add_option("--office-key", options.office_key, "Public key of the office that signs the list")->type_name("FILE|HEX");
    app.add_option("--learn", options.learn, "The education pack (learn.cose), signed by the same office")->type_name("FILE");
    app.add_option("--now", options.now, "The time at which a demo stands still; for data that is none the clock counts")->type_name("TIME");
}

void describe_machine(CLI::App& app, Options& options, std::string& size) {
    app.add_option("--camera", options.camera, "Frames from a YUV4MPEG2 file or a folder of pictures instead of a camera")->type_name("FILE.y4m|FOLDER");
    app.add_option("--size", size, "Size of the window in pixels (1080x1920)")->type_name("WxH");
    app.add_option("--dpi", options.dpi, "Pixels to an inch of this screen: what a finger touches is at least 15 mm")->type_name("N")->check(CLI::Range(20.0, 600.0))->capture_default_str();
    app.add_flag("--fullscreen", options.window.fullscreen, "Fill the screen; then only a signal ends the program");
    app.add_flag("--cursor", options.window.show_cursor, "Show the mouse cursor");
    app.add_option("--font", options.fonts.regular, "Font with Chinese (Noto Sans CJK of Debian's fonts-noto-cjk)")->type_name("FILE");
    app.add_option("--bold-font", options.fonts.bold, "The same in bold")->type_name("FILE");
}

void describe_visit(CLI::App& app, Options& options) {
    app.add_option("--lang", options.language, "Language of the attract screen: zh-Hans or en")->type_name("TAG")->capture_default_str();
    app.add_option("--idle", options.idle_s, "Seconds without a touch until the warning")->type_name("N")->check(CLI::Range(5, 3600))->capture_default_str();
    app.add_option("--warning", options.warning_s, "Seconds that the warning stands before the visit is wiped")->type_name("N")->check(CLI::Range(20, 600))->capture_default_str();
}

void describe_tests(CLI::App& app, Options& options) {
    app.add_option("--script", options.script, "Run the commands of this file in its own time, and end (kiosk/platform/script.hpp)")->type_name("FILE");
    app.add_option("--screenshot-dir", options.screenshots, "Where the script's screenshots go")->type_name("DIR")->capture_default_str();
    app.add_option("--screenshot", options.screenshot, "Keep the first screen, or the script's last, as a PNG file, and end")->type_name("FILE");
}

void describe_configuration(CLI::App& app, Options& options) {
    app.config_formatter(std::make_shared<JsonConfig>());
    app.set_config("--config", "", "These options from a JSON file (kiosk.schema.json); the command line outranks it")->type_name("FILE");
    app.add_flag("--check", options.check_only, "Say what is wrong with the options and the files they name, and end");
}

void check(const Options& options) {
    if (!options.trust.empty() && options.office_key.empty()) throw CLI::ValidationError("--trust", "wants --office-key too");
    if (!options.office_key.empty() && options.trust.empty() && options.site.empty()) throw CLI::ValidationError("--office-key", "wants --trust or --site too");
    if (!options.office_key.empty() && !options.root_pin.empty()) throw CLI::ValidationError("--office-key and --root-pin exclude each other");
    if (!options.learn.empty() && options.office_key.empty() && options.site.empty()) throw CLI::ValidationError("--learn", "wants --office-key or --site too");
    if (!options.root_pin.empty() && options.site.empty()) throw CLI::ValidationError("--root-pin", "wants --site too");
    if (!options.root_pin.empty() && !options.trust.empty()) throw CLI::ValidationError("--trust and --root-pin exclude each other");
    if (!options.keep.empty() && options.site.empty() && options.trust.empty()) throw CLI::ValidationError("--keep", "wants --site or --trust too");
    if (!parse_language(options.language)) throw CLI::ValidationError("--lang", "is zh-Hans or en");
    if (!options.now.empty() && !parse_time(options.now)) throw CLI::ValidationError("--now", "wants a time such as 2026-11-20T09:30:00+08:00");
}

}  // namespace

std::optional<Options> read_options(int argument_count, char** arguments, int& exit_code) {
    Options options;
    std::string size;
    CLI::App app{"The kiosk of Pipa: verifies produce certificates (承诺达标合格证) on a large touch screen", "pipa-kiosk"};
    app.set_version_flag("--version", PIPA_VERSION);
    app.formatter(std::make_shared<cli::HelpFormatter>());
    app.footer(footer);
    describe_what_it_trusts(app, options);
    describe_machine(app, options, size);
    describe_visit(app, options);
    describe_tests(app, options);
    describe_configuration(app, options);
    try {
        app.parse(argument_count, arguments);
        if (!size.empty() && !parse_size(size, options.window)) throw CLI::ValidationError("--size", "wants WIDTHxHEIGHT, each 320 to 8192");
        check(options);
    } catch (const CLI::ParseError& problem) {
        exit_code = app.exit(problem) == 0 ? exit_ok : exit_usage;
        return {};
    }
    return options;
}

}  // namespace pipa::kiosk
