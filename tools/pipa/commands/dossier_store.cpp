#include "pipa/commands/dossier_store.hpp"

#include <iostream>

#include "pipa/office/registered.hpp"
#include "pipa/registry/key_file.hpp"

namespace pipa::cli {

Result<BroughtDossiers> bring_and_tell(const Voice& voice, OfficeStore& store, const KeeperOptions& options, UnixSeconds now) {
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return fail(key.error().code, {}, options.key);
    const auto registry = registry_of(store);
    if (!registry) return std::unexpected(registry.error());
    if (!*registry) return fail(ErrorCode::StoreMissingDocument, {}, "registry.cose");
    auto brought = bring_dossiers(store, **registry, *key, now, options.rules);
    if (!brought) return brought;
    for (const auto& [number, error] : brought->left) voice.warn("the record of " + number + " stays as it was: " + to_string(error));
    for (const std::string& id : brought->unseen_failures) voice.warn("the failed test " + id + " is in no record: nobody who scans a label sees it");
    return brought;
}

Json json_of(const BroughtDossiers& brought) {
    Json dossiers = Json::array(), left = Json::array();
    for (const BroughtDossier& one : brought.dossiers)
        dossiers.push_back({{"number", one.number}, {"sequence", one.sequence}, {"statements", one.statements}, {"before", one.before}});
    for (const auto& [number, error] : brought.left) left.push_back({{"number", number}, {"error", json_of(error)}});
    return {{"dossiers", std::move(dossiers)}, {"left", std::move(left)}, {"unseen_failures", brought.unseen_failures}};
}

int run_dossier_store(const Voice& voice, const StoreOption& store_option, const KeeperOptions& options, const std::string& text) {
    const auto now = now_of(text);
    if (!now) return voice.fail(now.error(), text);
    auto store = OfficeStore::open(store_option.path);
    if (!store) return voice.fail(store.error(), store_option.path);
    const auto brought = bring_and_tell(voice, *store, options, *now);
    if (!brought) return voice.fail(brought.error());
    if (voice.json) {
        Json said = {{"ok", brought->left.empty()}, {"dry_run", options.rules.dry_run}};
        said.update(json_of(*brought));
        voice.print(said);
    } else {
        for (const BroughtDossier& one : brought->dossiers)
            std::cout << one.number << "  edition " << one.sequence << ": " << one.statements << " statements, " << one.before << " before\n";
        std::cout << brought->dossiers.size() << " records" << (options.rules.dry_run ? " would change (--dry-run)\n" : " changed; readers see them after the next publish\n");
    }
    return brought->left.empty() ? done : bad_data;
}

}  // namespace pipa::cli
