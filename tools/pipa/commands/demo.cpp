// pipa demo make
#include <iostream>

#include "pipa/commands/command.hpp"
#include "pipa/demo/demo_files.hpp"
#include "host/staged_folder.hpp"
#include "wire/qr_text.hpp"

namespace pipa::cli {
namespace {

constexpr std::string_view usual_host = "pipa.linping.example";  // .example never resolves (RFC 2606)

struct MakeOptions {
    Voice voice{};
    std::string out{};
    std::string site{};
    std::vector<std::string> hosts{};
};

int run_make(const MakeOptions& options) {
    auto folder = StagedFolder::create(options.out, demo_marker);
    if (!folder) return options.voice.fail(folder.error());
    const auto district = make_demo_district(options.hosts.empty() ? std::vector{std::string{usual_host}} : options.hosts);
    if (!district) return options.voice.fail(district.error());
    const std::vector<std::string> differing = check_demo(*district);
    for (const std::string& what : differing) options.voice.warn(what);
    if (!differing.empty()) return options.voice.fail({ErrorCode::JsonInvalid, {}, "the demo's cases are not judged as expected"});
    if (const auto ok = write_demo(*district, folder->path(), options.site); !ok) return options.voice.fail(ok.error());
    if (const auto ok = folder->keep(); !ok) return options.voice.fail(ok.error());
    if (options.voice.json) {
        options.voice.print({{"ok", true}, {"out", options.out}, {"cases", district->cases.size()}, {"now", format_rfc3339(district->now)}});
        return done;
    }
    std::cout << options.out << ": the demo district, " << district->cases.size() << " codes with new keys, all judged as expected\n";
    return done;
}

}  // namespace

void add_demo(CLI::App& pipa, int& exit_code) {
    CLI::App* demo = pipa.add_subcommand("demo", "The demo district: invented producers, real signatures");
    demo->require_subcommand(1);
    const auto make = declare_command<MakeOptions>(
        *demo, "make", "Draw keys, sign a trust pack, issue 18 certificates and make codes that are not what they seem",
        "pipa demo make --out build/demo --site build/wasm/site\n\n"
        "What it writes is described in tools/pipa/demo_files.hpp. An older demo at --out is exchanged in one step.",
        exit_code, run_make);
    make.app->add_option("--out", make.options->out, "Where the demo goes")->required()->type_name("DIR");
    make.app->add_option("--site", make.options->site, "The built browser site, to publish with the demo's trust pack")->type_name("DIR");
    make.app->add_option("--host", make.options->hosts, "The first stands in the codes (pipa.linping.example); further ones are known to the trust pack")
        ->check([](const std::string& host) { return is_host(host) ? std::string{} : "'" + host + "' is no host name"; });
}

}  // namespace pipa::cli
