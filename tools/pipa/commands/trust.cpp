// pipa trust make, pipa trust show
#include <algorithm>
#include <iostream>

#include "base/hex.hpp"
#include "pipa/atomic_file.hpp"
#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/files.hpp"
#include "pipa/key_file.hpp"
#include "pipa/registry.hpp"
#include "pipa/terminal.hpp"
#include "pipa/trust_file.hpp"

namespace pipa::cli {
namespace {

struct MakeOptions {
    Voice voice{};
    std::string registry{};
    std::string key{};
    PassphraseSource passphrase{};
    std::string out{};
    bool allow_invalid{};
};

struct ShowOptions {
    Voice voice{};
    TrustOptions trust{};
};

Result<nlohmann::ordered_json> read_document(const std::string& path) {
    const auto content = read_file(path);
    if (!content) return std::unexpected(content.error());
    return parse_json(as_text(*content));
}

// Names every problem; the exit code is `done` when all of them may be tolerated.
int report(const MakeOptions& options, const DocumentProblems& problems) {
    int exit_code = done;
    Json listed = Json::array();
    for (const DocumentProblem& problem : problems) {
        const bool tolerated = options.allow_invalid && is_uscc_problem(problem);
        const std::string where = problem.path.empty() ? options.registry : problem.path;
        if (tolerated) options.voice.warn(std::string{code_message(problem.error.code)} + " (" + where + ", " + problem.error.detail + ")");
        else options.voice.complain(problem.error, where);
        if (!tolerated) exit_code = bad_data;
        listed.push_back(json_of(problem.error));
        listed.back()["path"] = problem.path;
    }
    if (exit_code != done && options.voice.json) options.voice.print({{"ok", false}, {"problems", listed}});
    return exit_code;
}

int run_make(const MakeOptions& options) {
    const auto document = read_document(options.registry);
    if (!document) return options.voice.fail(document.error(), options.registry);
    TrustPack pack;
    if (const int exit_code = report(options, read_registry(*document, pack)); exit_code != done) return exit_code;
    const auto office = load_key(options.key, options.passphrase);
    if (!office) return options.voice.fail(office.error(), options.key);
    const auto message = sign_trust_pack(pack, *office);
    if (!message) return options.voice.fail(message.error());
    if (const auto written = write_file_atomically(options.out, *message); !written) return options.voice.fail(written.error());
    if (options.voice.json) {
        options.voice.print({{"ok", true}, {"out", options.out}, {"bytes", message->size()}, {"version", pack.version},
                             {"office_key", to_hex(office->public_key())}, {"parties", pack.parties.size()}, {"keys", pack.keys.size()}});
        return done;
    }
    std::cout << options.out << ": version " << pack.version << ", " << pack.keys.size() << " keys of " << pack.parties.size()
              << " parties, " << message->size() << " bytes\noffice key  " << to_hex(office->public_key()) << '\n';
    return done;
}

void print_keys(const TrustStore& store, const TrustPack& pack) {
    for (const KeyEntry& key : pack.keys) {
        const auto party = store.find_party(key.party);
        std::cout << "  " << to_hex(kid_of(key.public_key)) << "  " << padded(std::string{role_name(key.role)}, 10) << "  from "
                  << format_day(day_of(key.valid_from));
        if (key.valid_until) std::cout << " until " << format_day(day_of(*key.valid_until));
        if (key.compromised_since) std::cout << " LOST " << format_day(day_of(*key.compromised_since));
        std::cout << "  " << (party != nullptr ? party->name.zh_hans : "?") << '\n';
    }
}

int run_show(const ShowOptions& options) {
    const auto store = open_trust(options.trust);
    if (!store) return options.voice.fail(store.error(), options.trust.pack);
    const auto whole = store->whole_pack();
    if (!whole) return options.voice.fail(whole.error(), options.trust.pack);
    const TrustPack& pack = *whole;
    if (options.voice.json) {
        options.voice.print(registry_json(pack));
        return done;
    }
    std::cout << pack.publisher.zh_hans << (pack.publisher.en.empty() ? "" : " / " + pack.publisher.en) << (pack.demo ? "  (demo: all of it is invented)" : "")
              << "\nversion     " << pack.version << "\nissued      " << format_time(pack.issued_unix_s)
              << "\nfresh for   " << pack.fresh_for_s / 3600 << " h, usable for " << pack.usable_for_s / 3600 << " h\nhosts      ";
    for (const std::string& host : pack.hosts) std::cout << ' ' << host;
    std::cout << "\nnames       " << pack.products.size() << " products, " << pack.divisions.size() << " divisions\nkeys        "
              << pack.keys.size() << " of " << pack.parties.size() << " parties\n";
    print_keys(*store, pack);
    return done;
}

}  // namespace

void add_trust(CLI::App& pipa, int& exit_code) {
    CLI::App* trust = pipa.add_subcommand("trust", "Make a trust pack from an office's registry, or show one");
    trust->require_subcommand(1);

    const auto make = declare_command<MakeOptions>(*trust, "make", "Check a registry and sign it as a trust pack",
                                                   "pipa trust make --registry registry.json --key office.key --out trust.cose", exit_code, run_make);
    make.app->add_option("--registry", make.options->registry, "The registry, as JSON (tools/pipa/registry.hpp says how)")->required()->type_name("FILE");
    make.app->add_option("--key", make.options->key, "The office's key file")->required()->type_name("FILE");
    make.app->add_option("--out", make.options->out, "The trust pack to write")->required()->type_name("FILE");
    make.app->add_flag("--allow-invalid", make.options->allow_invalid, "Only warn of social credit codes whose check character is wrong");
    add_passphrase_options(*make.app, make.options->passphrase);

    const auto show = declare_command<ShowOptions>(*trust, "show", "Show what a trust pack says; --json gives it as a registry again",
                                                   "pipa trust show trust.cose --office-key office.pub", exit_code, run_show);
    show.app->add_option("file", show.options->trust.pack, "The trust pack (PIPA_TRUST)")->required()->envname("PIPA_TRUST")->type_name("FILE");
    add_office_key_option(*show.app, show.options->trust)->required();
}

}  // namespace pipa::cli
