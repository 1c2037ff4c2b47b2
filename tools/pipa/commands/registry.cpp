// pipa registry init, add-party, add-key, set-scope, accept, list, check
#include <algorithm>
#include <iostream>
#include <tuple>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "host/files.hpp"
#include "pipa/commands/parts.hpp"
#include "pipa/commands/registry_entries.hpp"
#include "pipa/commands/store_option.hpp"
#include "pipa/office/registered.hpp"
#include "pipa/registry/enrolment.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/registry/registry.hpp"
#include "pipa/registry/registry_change.hpp"
#include "pipa/registry/trust_file.hpp"

namespace pipa::cli {
namespace {

struct RegistryOptions {
    Voice voice{};
    StoreOption store{};
    std::string office{}, now{};
    PassphraseSource passphrase{};
    bool dry_run{};
    PartyOptions party{};
    KeyOptions key{};
    std::string public_key{}, request{}, out{};
    std::int64_t party_id{};
    std::string publisher{}, publisher_en{};
    std::vector<std::string> hosts{};
    std::int64_t fresh_hours{24}, usable_hours{168};
};

using Registry = std::optional<TrustPack>;

Result<Registry> pack_of(const OfficeStore& store) {
    const auto registry = registry_of(store);
    if (!registry) return std::unexpected(registry.error());
    if (!*registry) return Registry{};
    auto pack = (*registry)->whole_pack();
    if (!pack) return std::unexpected(pack.error());
    return Registry{std::move(*pack)};
}

std::int64_t next_party(const Json& registry) {
    std::int64_t id = 0;
    for (const Json& party : registry["parties"]) id = std::max(id, party["id"].get<std::int64_t>());
    return id + 1;
}

// Puts the party in, unless it is there already under its credit code; its id.
std::int64_t put_party(Json& registry, Json party) {
    if (party.contains("uscc"))
        for (const Json& one : registry["parties"])
            if (one.value("uscc", "") == party["uscc"].get<std::string>()) return one["id"].get<std::int64_t>();
    const std::int64_t id = next_party(registry);
    Json entry = {{"id", id}};
    entry.update(party);
    registry["parties"].push_back(std::move(entry));
    return id;
}

Result<std::string> key_digits(const std::string& given) {
    const auto key = public_key_of(given);
    if (!key) return std::unexpected(key.error());
    return to_hex(*key);
}

// What a command does to the registry, as JSON; read_registry() then says whether it may be so.
using Change = Result<void> (*)(const RegistryOptions& options, Json& registry, UnixSeconds now);

// Problems that were there before, as a demo has them knowingly, are nobody's fault now.
DocumentProblems new_problems(DocumentProblems problems, const Json& before) {
    TrustPack ignored;
    const DocumentProblems known = before.is_null() ? DocumentProblems{} : read_registry(before, ignored);
    std::erase_if(problems, [&](const DocumentProblem& one) {
        return is_uscc_problem(one) && std::ranges::any_of(known, [&](const DocumentProblem& old) { return old.path == one.path && old.error.detail == one.error.detail.view(); });
    });
    return problems;
}

int change(const RegistryOptions& options, Change apply, bool is_first) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto office = load_key(options.office, options.passphrase);
    if (!office) return voice.fail(office.error(), options.office);
    auto store = OfficeStore::open(options.store.path);
    if (!store) return voice.fail(store.error(), options.store.path);
    const auto before = pack_of(*store);
    if (!before) return voice.fail(before.error(), options.store.path);
    if (is_first && *before) return voice.fail({ErrorCode::FileExists, {}, "the store has a registry already, version " + std::to_string((*before)->version)});
    if (!is_first && !*before) return voice.fail({ErrorCode::StoreMissingDocument, {}, "registry.cose: pipa registry init"});
    const Json old = *before ? registry_json(**before) : Json{};
    Json wanted = old;
    if (const auto ok = apply(options, wanted, *now); !ok) return voice.fail(ok.error());
    wanted["version"] = *before ? (*before)->version + 1 : 1;
    wanted["issued"] = format_rfc3339(*now);
    TrustPack pack;
    if (const auto problems = new_problems(read_registry(wanted, pack), old); !problems.empty()) return report_problems(voice, problems);
    if (*before) pack.field_data = (*before)->field_data;
    const auto message = sign_trust_pack(pack, *office);
    if (!message) return voice.fail(message.error());
    // Of another office's key the store has a word to say.
    if (const auto follows = must_follow(*store, *message); !follows) return voice.fail(follows.error(), options.office);
    if (!options.dry_run)
        if (const auto put = store->put_statement(*message, actor_of(office->public_key(), *now)); !put) return voice.fail(put.error());
    const Json difference = *before ? registry_difference(**before, pack) : wanted;
    if (voice.json) voice.print({{"ok", true}, {"dry_run", options.dry_run}, {"version", pack.version}, {"difference", difference}});
    else std::cout << difference.dump(1) << '\n' << (options.dry_run ? "Nothing was signed (--dry-run).\n" : "Signed; devices see it after the next publish.\n");
    return done;
}

int run_init(const RegistryOptions& options) {
    return change(options, [](const RegistryOptions& given, Json& registry, UnixSeconds) -> Result<void> {
        registry = {{"version", 1}, {"issued", ""}, {"fresh_for_hours", given.fresh_hours}, {"usable_for_hours", given.usable_hours}, {"demo", false},
                    {"publisher", words(given.publisher, given.publisher_en)}, {"hosts", given.hosts}, {"parties", Json::array()}, {"keys", Json::array()},
                    {"products", Json::array()}, {"divisions", Json::array()}};
        return {};
    }, true);
}

int run_add_party(const RegistryOptions& options) {
    return change(options, [](const RegistryOptions& given, Json& registry, UnixSeconds) -> Result<void> {
        const std::size_t before = registry["parties"].size();
        const std::int64_t id = put_party(registry, party_json(given.party));
        if (registry["parties"].size() == before) return fail(ErrorCode::TrustBadField, {}, "the registry has " + given.party.uscc + " already, as party " + std::to_string(id));
        return {};
    }, false);
}

int run_add_key(const RegistryOptions& options) {
    return change(options, [](const RegistryOptions& given, Json& registry, UnixSeconds now) -> Result<void> {
        const auto key = key_digits(given.public_key);
        if (!key) return std::unexpected(key.error());
        registry["keys"].push_back(key_json(given.key, *key, given.party_id, now));
        return {};
    }, false);
}

int run_set_scope(const RegistryOptions& options) {
    return change(options, [](const RegistryOptions& given, Json& registry, UnixSeconds) -> Result<void> {
        const auto key = key_digits(given.public_key);
        if (!key) return std::unexpected(key.error());
        for (Json& entry : registry["keys"]) {
            if (entry["public_key"] != *key) continue;
            entry.erase("scope");
            if (Json scope = scope_json(given.key); !scope.empty()) entry["scope"] = std::move(scope);
            return {};
        }
        return fail(ErrorCode::StoreNoSuchKey, {}, *key);
    }, false);
}

int run_accept(const RegistryOptions& options) {
    return change(options, [](const RegistryOptions& given, Json& registry, UnixSeconds now) -> Result<void> {
        const auto content = read_file(given.request, max_enrolment_bytes);
        if (!content) return std::unexpected(content.error());
        const auto request = open_enrolment(as_text(*content));
        if (!request) return std::unexpected(request.error());
        const Json& party = (*request)["party"];
        if (!party.is_object() || party.contains("id")) return fail(ErrorCode::JsonInvalid, {}, "party");
        KeyOptions key = given.key;
        key.role = request->value("role", "producer");
        if (key.role != "producer" && key.role != "buyer") return fail(ErrorCode::FieldNotAllowed, {}, "who asks to be a " + key.role + " is added by hand (pipa registry add-key)");
        registry["keys"].push_back(key_json(key, (*request)["public_key"].get<std::string>(), put_party(registry, party), now));
        return {};
    }, false);
}

int run_list(const RegistryOptions& options) {
    const auto store = OfficeStore::open(options.store.path, OfficeStore::Access::ReadOnly);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    const auto pack = pack_of(*store);
    if (!pack) return options.voice.fail(pack.error(), options.store.path);
    if (!*pack) return options.voice.fail({ErrorCode::StoreMissingDocument, {}, "registry.cose: pipa registry init"});
    if (!options.out.empty()) {
        const auto message = store->document("registry.cose");
        if (!message) return options.voice.fail(message.error());
        if (const auto written = write_file_atomically(options.out, **message); !written) return options.voice.fail(written.error());
    }
    if (options.voice.json) {
        options.voice.print(registry_json(**pack));
        return done;
    }
    std::cout << (*pack)->publisher.zh_hans << ", version " << (*pack)->version << " of " << format_time((*pack)->issued_unix_s) << '\n';
    for (const Party& party : (*pack)->parties) {
        std::cout << party.id << "  " << party_kind_name(party.kind) << "  " << subject_id(party) << "  " << party.division << "  " << party.name.zh_hans << '\n';
        for (const KeyEntry& key : (*pack)->keys)
            if (key.party == party.id)
                std::cout << "    " << to_hex(kid_of(key.public_key)) << "  " << role_name(key.role) << "  from " << format_day(day_of(key.valid_from))
                          << (key.valid_until ? " until " + format_day(day_of(*key.valid_until)) : std::string{})
                          << (key.compromised_since ? "  LOST " + format_day(day_of(*key.compromised_since)) : std::string{}) << '\n';
    }
    return done;
}

// What is allowed, and yet hardly meant.
int run_check(const RegistryOptions& options) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    const auto store = OfficeStore::open(options.store.path, OfficeStore::Access::ReadOnly);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    const auto pack = pack_of(*store);
    if (!pack) return options.voice.fail(pack.error(), options.store.path);
    if (!*pack) return options.voice.fail({ErrorCode::StoreMissingDocument, {}, "registry.cose: pipa registry init"});
    std::vector<std::string> problems;
    TrustPack ignored;
    for (const DocumentProblem& problem : read_registry(registry_json(**pack), ignored)) problems.push_back(problem.path + ": " + to_string(problem.error));
    const auto has = [&](Role role) { return std::ranges::any_of((*pack)->keys, [&](const KeyEntry& key) { return key.role == role && !key.compromised_since && (!key.valid_until || *key.valid_until > *now); }); };
    if (!has(Role::Bureau)) problems.emplace_back("no bureau's key is valid: nobody can recall anything (pipa registry add-key --role bureau)");
    if ((*pack)->hosts.empty()) problems.emplace_back("no host is named: links to any host count as ours");
    for (const Party& party : (*pack)->parties)
        if (std::ranges::none_of((*pack)->keys, [&](const KeyEntry& key) { return key.party == party.id; })) problems.push_back("party " + std::to_string(party.id) + " has no key");
    for (const KeyEntry& key : (*pack)->keys)
        if (key.valid_until && *key.valid_until <= *now + 30 * seconds_per_day) problems.push_back(to_hex(kid_of(key.public_key)) + " ends " + format_day(day_of(*key.valid_until)));
    if (options.voice.json) options.voice.print({{"ok", problems.empty()}, {"problems", problems}});
    else
        for (const std::string& problem : problems) std::cout << problem << '\n';
    if (problems.empty() && !options.voice.json) std::cout << "in order\n";
    return problems.empty() ? done : judged_no;
}

