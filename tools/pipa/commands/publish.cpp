// pipa publish
#include <algorithm>
#include <iostream>

#include "base/hex.hpp"
#include "pipa/commands/dossier_store.hpp"
#include "pipa/commands/parts.hpp"
#include "pipa/commands/publish_options.hpp"
#include "host/files.hpp"
#include "pipa/publish/publisher.hpp"
#include "pipa/publish/requests.hpp"
#include "pipa/publish/upload.hpp"
#include "wire/qr_text.hpp"

namespace pipa::cli {

void add_signing_keys(CLI::App& command, SigningKeys& keys) {
    command.add_option("--sign-key", keys.files, "Key files at hand; each signs where a role names it")->type_name("FILE");
    add_passphrase_options(command, keys.passphrase);
}

Result<publish::KeyRing> load_keys(const SigningKeys& keys) {
    publish::KeyRing ring;
    for (const std::string& file : keys.files) {
        auto key = load_key(file, keys.passphrase);
        if (!key) {
            if (key.error().detail.empty()) key.error().detail = file;
            return std::unexpected(key.error());
        }
        ring.add(std::move(*key));
    }
    return ring;
}

Actor actor_of_ring(const publish::KeyRing& ring, UnixSeconds now) {
    return ring.empty() ? Actor{.now = now} : actor_of(ring.keys().front().public_key(), now);
}

namespace {

struct PublishOptions {
    Voice voice{};
    StoreOption store{};
    SigningKeys signing{};
    KeeperOptions keeper{};
    std::string site{}, out{}, office_key{}, now{}, demo_now{}, to{}, export_to{}, log{}, oembed{};
    std::vector<std::string> delegates{}, signatures{};
    bool rebuild{}, emergency{};
};

int import_all(const PublishOptions& options, UnixSeconds now) {
    auto store = OfficeStore::open(options.store.path);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    Json list = Json::array();
    for (const std::string& file : options.signatures) {
        const auto content = read_file(file, 4096);
        if (!content) return options.voice.fail(content.error());
        const auto imported = publish::import_signature(*store, *content, Actor{.now = now});
        if (!imported) return options.voice.fail(imported.error(), file);
        list.push_back({{"role", imported->role}, {"version", imported->version}, {"complete", imported->complete}});
        if (!options.voice.json)
            std::cout << imported->role << " version " << imported->version << (imported->complete ? ": complete\n" : ": more signatures are needed\n");
    }
    if (options.voice.json) options.voice.print({{"ok", true}, {"imported", std::move(list)}});
    return done;
}

int export_all(const PublishOptions& options) {
    auto store = OfficeStore::open(options.store.path);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    const auto files = publish::export_requests(*store, options.export_to);
    if (!files) return options.voice.fail(files.error());
    Json list = Json::array();
    for (const auto& file : *files) list.push_back(file.string());
    if (options.voice.json) options.voice.print({{"ok", true}, {"requests", std::move(list)}});
    else if (files->empty()) std::cout << "nothing waits for signatures\n";
    else
        for (const auto& file : *files) std::cout << file.string() << '\n';
    return done;
}

Result<publish::PublishOrder> order_of(const PublishOptions& options, OfficeStore& store) {
    publish::PublishOrder order{.out = std::filesystem::path(options.out).lexically_normal(), .built_site = options.site, .log = options.log, .rebuild = options.rebuild, .emergency = options.emergency, .oembed = options.oembed};
    if (!order.out.has_filename()) order.out = order.out.parent_path();
    for (const std::string& text : options.delegates) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) return fail(ErrorCode::PublishBadDelegate, {}, "'" + text + "' is not NAME=DIR");
        order.delegate_trees.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    if (!options.demo_now.empty()) {
        const auto time = parse_time(options.demo_now);
        if (!time) return std::unexpected(time.error());
        order.demo_now = *time;
    }
    if (options.office_key.empty()) return order;
    const auto key = public_key_of(options.office_key);
    if (!key) return std::unexpected(key.error());
    order.office_key = *key;
    // A pack that the page would refuse must not be published.
    const auto registry = store.document("registry.cose");
    if (!registry) return std::unexpected(registry.error());
    if (!*registry) return fail(ErrorCode::StoreMissingDocument, {}, "registry.cose");
    if (const auto trust = TrustStore::open(**registry, *key); !trust) return std::unexpected(trust.error());
    return order;
}

void present(const PublishOptions& options, const publish::PublishReport& report, const BroughtDossiers& brought) {
    static constexpr std::string_view outcomes[] = {"unchanged", "timestamp", "published"};
    const std::string_view outcome = outcomes[static_cast<std::size_t>(report.outcome)];
    for (const std::string& warning : report.warnings) options.voice.warn(warning);
    if (options.voice.json) {
        Json versions = Json::object();
        for (const auto& [name, version] : report.versions) versions[name] = version;
        options.voice.print({{"ok", true}, {"outcome", outcome}, {"parts_changed", report.parts_changed}, {"dossiers", json_of(brought)}, {"log_proofs", report.log_proofs}, {"files_written", report.files_written},
                             {"files_kept", report.files_kept}, {"bundle_bytes", report.bundle_bytes}, {"root_pin", report.root_pin}, {"versions", versions}, {"records", {{"edition", report.records.edition}, {"certificates", report.records.certificates}, {"bits", report.records.bits}, {"fewest", report.records.fewest}}}, {"waiting", report.waiting}, {"warnings", report.warnings}});
        return;
    }
    std::cout << options.out << ": " << outcome << "; " << report.parts_changed << " parts changed, " << report.files_written << " files written, " << report.files_kept << " as before\n";
    for (const std::string& role : report.waiting)
        std::cout << role << " waits for signatures, and its older version stays: pipa publish --export-unsigned DIR\n";
}

Result<BroughtDossiers> bring(const PublishOptions& options, OfficeStore& store, UnixSeconds now) {
    if (options.keeper.key.empty()) return BroughtDossiers{};
    KeeperOptions keeper = options.keeper;
    keeper.passphrase = options.signing.passphrase;
    return bring_and_tell(options.voice, store, keeper, now);
}

int run(const PublishOptions& options) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    if (!options.signatures.empty()) return import_all(options, *now);
    if (!options.export_to.empty()) return export_all(options);
    const auto ring = load_keys(options.signing);
    if (!ring) return voice.fail(ring.error());
    auto store = OfficeStore::open(options.store.path);
    if (!store) return voice.fail(store.error(), options.store.path);
    const auto order = order_of(options, *store);
    if (!order) return voice.fail(order.error());
    // A phone's bundle carries the key beside the registry that it opens.
    if (!options.office_key.empty())
        if (const auto put = store->put_document("office.pub", order->office_key, actor_of_ring(*ring, *now)); !put) return voice.fail(put.error());
    const auto brought = bring(options, *store, *now);
    if (!brought) return voice.fail(brought.error(), "--keeper-key");
    const auto report = publish::publish(*store, *order, *ring, actor_of_ring(*ring, *now));
    if (!report) return voice.fail(report.error());
    if (!options.to.empty()) {
        const auto watch = [&](const std::string& step) { if (!voice.json) std::cerr << "uploading " << step << " ...\n"; };
        if (const auto uploaded = publish::upload_tree(order->out, options.to, watch); !uploaded) return voice.fail(uploaded.error(), options.to);
    }
    present(options, *report, *brought);
    const auto is_urgent = [](const std::string& warning) { return warning.starts_with(publish::urgent_mark); };
    return !brought->left.empty() || std::ranges::any_of(report->warnings, is_urgent) ? waits : done;
}

}  // namespace

