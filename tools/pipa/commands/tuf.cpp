// pipa tuf init, refresh, download: the client of an update repository (The Update Framework), by the command-line
// protocol of theupdateframework/tuf-conformance, so that its suite runs against this program as it is. That protocol
// asks for exit code 1 on every failure; the error's code is on standard error and in --json.
#include <iostream>

#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/mirror/tuf_shell.hpp"

namespace pipa::cli {
namespace {

constexpr int failed = 1;

// Given before the subcommand.
struct Shared {
    TufPlaces places{};
    std::string metadata_dir{};
    std::string target_dir{};
    std::vector<std::string> names{};
    std::string now{};
    bool verbose{};
};

struct TufOptions {
    Voice voice{};
    std::shared_ptr<Shared> shared{};
    std::string root{};
};

TufPlaces places_of(const Shared& shared) {
    TufPlaces places = shared.places;
    places.metadata_dir = shared.metadata_dir;
    places.target_dir = shared.target_dir;
    return places;
}

TufWatcher watcher_of(const Shared& shared) {
    if (!shared.verbose) return {};
    return [](const std::string& url) { std::cerr << "GET " << url << '\n'; };
}

int end_with(const Voice& voice, const Error& error) {
    static_cast<void>(voice.fail(error));
    return failed;
}

// An option that only some of the subcommands need.
bool is_missing(const Voice& voice, std::string_view value, std::string_view option) {
    if (value.empty()) std::cerr << "pipa " << voice.command << ": " << option << " is required\n";
    return value.empty();
}

int run_init(const TufOptions& options) {
    const auto root = init_trust(options.shared->metadata_dir, options.root);
    if (!root) return end_with(options.voice, root.error());
    if (options.voice.json) {
        options.voice.print({{"ok", true}, {"root", root->version}});
    } else {
        std::cout << "trusting root version " << root->version << " in " << options.shared->metadata_dir << '\n';
    }
    return done;
}

int run_refresh(const TufOptions& options) {
    const Shared& shared = *options.shared;
    if (is_missing(options.voice, shared.places.metadata_url, "--metadata-url")) return failed;
    const auto now = now_of(shared.now);
    if (!now) return end_with(options.voice, now.error());
    const auto trusted = refresh_trust(places_of(shared), *now, watcher_of(shared));
    if (!trusted) return end_with(options.voice, trusted.error());
    const UnixSeconds until = std::min({trusted->root().expires, trusted->timestamp()->expires, trusted->snapshot()->expires,
                                        trusted->targets()->expires});
    if (options.voice.json) {
        options.voice.print({{"ok", true},
                             {"root", trusted->root().version},
                             {"timestamp", trusted->timestamp()->version},
                             {"snapshot", trusted->snapshot()->version},
                             {"targets", trusted->targets()->version},
                             {"expires", format_rfc3339(until)}});
    } else {
        std::cout << "up to date: root " << trusted->root().version << ", timestamp " << trusted->timestamp()->version
                  << ", snapshot " << trusted->snapshot()->version << ", targets " << trusted->targets()->version
                  << "; good until " << format_rfc3339(until) << '\n';
    }
    return done;
}

int run_download(const TufOptions& options) {
    const Shared& shared = *options.shared;
    const Voice& voice = options.voice;
    if (is_missing(voice, shared.places.metadata_url, "--metadata-url") ||
        is_missing(voice, shared.places.target_base_url, "--target-base-url") ||
        is_missing(voice, shared.target_dir, "--target-dir") ||
        is_missing(voice, shared.names.empty() ? "" : "given", "--target-name"))
        return failed;
    const auto now = now_of(shared.now);
    if (!now) return end_with(voice, now.error());
    Json targets = Json::array();
    const auto report = [&](const DownloadedTarget& target) {
        if (voice.json) {
            targets.push_back({{"name", target.name}, {"file", target.file.string()}, {"bytes", target.bytes},
                               {"was_there", target.was_there}});
        } else {
            std::cout << target.name << ": " << target.bytes << " bytes in " << target.file.string()
                      << (target.was_there ? " (unchanged)" : "") << '\n';
        }
    };
    const auto outcome = download_targets(places_of(shared), shared.names, *now, watcher_of(shared), report);
    if (!outcome) return end_with(voice, outcome.error());
    if (voice.json) voice.print({{"ok", true}, {"targets", std::move(targets)}});
    return done;
}

}  // namespace

void add_tuf(CLI::App& pipa, int& exit_code) {
    CLI::App* tuf = pipa.add_subcommand("tuf", "Follow an update repository (The Update Framework): keys and lists, signed");
    tuf->require_subcommand(1);
    const auto shared = std::make_shared<Shared>();
    tuf->add_option("--metadata-dir", shared->metadata_dir, "Where trusted metadata is kept")->required()->type_name("DIR");
    tuf->add_option("--metadata-url", shared->places.metadata_url, "Where the repository's metadata is")->type_name("URL");
    tuf->add_option("--target-name", shared->names, "A file of the repository; may be given several times")
        ->type_name("NAME")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    tuf->add_option("--target-base-url", shared->places.target_base_url, "Where the repository's files are")->type_name("URL");
    tuf->add_option("--target-dir", shared->target_dir, "Where downloaded files are kept")->type_name("DIR");
    add_now_option(*tuf, shared->now);
    tuf->add_flag("--verbose", shared->verbose, "Say what is fetched");

    const auto add = [&](const char* name, const char* purpose, const char* example, int (*run)(const TufOptions&)) {
        auto command = declare_command<TufOptions>(*tuf, name, purpose, example, exit_code, run);
        command.options->shared = shared;
        return command;
    };
    const auto init = add("init", "Begin with a root that you trust", "pipa tuf --metadata-dir trust init 1.root.json", run_init);
    init.app->add_option("root", init.options->root, "The root metadata file")->required()->type_name("FILE");
    static_cast<void>(add("refresh", "Bring the metadata up to date",
                          "pipa tuf --metadata-dir trust --metadata-url https://example.org/metadata refresh", run_refresh));
    static_cast<void>(add("download", "Fetch files that the repository vouches for",
                          "pipa tuf --metadata-dir trust --metadata-url https://example.org/metadata --target-name keys.cbor "
                          "--target-base-url https://example.org/targets --target-dir files download",
                          run_download));
}

}  // namespace pipa::cli
