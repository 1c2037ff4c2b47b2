// pipa keys rotate, pipa keys compromise: changes to the registry in the store, signed anew by the office.
#include <iostream>

#include "base/hex.hpp"
#include "pipa/commands/store_option.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/registry/registry_change.hpp"
#include "pipa/registry/trust_file.hpp"

namespace pipa::cli {
namespace {

struct ChangeOptions {
    Voice voice{};
    StoreOption store{};
    std::string office{}, key{}, new_key{}, time{}, now{};
    PassphraseSource passphrase{};
    bool dry_run{};
};

// A kid of 16 digits, or a public key in any of its forms.
Result<cose::Kid> kid_from(const std::string& text) {
    cose::Kid kid{};
    if (const auto bytes = from_hex(text); bytes && bytes->size() == kid.size()) {
        std::ranges::copy(*bytes, kid.begin());
        return kid;
    }
    const auto key = public_key_of(text);
    if (!key) return std::unexpected(key.error());
    return kid_of(*key);
}

using Change = Result<void> (*)(const ChangeOptions& options, TrustPack& pack, const cose::Kid& kid, UnixSeconds at);

int change(const ChangeOptions& options, Change apply) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto at = options.time.empty() ? Result<UnixSeconds>{*now} : parse_time(options.time);
    if (!at) return voice.fail(at.error(), options.time);
    const auto kid = kid_from(options.key);
    if (!kid) return voice.fail(kid.error(), options.key);
    const auto office = load_key(options.office, options.passphrase);
    if (!office) return voice.fail(office.error(), options.office);
    auto store = OfficeStore::open(options.store.path);
    if (!store) return voice.fail(store.error(), options.store.path);
    const auto message = store->document("registry.cose");
    if (!message) return voice.fail(message.error());
    if (!*message) return voice.fail({ErrorCode::StoreMissingDocument, {}, "registry.cose"});
    const auto before = TrustStore::open(**message, office->public_key());
    if (!before) return voice.fail(before.error(), "registry.cose");
    const auto all = before->whole_pack();
    if (!all) return voice.fail(all.error(), "registry.cose");
    TrustPack after = *all;
    if (const auto ok = apply(options, after, *kid, *at); !ok) return voice.fail(ok.error());
    ++after.version;
    after.issued_unix_s = *now;
    const auto signed_pack = sign_trust_pack(after, *office);
    if (!signed_pack) return voice.fail(signed_pack.error());
    if (!options.dry_run)
        if (const auto put = store->put_statement(*signed_pack, actor_of(office->public_key(), *now)); !put) return voice.fail(put.error());
    const Json difference = registry_difference(*all, after);
    if (voice.json) voice.print({{"ok", true}, {"dry_run", options.dry_run}, {"version", after.version}, {"difference", difference}});
    else
        std::cout << difference.dump(1) << '\n' << (options.dry_run ? "Nothing was signed (--dry-run).\n" : "Signed; devices see it after the next publish.\n");
    return done;
}

int run_rotate(const ChangeOptions& options) {
    return change(options, [](const ChangeOptions& given, TrustPack& pack, const cose::Kid& kid, UnixSeconds at) -> Result<void> {
        const auto key = public_key_of(given.new_key);
        if (!key) return std::unexpected(key.error());
        return rotate_key(pack, kid, *key, at);
    });
}

int run_compromise(const ChangeOptions& options) {
    return change(options, [](const ChangeOptions&, TrustPack& pack, const cose::Kid& kid, UnixSeconds at) { return compromise_key(pack, kid, at); });
}

void add_change_options(const Command<ChangeOptions>& command) {
    add_store_option(*command.app, command.options->store, Need::Required);
    command.app->add_option("--key", command.options->office, "The office's key file, which signs the registry")->required()->type_name("FILE");
    add_passphrase_options(*command.app, command.options->passphrase);
    command.app->add_option("which", command.options->key, "The key in the registry: its key id, or the public key")->required()->type_name("KID|HEX|FILE");
    command.app->add_flag("--dry-run", command.options->dry_run, "Show what would change; sign nothing");
    add_now_option(*command.app, command.options->now);
}

}  // namespace

void add_registry_keys(CLI::App& keys, int& exit_code) {
    const auto rotate = declare_command<ChangeOptions>(keys, "rotate", "Give a party of the registry a new key; what the old one signed before stays good",
                                                       "pipa keys rotate --store office.store --key office.key 0f3c... --new yunwu-2.pub --from 2026-12-01", exit_code, run_rotate);
    add_change_options(rotate);
    rotate.app->add_option("--new", rotate.options->new_key, "The new public key")->required()->type_name("HEX|FILE");
    rotate.app->add_option("--from", rotate.options->time, "From when on (now)")->type_name("TIME");
    const auto compromise = declare_command<ChangeOptions>(keys, "compromise", "Say that a key is in wrong hands: what it signed since then counts for nothing",
                                                           "pipa keys compromise --store office.store --key office.key 0f3c... --since 2026-11-19T00:00:00+08:00", exit_code, run_compromise);
    add_change_options(compromise);
    compromise.app->add_option("--since", compromise.options->time, "Since when; rather too early than too late")->required()->type_name("TIME");
}

}  // namespace pipa::cli
