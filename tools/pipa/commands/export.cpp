// pipa export epcis, pipa export csv
#include <iostream>

#include "host/atomic_file.hpp"
#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/field/csv_tables.hpp"
#include "pipa/field/epcis.hpp"
#include "pipa/field/evidence_source.hpp"
#include "host/staged_folder.hpp"
#include "wire/qr_text.hpp"

namespace pipa::cli {
namespace {

struct ExportOptions {
    Voice voice{};
    std::vector<std::string> sources{};
    TrustOptions trust{};
    std::string host{};
    std::string out{};
};

Result<std::string> host_of(const ExportOptions& options, const TrustStore& trust) {
    const std::string host = !options.host.empty() ? options.host : trust.pack().hosts.empty() ? std::string{} : trust.pack().hosts.front();
    if (!is_host(host)) return fail(ErrorCode::QrTextBadHost, {}, "--host");
    return host;
}

int run_epcis(const ExportOptions& options) {
    const Voice& voice = options.voice;
    const auto trust = open_trust(options.trust);
    if (!trust) return voice.fail(trust.error(), options.trust.pack);
    const auto host = host_of(options, *trust);
    if (!host) return voice.fail(host.error());
    const auto messages = gather_messages(options.sources);
    if (!messages) return voice.fail(messages.error());
    const Observations evidence = weigh(*messages, *trust);
    const std::size_t left_out = standings_of(evidence, messages->size()).others;
    const auto document = make_epcis(evidence, *host);
    if (!document) return voice.fail(document.error());
    if (left_out > 0) voice.warn(std::to_string(left_out) + " statements do not stand and were left out");
    const std::string text = document->json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
    if (!options.out.empty())
        if (const auto written = write_file_atomically(options.out, text); !written) return voice.fail(written.error());
    if (voice.json) voice.print({{"ok", true}, {"events", document->events}, {"left_out", left_out}, {"file", options.out}});
    else if (options.out.empty()) std::cout << text;
    else std::cout << document->events << " events in " << options.out << '\n';
    return done;
}

int run_csv(const ExportOptions& options) {
    const Voice& voice = options.voice;
    const auto trust = open_trust(options.trust);
    if (!trust) return voice.fail(trust.error(), options.trust.pack);
    const auto messages = gather_messages(options.sources);
    if (!messages) return voice.fail(messages.error());
    const auto tables = csv_tables(*messages, *trust);
    if (tables.empty()) return voice.fail(Error{ErrorCode::ExportNothing, {}, {}});
    auto folder = StagedFolder::create(options.out, tables.begin()->first);
    if (!folder) return voice.fail(folder.error());
    Json files = Json::array();
    for (const auto& [name, text] : tables) {
        if (const auto written = write_file_atomically(folder->path() / name, text); !written) return voice.fail(written.error());
        files.push_back(name);
    }
    if (const auto kept = folder->keep(); !kept) return voice.fail(kept.error());
    if (voice.json) voice.print({{"ok", true}, {"statements", messages->size()}, {"folder", options.out}, {"files", std::move(files)}});
    else std::cout << messages->size() << " statements in " << tables.size() << " tables in " << options.out << '\n';
    return done;
}

void add_common(CLI::App& app, ExportOptions& options) {
    app.add_option("source", options.sources, "Stores, folders of statements, dossiers, statements")->required()->type_name("FILE|FOLDER");
    add_trust_options(app, options.trust, Need::Required);
}

}  // namespace

void add_export(CLI::App& pipa, int& exit_code) {
    CLI::App* group = pipa.add_subcommand("export", "Statements for other systems");
    group->require_subcommand(1);
    const auto epcis = declare_command<ExportOptions>(*group, "epcis", "Work, tests and mixing as EPCIS 2.0 events (JSON-LD), ids by hash",
        "pipa export epcis lot.dossier --trust trust.cose --office-key office.pub --out lot.jsonld", exit_code, run_epcis);
    add_common(*epcis.app, *epcis.options);
    epcis.app->add_option("--host", epcis.options->host, "Host under which lots and places are named; the trust pack's first where not given");
    epcis.app->add_option("--out", epcis.options->out, "Where the document goes; standard output where not given")->type_name("FILE");
    const auto csv = declare_command<ExportOptions>(*group, "csv", "Every statement as tables, one a type, whether it stands or not",
        "pipa export csv office.db --trust trust.cose --office-key office.pub --out tables", exit_code, run_csv);
    add_common(*csv.app, *csv.options);
    csv.app->add_option("--out", csv.options->out, "The folder to make")->required()->type_name("FOLDER");
}

}  // namespace pipa::cli
