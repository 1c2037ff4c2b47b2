// pipa store init, check, show, export
#include <iostream>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "pipa/commands/parts.hpp"
#include "pipa/commands/store_option.hpp"
#include "pipa/input/csv.hpp"
#include "host/files.hpp"
#include "pipa/publish/going_back.hpp"
#include "wire/qr_text.hpp"

namespace pipa::cli {
namespace {

struct InitOptions {
    Voice voice{};
    StoreOption store{};
    std::string key{}, name{"district"};
    bool delegated{};
    std::string now{};
};

struct LookOptions {
    Voice voice{};
    StoreOption store{};
    std::string number{};
    bool journal{};
    std::string head{}, published{};
    std::string out{}, host{};
};

int run_init(const InitOptions& options) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    const auto actor = actor_of(options.key, *now);
    if (!actor) return options.voice.fail(actor.error(), options.key);
    const StoreIdentity identity{options.name, options.delegated ? options.name + "/" : std::string{}};
    const auto store = OfficeStore::create(options.store.path, identity, *actor);
    if (!store) return options.voice.fail(store.error());
    if (options.voice.json) options.voice.print({{"ok", true}, {"store", options.store.path}, {"name", identity.name}, {"prefix", identity.prefix}});
    else std::cout << options.store.path << ": a new store of '" << identity.name << "'" << (options.delegated ? ", to be published under " + identity.prefix : "") << '\n';
    return done;
}

// The journal must lead to the head that was published, or that somebody wrote down.
void hold_against(const OfficeStore& store, const std::string& head, StoreCheck& check) {
    bool found = false;
    const auto walked = store.journal(0, [&](const JournalEntry& entry) -> Result<void> {
        found = found || to_hex(entry.hash) == head || (entry.act == publish::reconciled_act && entry.subject == head);
        return {};
    });
    if (!walked || !found) check.problems.push_back("the journal does not have the entry " + head);
}

int run_check(const LookOptions& options) {
    const auto store = OfficeStore::open(options.store.path, OfficeStore::Access::ReadOnly);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    auto check = store->check();
    if (!check) return options.voice.fail(check.error(), options.store.path);
    if (!options.head.empty()) hold_against(*store, options.head, *check);
    if (!options.published.empty()) {
        const auto head = publish::published_head(options.published);
        if (!head) return options.voice.fail(head.error(), options.published);
        hold_against(*store, *head, *check);
    }
    const bool well = check->problems.empty();
    if (options.voice.json) {
        options.voice.print({{"ok", well}, {"problems", check->problems}, {"journal", {{"entries", check->journal_entries}, {"head", to_hex(check->journal_head)}}}});
        return well ? done : bad_data;
    }
    for (const std::string& problem : check->problems) options.voice.complain({ErrorCode::StoreTampered, {}, problem});
    if (well) std::cout << options.store.path << ": in order; the journal has " << check->journal_entries << " entries, the last is " << to_hex(check->journal_head) << '\n';
    return well ? done : bad_data;
}

Json certificate_json(const OfficeStore& store, const StoredCertificate& certificate) {
    Json out = {{"number", certificate.number}, {"kid", to_hex(certificate.kid)}, {"digest", to_hex(certificate.digest)}, {"status", status_name(certificate.status)}};
    if (certificate.status_index) out["status_index"] = *certificate.status_index;
    if (!certificate.lot.empty()) out["lot"] = certificate.lot;
    if (const auto about = store.statements_about(certificate.number); about) out["statements"] = about->size();
    if (const auto dossier = store.dossier_of(certificate); dossier && *dossier)
        out["dossier"] = {{"statements", (*dossier)->statements.size()}, {"missing", (*dossier)->missing}};
    return out;
}

int show_certificate(const LookOptions& options, const OfficeStore& store) {
    const auto certificate = store.certificate(options.number);
    if (!certificate) return options.voice.fail(certificate.error());
    const Json facts = certificate_json(store, *certificate);
    if (options.voice.json) options.voice.print(facts);
    else
        for (const auto& [name, value] : facts.items()) std::cout << name << "  " << (value.is_string() ? value.get<std::string>() : value.dump()) << '\n';
    return done;
}

int show_journal(const LookOptions& options, const OfficeStore& store) {
    Json list = Json::array();
    const auto ok = store.journal(0, [&](const JournalEntry& entry) -> Result<void> {
        if (options.voice.json) list.push_back({{"number", entry.number}, {"at", format_rfc3339(entry.actor.now)}, {"kid", to_hex(entry.actor.kid)}, {"act", entry.act}, {"subject", entry.subject}});
        else std::cout << entry.number << "  " << format_time(entry.actor.now) << "  " << to_hex(entry.actor.kid) << "  " << entry.act << "  " << entry.subject << '\n';
        return {};
    });
    if (!ok) return options.voice.fail(ok.error());
    if (options.voice.json) options.voice.print({{"journal", std::move(list)}});
    return done;
}

int run_show(const LookOptions& options) {
    const auto store = OfficeStore::open(options.store.path, OfficeStore::Access::ReadOnly);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    if (!options.number.empty()) return show_certificate(options, *store);
    if (options.journal) return show_journal(options, *store);
    const auto counts = store->counts();
    if (!counts) return options.voice.fail(counts.error());
    const Json facts = {{"name", store->identity().name}, {"prefix", store->identity().prefix}, {"statements", counts->statements}, {"certificates", counts->certificates},
                        {"revoked", counts->invalid}, {"suspended", counts->suspended}, {"notices", counts->notices}, {"indices_handed_out", counts->indices_handed_out},
                        {"documents", counts->documents}, {"journal", counts->journal}};
    if (options.voice.json) options.voice.print(facts);
    else
        for (const auto& [name, value] : facts.items()) std::cout << name << "  " << (value.is_string() ? value.get<std::string>() : value.dump()) << '\n';
    return done;
}

// Numbers and QR texts of every certificate, as `pipa issue` writes them and `pipa sheet` reads them.
int run_export(const LookOptions& options) {
    const auto store = OfficeStore::open(options.store.path, OfficeStore::Access::ReadOnly);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    std::string csv = "number,text\n";
    std::size_t count = 0;
    const auto ok = store->each_certificate([&](const StoredCertificate& certificate) -> Result<void> {
        append_csv_field(csv, certificate.number);
        csv += "," + make_qr_text(options.host, certificate.message) + "\n";
        ++count;
        return {};
    });
    if (!ok) return options.voice.fail(ok.error());
    if (const auto written = write_file_atomically(options.out, csv); !written) return options.voice.fail(written.error());
    if (options.voice.json) options.voice.print({{"ok", true}, {"out", options.out}, {"certificates", count}});
    else std::cout << count << " certificates in " << options.out << '\n';
    return done;
}

}  // namespace

