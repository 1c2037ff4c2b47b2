// pipa trust make, pipa trust show, pipa trust diff
#include <algorithm>
#include <iostream>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "host/files.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/registry/registry.hpp"
#include "pipa/registry/registry_change.hpp"
#include "pipa/terminal/terminal.hpp"
#include "pipa/registry/trust_file.hpp"

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

struct DiffOptions {
    Voice voice{};
    std::string before{}, after{}, office_key{};
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

// The pack as it was signed, in its own order; open_trust() sorts it for look-up.
Result<TrustPack> pack_as_signed(const std::string& path, const std::string& office_key) {
    const auto store = open_trust({.pack = path, .office_key = office_key});
    if (!store) return std::unexpected(store.error());
    const auto message = read_file(path, max_trust_pack_bytes);
    if (!message) return std::unexpected(message.error());
    const auto statement = cose::parse_statement(*message, cose::StatementType::TrustPack, {.max_bytes = max_trust_pack_bytes});
    if (!statement) return std::unexpected(statement.error());
    return decode_trust_pack(statement->payload, statement->payload_offset);
}

int run_show(const ShowOptions& options) {
    const auto store = open_trust(options.trust);
    if (!store) return options.voice.fail(store.error(), options.trust.pack);
    const auto as_signed = pack_as_signed(options.trust.pack, options.trust.office_key);
    if (!as_signed) return options.voice.fail(as_signed.error(), options.trust.pack);
    const TrustPack& pack = *as_signed;
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

// Exit code 1 where they differ, as diff(1) has it.
int run_diff(const DiffOptions& options) {
    const auto before = pack_as_signed(options.before, options.office_key);
    if (!before) return options.voice.fail(before.error(), options.before);
    const auto after = pack_as_signed(options.after, options.office_key);
    if (!after) return options.voice.fail(after.error(), options.after);
    const Json difference = registry_difference(*before, *after);
    if (options.voice.json) options.voice.print({{"ok", true}, {"same", difference.empty()}, {"difference", difference}});
    else if (!difference.empty()) std::cout << difference.dump(1) << '\n';
    return difference.empty() ? done : judged_no;
}

}  // namespace

void add_trust(CLI::App& pipa, int& exit_code) {
    CLI::App* trust = pipa.add_subcommand("trust", "Make a trust pack from an office's registry, show one, or compare two");
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

    const auto diff = declare_command<DiffOptions>(*trust, "diff", "Say what differs between two trust packs (exit code 1 where something does)",
                                                   "pipa trust diff trust-old.cose trust.cose --office-key office.pub", exit_code, run_diff);
    diff.app->add_option("before", diff.options->before, "The older pack")->required()->type_name("FILE");
    diff.app->add_option("after", diff.options->after, "The newer pack")->required()->type_name("FILE");
    diff.app->add_option("--office-key", diff.options->office_key, "The public key that both must be signed with (PIPA_OFFICE_KEY)")
        ->envname("PIPA_OFFICE_KEY")
        ->type_name("HEX|FILE")
        ->required();
}

}  // namespace pipa::cli