void add_publish(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<PublishOptions>(
        pipa, "publish", "Publish the store: a signed repository (TUF) and, with --site, the page; only what changed is made anew",
        "pipa publish --store office.store --sign-key targets.key --sign-key online.key --site build/wasm/site \\\n"
        "    --office-key office.pub --out /srv/pipa --to cloud:pipa\n\n"
        "Keys on other machines: --export-unsigned writes what waits, `pipa roles sign` signs it there, --import-signature brings\n"
        "it back. Until then the older version stays in use; where there is none yet, the exit code is 2. Where something urgent waits\n"
        "(other keys, a registry, a role that ends within two weeks, a record that cannot be made), it is named, and the exit code is 3.\n"
        "An older tree at --out is exchanged in one step; a break leaves it whole.",
        exit_code, run);
    CLI::App& app = *command.app;
    PublishOptions& options = *command.options;
    add_store_option(app, options.store, Need::Required);
    add_signing_keys(app, options.signing);
    app.add_option("--keeper-key", options.keeper.key, "The bureau's key, which seals the records of all whose statements changed (pipa dossier make --store)")->type_name("FILE");
    auto* out = app.add_option("--out", options.out, "Where the tree goes")->type_name("DIR");
    auto* office = app.add_option("--office-key", options.office_key, "The office's public key, for the page (PIPA_OFFICE_KEY)")->envname("PIPA_OFFICE_KEY")->type_name("HEX|FILE");
    auto* site = app.add_option("--site", options.site, "The built browser site")->type_name("DIR")->needs(office);
    app.add_option("--demo-now", options.demo_now, "A demo's page stands still at this time")->type_name("TIME");
    app.add_option("--delegate", options.delegates, "What a delegated store published: NAME=DIR")->type_name("NAME=DIR");
    app.add_option("--log", options.log, "The public log that certificates are in: record files carry its proofs (pipa log)")->type_name("DIR");
    app.add_option("--oembed", options.oembed, "Give each certificate an address that editors can paste: /e/NUMBER/ of this site, with oEmbed")
        ->check([](const std::string& address) {
            constexpr std::string_view scheme = "https://";
            const bool good = address.starts_with(scheme) && is_host(std::string_view{address}.substr(scheme.size()));
            return good ? std::string{} : "'" + address + "' is not https://HOST";
        })->type_name("https://HOST")->needs(site);
    app.add_flag("--rebuild", options.rebuild, "Write every file of the tree anew");
    app.add_flag("--emergency", options.emergency, "This page takes the place of every older one at once, on open screens too: after a broken one was published")->needs(site);
    app.add_option("--to", options.to, "Upload with rclone: immutable files first, the timestamp last")->type_name("REMOTE:BUCKET");
    auto* exporting = app.add_option("--export-unsigned", options.export_to, "Only write what waits for signatures into this folder")->type_name("DIR")->excludes(out);
    auto* importing = app.add_option("--import-signature", options.signatures, "Only take in signatures from other machines")->type_name("FILE")->excludes(out)->excludes(exporting);
    add_now_option(app, options.now);
    app.callback([options = command.options, out, exporting, importing, &exit_code] {
        if (out->count() + exporting->count() + importing->count() == 0) throw CLI::RequiredError("--out");
        exit_code = run(*options);
    });
}

}  // namespace pipa::cli