void add_store(CLI::App& pipa, int& exit_code) {
    CLI::App* store = pipa.add_subcommand("store", "The office's store: what was signed, handed out and revoked, in one file");
    store->require_subcommand(1);

    const auto init = declare_command<InitOptions>(*store, "init", "Make a new store", "pipa store init --store office.store --key office.key", exit_code, run_init);
    add_store_option(*init.app, init.options->store, Need::Required);
    add_actor_option(*init.app, init.options->key);
    init.app->add_option("--name", init.options->name, "Its name: a-z, 0-9 and '-'")->type_name("NAME")->capture_default_str();
    init.app->add_flag("--delegated", init.options->delegated, "A town's or enterprise's own store, published under its name by the district");
    add_now_option(*init.app, init.options->now);

    add_store_add(*store, exit_code);
    add_store_backup(*store, exit_code);

    const auto check = declare_command<LookOptions>(*store, "check", "Look for damage and tampering (exit code 65 when there is any)", "pipa store check --store office.store", exit_code, run_check);
    add_store_option(*check.app, check.options->store, Need::Required);
    check.app->add_option("--head", check.options->head, "An entry's hash that was written down elsewhere, and must still be there")->type_name("HEX");

    check.app->add_option("--published", check.options->published, "A published tree, whose snapshot names such an entry")->type_name("DIR");

    const auto show = declare_command<LookOptions>(*store, "show", "Say what is in it, or what it knows of one certificate", "pipa store show --store office.store TANGQI-260522-000001", exit_code, run_show);
    add_store_option(*show.app, show.options->store, Need::Required);
    auto* number = show.app->add_option("number", show.options->number, "A certificate number")->type_name("NUMBER");
    show.app->add_flag("--journal", show.options->journal, "Who did what")->excludes(number);

    const auto out = declare_command<LookOptions>(*store, "export", "Write numbers and QR texts of all certificates",
                                                  "pipa store export --store office.store --host pipa.linping.example --out codes.csv", exit_code, run_export);
    add_store_option(*out.app, out.options->store, Need::Required);
    out.app->add_option("--out", out.options->out, "The CSV to write")->required()->type_name("FILE");
    out.app->add_option("--host", out.options->host, "The host that the codes' links name")->required();
}

}  // namespace pipa::cli
