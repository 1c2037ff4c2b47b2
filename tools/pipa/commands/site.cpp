// pipa site
#include <iostream>

#include "base/hex.hpp"
#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "host/files.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/site/site_folder.hpp"

namespace pipa::cli {
namespace {

struct SiteOptions {
    Voice voice{};
    std::string site{};
    TrustOptions trust{};
    std::string out{};
};

int run(const SiteOptions& options) {
    // A pack that the page would refuse must not be published.
    const auto trust = open_trust(options.trust);
    if (!trust) return options.voice.fail(trust.error(), options.trust.pack);
    const auto message = read_file(options.trust.pack, max_trust_pack_bytes);
    if (!message) return options.voice.fail(message.error());
    const auto office_key = public_key_of(options.trust.office_key);
    if (!office_key) return options.voice.fail(office_key.error());
    auto folder = StagedFolder::create(options.out, site_trust_name);
    if (!folder) return options.voice.fail(folder.error());
    if (const auto ok = fill_site(folder->path(), options.site, *message, *office_key); !ok) return options.voice.fail(ok.error());
    if (const auto ok = folder->keep(); !ok) return options.voice.fail(ok.error());
    if (options.voice.json)
        options.voice.print({{"ok", true}, {"out", options.out}, {"trust_version", trust->pack().version}, {"office_key", to_hex(*office_key)}});
    else
        std::cout << options.out << ": the site with trust pack version " << trust->pack().version << "; any web server can serve it\n";
    return done;
}

}  // namespace

void add_site(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<SiteOptions>(
        pipa, "site", "Put the browser site together with a trust pack and the office's key",
        "pipa site --site build/wasm/site --trust trust.cose --office-key office.pub --out /srv/pipa\n\n"
        "An older site at --out is exchanged in one step; a folder that is no site is left alone (exit code 74).",
        exit_code, run);
    command.app->add_option("--site", command.options->site, "The built site")->required()->type_name("DIR");
    add_trust_options(*command.app, command.options->trust, Need::Required);
    command.app->add_option("--out", command.options->out, "Where the site goes")->required()->type_name("DIR");
}

}  // namespace pipa::cli
