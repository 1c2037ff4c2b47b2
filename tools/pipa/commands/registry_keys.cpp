// pipa keys rotate, pipa keys compromise: changes to the registry in the store, signed anew by the office.
#include <algorithm>
#include <iostream>
#include <map>

#include "base/hex.hpp"
#include "pipa/commands/store_option.hpp"
#include "pipa/dossier/statement_signing.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/registry/registry_change.hpp"
#include "pipa/registry/trust_file.hpp"
#include "record/statement_types.hpp"

namespace pipa::cli {
namespace {

struct ChangeOptions {
    Voice voice{};
    StoreOption store{};
    std::string office{}, key{}, new_key{}, resign{}, time{}, now{};
    PassphraseSource passphrase{};
    bool dry_run{};
    bool loses{};  // what the key signed is looked through
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

// What the lost key signed and no receipt of an office shows to be from before: it counts no longer (notices do).
Result<std::vector<StoredStatement>> statements_lost(const OfficeStore& store, const cose::Kid& kid, UnixSeconds since) {
    std::vector<StoredStatement> out;
    std::vector<Bytes> shown;
    const auto walked = store.each_statement({}, [&](const StoredStatement& stored) -> Result<void> {
        const auto parsed = parse_any_statement(stored.message);
        if (!parsed || parsed->certificate) return {};
        if (stored.kid == kid && stored.type != cose::StatementType::Receipt) out.push_back(stored);
        if (stored.kid == kid || stored.type != cose::StatementType::Receipt || parsed->issued() >= since) return {};
        for (const cbor::Value& digest : parsed->list(receipt_key::digests)) shown.push_back(digest.bytes);
        return {};
    });
    if (!walked) return std::unexpected(walked.error());
    std::ranges::sort(shown);
    std::erase_if(out, [&](const StoredStatement& stored) { return std::ranges::binary_search(shown, Bytes(stored.digest.begin(), stored.digest.end())); });
    return out;
}

// The same said again today under another key, which the registry has to name for it.
Result<void> sign_again(OfficeStore& store, std::span<const StoredStatement> lost, const crypto::SecretKey& key, UnixSeconds now) {
    std::vector<Bytes> messages;
    std::map<std::string, std::string> again;  // by the digest of what is said again
    for (const StoredStatement& stored : lost) {
        if (stored.type == cose::StatementType::Notice) continue;  // counts all the same
        const auto parsed = parse_any_statement(stored.message);
        if (!parsed) return std::unexpected(parsed.error());
        Json payload = Json::parse(payload_to_json(parsed->payload, *schema_of(stored.type)));
        payload["issued"] = format_rfc3339(now);
        for (const char* reference : {"recheck_of", "test", "closes"})
            if (payload.contains(reference) && again.contains(payload[reference].get<std::string>())) payload[reference] = again.at(payload[reference].get<std::string>());
        auto message = sign_statement(stored.type, payload.dump(), key);
        if (!message) return std::unexpected(message.error());
        again[to_hex(stored.digest)] = to_hex(crypto::sha256(*message));
        messages.push_back(std::move(*message));
    }
    if (const auto put = store.put_statements(messages, actor_of(key.public_key(), now)); !put) return std::unexpected(put.error());
    return {};
}

Json json_of(std::span<const StoredStatement> lost) {
    Json out = Json::array();
    for (const StoredStatement& stored : lost) {
        const auto parsed = parse_any_statement(stored.message);
        out.push_back({{"type", schema_of(stored.type)->name}, {"id", parsed ? std::string{parsed->id()} : std::string{}}, {"digest", to_hex(stored.digest)},
                       {"counts", stored.type == cose::StatementType::Notice}});
    }
    return out;
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
    const auto lost = options.loses ? statements_lost(*store, *kid, *at) : Result<std::vector<StoredStatement>>{};
    if (!lost) return voice.fail(lost.error());
    if (!options.resign.empty() && !options.dry_run) {
        const auto key = load_key(options.resign, options.passphrase);
        if (!key) return voice.fail(key.error(), options.resign);
        if (const auto again = sign_again(*store, *lost, *key, *now); !again) return voice.fail(again.error());
    }
    const Json difference = registry_difference(*all, after);
    Json said = {{"ok", true}, {"dry_run", options.dry_run}, {"version", after.version}, {"difference", difference}};
    if (options.loses) said["lost"] = json_of(*lost);
    if (voice.json) voice.print(said);
    else
        std::cout << difference.dump(1) << '\n' << (options.loses ? json_of(*lost).dump(1) + "\n" : std::string{}) << (options.dry_run ? "Nothing was signed (--dry-run).\n" : "Signed; devices see it after the next publish.\n");
    return done;
}

int run_rotate(const ChangeOptions& options) {
    return change(options, [](const ChangeOptions& given, TrustPack& pack, const cose::Kid& kid, UnixSeconds at) -> Result<void> {
        const auto key = public_key_of(given.new_key);
        if (!key) return std::unexpected(key.error());
        return rotate_key(pack, kid, *key, at);
    });
}

int run_compromise(const ChangeOptions& given) {
    ChangeOptions options = given;
    options.loses = true;
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
                                                           "pipa keys compromise --store office.store --key office.key 0f3c... --since 2026-11-19T00:00:00+08:00\n\n"
                                                           "Lists the statements of the store that no receipt (pipa sign receipt) shows to be older: all but notices count no longer.\n"
                                                           "Look through the list first (--dry-run): what a thief signed is in it too, and --resign signs all of it again.", exit_code, run_compromise);
    add_change_options(compromise);
    compromise.app->add_option("--resign", compromise.options->resign, "A key file to sign again, as of now, what counts no longer; the registry has to name it")->type_name("FILE");
    compromise.app->add_option("--since", compromise.options->time, "Since when; rather too early than too late")->required()->type_name("TIME");
}

}  // namespace pipa::cli
