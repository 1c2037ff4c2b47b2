// pipa dossier make, show, verify
#include <iostream>
#include <iterator>

#include "base/hex.hpp"
#include "judge/rules.hpp"
#include "host/atomic_file.hpp"
#include "pipa/commands/dossier_store.hpp"
#include "pipa/dossier/dossier_making.hpp"
#include "pipa/dossier/dossier_source.hpp"
#include "host/files.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/terminal/terminal.hpp"

namespace pipa::cli {
namespace {

namespace fs = std::filesystem;

struct MakeOptions {
    Voice voice{};
    std::string certificate{};
    bool portal{};
    std::vector<std::string> statements{};
    std::string key{};
    PassphraseSource passphrase{};
    TrustOptions trust{};
    std::int64_t sequence{1};
    std::string issued{};
    std::string out{};
    StoreOption store{};
    bool all{}, dry_run{};
    std::vector<std::string> lots{};
};

struct LookOptions {
    Voice voice{};
    std::string file{};
    std::string certificate{};
    std::string known{};
    TrustOptions trust{};
    std::string now{};
};

// Files as they are named; of a folder, every .cose in it, by name.
Result<std::vector<Bytes>> read_statements(const std::vector<std::string>& places) {
    std::vector<fs::path> files;
    for (const std::string& place : places) {
        std::error_code error;
        if (!fs::is_directory(place, error)) {
            files.emplace_back(place);
            continue;
        }
        std::vector<fs::path> found;
        for (const fs::directory_entry& entry : fs::directory_iterator(place, error))
            if (entry.path().extension() == ".cose") found.push_back(entry.path());
        if (error) return fail(ErrorCode::FileUnreadable, {}, place);
        std::ranges::sort(found);
        std::ranges::move(found, std::back_inserter(files));
    }
    std::vector<Bytes> out;
    for (const fs::path& file : files) {
        auto content = read_file(file.string(), max_statement_bytes);
        if (!content) return std::unexpected(content.error());
        if (const auto parsed = parse_any_statement(*content); !parsed) return fail(parsed.error().code, parsed.error().byte_offset, file.string());
        out.push_back(std::move(*content));
    }
    return out;
}

Result<MadeDossier> make_dossier(const MakeOptions& options, const DossierMaker& maker, const crypto::SecretKey& key, const ManifestFacts& facts) {
    if (options.portal) return maker.make_portal_file(key, facts);
    const auto certificate = certificate_argument(options.certificate);
    if (!certificate) return std::unexpected(certificate.error());
    return maker.make(*certificate, key, facts);
}

// Of the store: records of everything that changed there, or of what is named.
int run_make_of_store(const MakeOptions& options) {
    if (options.portal || options.all == (!options.lots.empty() || !options.certificate.empty())) throw CLI::RequiredError("--all, or --lot or --certificate,");
    KeeperOptions keeper{.key = options.key, .passphrase = options.passphrase, .rules = {.lots = options.lots, .dry_run = options.dry_run}};
    if (!options.certificate.empty()) {
        const std::string number = certificate_number_of(options.certificate);
        keeper.rules.numbers.push_back(number.empty() ? options.certificate : number);
    }
    return run_dossier_store(options.voice, options.store, keeper, options.issued);
}

int run_make(const MakeOptions& options) {
    if (options.store.given()) return run_make_of_store(options);
    if (options.portal != options.certificate.empty()) throw CLI::RequiredError("--certificate or --portal");
    for (const auto& [is_missing, name] : {std::pair{options.statements.empty(), "--statement"}, {options.out.empty(), "--out"}, {!options.trust.given(), "--trust"}})
        if (is_missing) throw CLI::RequiredError(name);
    const auto trust = open_trust(options.trust);
    if (!trust) return options.voice.fail(trust.error(), options.trust.pack);
    auto statements = read_statements(options.statements);
    if (!statements) return options.voice.fail(statements.error());
    const auto issued = now_of(options.issued);
    if (!issued) return options.voice.fail(issued.error(), "--issued");
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return options.voice.fail(key.error(), options.key);
    const auto maker = DossierMaker::open(std::move(*statements), *trust);
    if (!maker) return options.voice.fail(maker.error());
    const auto made = make_dossier(options, *maker, *key, {options.sequence, *issued});
    if (!made) return options.voice.fail(made.error());
    if (const auto ok = write_file_atomically(options.out, made->file); !ok) return options.voice.fail(ok.error());
    if (options.voice.json)
        options.voice.print({{"ok", true}, {"out", options.out}, {"bytes", made->file.size()}, {"statements", made->kept}, {"left_out", made->left_out}, {"sequence", options.sequence}});
    else
        std::cout << options.out << ": " << made->kept << " statements, " << made->file.size() << " bytes; " << made->left_out
                  << (options.portal ? " are nothing for the start page" : " have nothing to do with the certificate") << " and were left out\n";
    return done;
}

std::string type_of(const CheckedStatement& told) {
    if (!told.statement) return "?";
    if (told.is(cose::StatementType::Certificate)) return "certificate";
    return std::string{schema_of(told.statement->type())->name};
}

Json told_json(const CheckedStatement& told) {
    Json out = {{"type", type_of(told)}, {"standing", standing_name(told.standing)}, {"digest", to_hex(told.digest)}, {"bytes", told.bytes}};
    if (told.error) out["error"] = json_of(*told.error);
    if (!told.statement) return out;
    out["id"] = told.statement->id();
    out["issued"] = format_rfc3339(told.statement->issued());
    out["kid"] = to_hex(told.statement->statement.kid);
    if (told.key != nullptr) out["role"] = role_name(told.key->role);
    if (told.party != nullptr) out["signer"] = told.party->name.zh_hans;
    if (const Schema* schema = schema_of(told.statement->type())) out["says"] = Json::parse(payload_to_json(told.statement->payload, *schema));
    return out;
}

std::string told_line(const CheckedStatement& told) {
    std::string line = padded(type_of(told), 12) + padded(told.statement ? std::string{told.statement->id()} : "?", 24) +
                       padded(std::string{standing_name(told.standing)}, 20);
    if (told.statement) line += format_day(day_of(told.statement->issued())) + "  ";
    if (told.key != nullptr) line += padded(std::string{role_name(told.key->role)}, 12);
    if (told.party != nullptr) line += told.party->name.zh_hans;
    if (told.error) line += std::string{code_name(told.error->code)};
    return line;
}

struct Found {  // what is wrong with a dossier
    std::vector<std::string> problems{};
    bool is_older{};
};

Result<CheckedDossier> read_dossier(const std::string& path, const TrustStore& trust) {
    const auto file = read_file(path, max_dossier_bytes);
    if (!file) return std::unexpected(file.error());
    return open_dossier(*file, trust);
}

Found look_for_problems(const CheckedDossier& dossier, const std::string& number) {
    Found found;
    const auto add = [&](std::string what) { found.problems.push_back(std::move(what)); };
    const bool manifest_stands = dossier.manifest.stands() && dossier.manifest.is(cose::StatementType::Manifest);
    if (!manifest_stands) add("the manifest does not stand: " + std::string{standing_name(dossier.manifest.standing)});
    else if (!number.empty() && !dossier.manifest.statement->lists_text(statement_key::certificates, number)) add("the manifest is of another certificate than " + number);
    if (dossier.missing > 0) add(std::to_string(dossier.missing) + " statements that the manifest lists are missing");
    for (const CheckedStatement& told : dossier.statements) {
        const std::string name = type_of(told) + " " + (told.statement ? std::string{told.statement->id()} : to_hex(told.digest).substr(0, 16));
        if (!told.stands()) add(name + " does not stand: " + std::string{standing_name(told.standing)});
        if (manifest_stands && !told.in_manifest) add(name + " is not in the manifest: it was added, or takes the place of another");
    }
    return found;
}

void compare(const CheckedDossier& dossier, const CheckedDossier& known, Found& found) {
    if (dossier.sequence >= known.sequence && dossier.issued_unix_s >= known.issued_unix_s) return;
    found.is_older = true;
    found.problems.push_back("it is older than the one it is compared with: sequence " + std::to_string(dossier.sequence) + " after " + std::to_string(known.sequence));
}

int present(const LookOptions& options, const CheckedDossier& dossier, const Found& found, bool list_statements) {
    const bool good = found.problems.empty();
    if (options.voice.json) {
        Json statements = Json::array();
        for (const CheckedStatement& told : dossier.statements) statements.push_back(told_json(told));
        options.voice.print({{"ok", good}, {"sequence", dossier.sequence}, {"issued", dossier.sequence > 0 ? Json(format_rfc3339(dossier.issued_unix_s)) : Json()},
                             {"manifest", told_json(dossier.manifest)}, {"missing", dossier.missing}, {"statements", statements}, {"problems", found.problems}});
    } else {
        if (list_statements) {
            std::cout << "manifest  " << told_line(dossier.manifest) << "\nsequence  " << dossier.sequence << "\n\n";
            for (const CheckedStatement& told : dossier.statements) std::cout << (told.in_manifest ? "  " : "+ ") << told_line(told) << '\n';
            if (dossier.missing > 0) std::cout << "- " << dossier.missing << " listed and not here\n";
        }
        for (const std::string& problem : found.problems) std::cout << "problem: " << problem << '\n';
        if (good) std::cout << options.file << ": whole, " << dossier.statements.size() << " statements, all of them stand\n";
    }
    return good ? done : judged_no;
}

int run_look(const LookOptions& options, bool is_show) {
    const auto trust = open_trust(options.trust);
    if (!trust) return options.voice.fail(trust.error(), options.trust.pack);
    const auto dossier = read_dossier(options.file, *trust);
    if (!dossier) return options.voice.fail(dossier.error(), options.file);
    std::string number;
    if (!options.certificate.empty()) {
        const auto message = certificate_argument(options.certificate);
        if (!message) return options.voice.fail(message.error(), "--certificate");
        number = parse_certificate(*message)->certificate.number;
    }
    Found found = look_for_problems(*dossier, number);
    if (!options.known.empty()) {
        const auto known = read_dossier(options.known, *trust);
        if (!known) return options.voice.fail(known.error(), options.known);
        compare(*dossier, *known, found);
    }
    const int exit_code = present(options, *dossier, found, is_show);
    return is_show ? done : exit_code;
}

int run_show(const LookOptions& options) { return run_look(options, true); }
int run_verify(const LookOptions& options) { return run_look(options, false); }

void add_look_options(CLI::App& app, LookOptions& options) {
    app.add_option("file", options.file, "The dossier")->required()->type_name("FILE");
    app.add_option("--certificate", options.certificate, "The certificate it should belong to: what its code says, or a file with it")->type_name("TEXT|FILE");
    app.add_option("--known", options.known, "An edition seen earlier: an older one is not accepted after it")->type_name("FILE");
    add_trust_options(app, options.trust, Need::Required);
}

}  // namespace

void add_dossier(CLI::App& pipa, int& exit_code) {
    CLI::App* dossier = pipa.add_subcommand("dossier", "Make, show or verify the dossier of a certificate: the statements behind it");
    dossier->require_subcommand(1);

    const auto make = declare_command<MakeOptions>(*dossier, "make", "Pick the statements that have to do with a certificate, and seal them",
                                                   "pipa dossier make --certificate c01.txt --statement signed/ --key bureau.key --out c01.dossier\n"
                                                   "  pipa dossier make --store office.store --all --key bureau.key --dry-run\n\n"
                                                   "With --store the records of all about which the store has more than they list are sealed anew and kept there;\n"
                                                   "pipa publish --keeper-key does it too.",
                                                   exit_code, run_make);
    auto* what = make.app->add_option_group("what")->require_option(0, 1);
    what->add_option("--certificate", make.options->certificate, "The certificate: what its code says, or a file with it (of a store: its number)")->type_name("TEXT|FILE");
    what->add_flag("--portal", make.options->portal, "What the start page shows of the district, around.dossier beside the page: cards, grades, visits, labels, figures");
    auto* statements = make.app->add_option("--statement", make.options->statements, "Signed statements, and certificates upstream: files, or folders of .cose files")->type_name("FILE|DIR");
    make.app->add_option("--key", make.options->key, "Who keeps the dossier: the key of the issuer or a bureau")->required()->type_name("FILE");
    make.app->add_option("--sequence", make.options->sequence, "Edition; rises with every one")->check(CLI::Range(std::int64_t{1}, std::int64_t{UINT32_MAX}));
    make.app->add_option("--issued", make.options->issued, "Time of this edition, instead of now")->type_name("TIME");
    auto* out = make.app->add_option("--out", make.options->out, "The dossier to write")->type_name("FILE");
    add_trust_options(*make.app, make.options->trust, Need::Optional);
    add_passphrase_options(*make.app, make.options->passphrase);
    auto* store = make.app->add_option("--store", make.options->store.path, "Of what the office's store has")->type_name("FILE")->excludes(statements)->excludes(out);
    make.app->add_flag("--all", make.options->all, "Of every certificate in the store")->needs(store);
    make.app->add_option("--lot", make.options->lots, "Of the certificates of these lots")->needs(store)->type_name("LOT");
    make.app->add_flag("--dry-run", make.options->dry_run, "Only say which records would change")->needs(store);

    const auto show = declare_command<LookOptions>(*dossier, "show", "List what a dossier holds, and what each statement is worth", "pipa dossier show c01.dossier --trust trust.cose --office-key office.pub", exit_code, run_show);
    add_look_options(*show.app, *show.options);
    const auto verify = declare_command<LookOptions>(*dossier, "verify", "See whether a dossier is whole: nothing missing, added, replaced or older",
                                                     "pipa dossier verify c01.dossier --certificate c01.txt --known earlier.dossier", exit_code, run_verify);
    add_look_options(*verify.app, *verify.options);
}

}  // namespace pipa::cli