Command<RegistryOptions> declare_change(CLI::App& registry, int& exit_code, const char* name, const char* purpose, const char* example, int (*run)(const RegistryOptions&)) {
    auto command = declare_command<RegistryOptions>(registry, name, purpose, example, exit_code, run);
    add_store_option(*command.app, command.options->store, Need::Required);
    command.app->add_option("--key", command.options->office, "The office's key file, which signs the registry")->required()->type_name("FILE");
    add_passphrase_options(*command.app, command.options->passphrase);
    command.app->add_flag("--dry-run", command.options->dry_run, "Show what would change; sign nothing");
    add_now_option(*command.app, command.options->now);
    return command;
}

}  // namespace

void add_registry(CLI::App& pipa, int& exit_code) {
    CLI::App* registry = pipa.add_subcommand("registry", "Who may sign what: the registry in the office's store, signed anew with every change");
    registry->require_subcommand(1);
    const auto init = declare_change(*registry, exit_code, "init", "Begin a registry", "pipa registry init --store office.store --key office.key --publisher 临平区农业农村局 --host pipa.linping.example", run_init);
    init.app->add_option("--publisher", init.options->publisher, "Who publishes it, in Chinese")->required();
    init.app->add_option("--publisher-en", init.options->publisher_en, "and in English");
    init.app->add_option("--host", init.options->hosts, "Hosts that codes link to")->required();
    init.app->add_option("--fresh-for-hours", init.options->fresh_hours, "How long it counts as fresh")->capture_default_str();
    init.app->add_option("--usable-for-hours", init.options->usable_hours, "and how long it can be used")->capture_default_str();
    const auto party = declare_change(*registry, exit_code, "add-party", "Add a producer, laboratory or office",
        "pipa registry add-party --store office.store --key office.key --name 临平检测中心 --kind office --division 330113", run_add_party);
    add_party_options(*party.app, party.options->party);
    const auto add_key = declare_change(*registry, exit_code, "add-key", "Add a key of a party",
        "pipa registry add-key --store office.store --key office.key --party 3 --role laboratory laboratory.pub", run_add_key);
    add_key.app->add_option("public-key", add_key.options->public_key, "The key: 64 digits, or a file")->required()->type_name("HEX|FILE");
    add_key.app->add_option("--party", add_key.options->party_id, "Whose it is: the number of pipa registry list")->required()->type_name("ID");
    add_key.app->add_option("--role", add_key.options->key.role, "producer, buyer, bureau, laboratory, certifier, inspector, supplier, carrier or market")->required()->type_name("ROLE");
    add_key.app->add_flag("--rechecks", add_key.options->key.rechecks, "A laboratory that is named for rechecks");
    add_key_options(*add_key.app, add_key.options->key);
    const auto scope = declare_change(*registry, exit_code, "set-scope", "Say what a key may sign; without an option: everything of its role",
        "pipa registry set-scope --store office.store --key office.key --scope-division 330113 bureau.pub", run_set_scope);
    scope.app->add_option("public-key", scope.options->public_key, "The key: 64 digits, or a file")->required()->type_name("HEX|FILE");
    add_scope_options(*scope.app, scope.options->key);
    const auto accept = declare_change(*registry, exit_code, "accept", "Register a producer's key by its request (pipa keys request), after looking at who it is",
        "pipa registry accept --store office.store --key office.key --dry-run yunwu.request", run_accept);
    accept.app->add_option("request", accept.options->request, "The request")->required()->type_name("FILE");
    add_key_options(*accept.app, accept.options->key);
    for (const auto& [name, purpose, run] : {std::tuple{"list", "Parties and their keys; --json gives all of it", &run_list}, {"check", "What is wrong, or hardly meant (exit code 1)", &run_check}}) {
        const auto look = declare_command<RegistryOptions>(*registry, name, purpose, "pipa registry " + std::string{name} + " --store office.store", exit_code, run);
        add_store_option(*look.app, look.options->store, Need::Required);
        add_now_option(*look.app, look.options->now);
        if (run == &run_list) look.app->add_option("--out", look.options->out, "Write it as a trust pack too, for those who check without a network")->type_name("FILE");
    }
}

}  // namespace pipa::cli
