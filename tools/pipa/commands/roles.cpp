// pipa roles init, rotate, delegate, show, sign
#include <iostream>
#include <map>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "pipa/commands/publish_options.hpp"
#include "host/files.hpp"
#include "pipa/publish/requests.hpp"

namespace pipa::cli {
namespace {

using namespace publish;

struct SetupOptions {
    Voice voice{};
    StoreOption store{};
    SigningKeys signing{};
    std::string now{};
    std::array<std::vector<std::string>, 4> keys{};  // root, targets, snapshot, timestamp
    std::array<std::uint32_t, 2> thresholds{0, 0};   // root, targets; 0: as many as there are keys, or as it was
    std::string live{}, online{};
    bool rotate{};
};

struct DelegateOptions {
    Voice voice{};
    StoreOption store{};
    std::string key{}, name{}, public_key{}, now{};
};

struct ShowOptions {
    Voice voice{};
    StoreOption store{};
    std::optional<int> warn_days{};
    std::string now{};
};

struct SignOptions {
    Voice voice{};
    std::string request{}, key{}, out{}, now{};
    PassphraseSource passphrase{};
};

constexpr std::size_t told_roles = 8;
constexpr std::array<std::string_view, 4> names = {"root", "targets", "snapshot", "timestamp"};

Result<std::optional<RoleKeys>> role_keys(const std::vector<std::string>& given, std::uint32_t threshold) {
    if (given.empty()) return std::optional<RoleKeys>{};
    RoleKeys out{.threshold = threshold == 0 ? static_cast<std::uint32_t>(given.size()) : threshold};
    for (const std::string& one : given) {
        const auto key = public_key_of(one);
        if (!key) return std::unexpected(key.error());
        out.keys.push_back(*key);
    }
    return std::optional{std::move(out)};
}

Result<RoleSetup> setup_of(const SetupOptions& options) {
    RoleSetup setup;
    std::optional<RoleKeys>* roles[] = {&setup.root, &setup.targets, &setup.snapshot, &setup.timestamp};
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::vector<std::string> given = options.keys[i];
        if (given.empty() && i >= 2 && !options.online.empty()) given = {options.online};
        auto keys = role_keys(given, i < 2 ? options.thresholds[i] : 1);
        if (!keys) return std::unexpected(keys.error());
        *roles[i] = std::move(*keys);
    }
    const std::string& live = options.live.empty() ? options.online : options.live;
    if (live.empty()) return setup;
    const auto key = public_key_of(live);
    if (!key) return std::unexpected(key.error());
    setup.live = *key;
    return setup;
}

int run_setup(const SetupOptions& options) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto setup = setup_of(options);
    if (!setup) return voice.fail(setup.error());
    const auto ring = load_keys(options.signing);
    if (!ring) return voice.fail(ring.error());
    auto store = OfficeStore::open(options.store.path);
    if (!store) return voice.fail(store.error(), options.store.path);
    const Actor actor = actor_of_ring(*ring, *now);
    const auto complete = set_up_roles(*store, *setup, *ring, actor);
    if (!complete) return voice.fail(complete.error());
    if (voice.json) voice.print({{"ok", true}, {"complete", *complete}});
    else std::cout << (*complete ? "the roles are set up\n" : "the new root waits for signatures: pipa publish --export-unsigned DIR\n");
    return done;
}

int run_delegate(const DelegateOptions& options) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto actor = actor_of(options.key, *now);
    if (!actor) return voice.fail(actor.error(), options.key);
    const auto public_key = public_key_of(options.public_key);
    if (!public_key) return voice.fail(public_key.error(), options.public_key);
    auto store = OfficeStore::open(options.store.path);
    if (!store) return voice.fail(store.error(), options.store.path);
    if (const auto set = set_delegate(*store, options.name, *public_key, *actor); !set) return voice.fail(set.error());
    if (voice.json) voice.print({{"ok", true}, {"name", options.name}, {"public_key", to_hex(*public_key)}});
    else std::cout << options.name << "/ is " << to_hex(*public_key) << "'s from the next publish on\n";
    return done;
}

int run_show(const ShowOptions& options) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    auto store = OfficeStore::open(options.store.path, OfficeStore::Access::ReadOnly);
    if (!store) return voice.fail(store.error(), options.store.path);
    const KeyRing none;
    const Actor nobody;
    const RoleBook book(store->parts().database, none, nobody);
    const auto all = book.all();
    if (!all) return voice.fail(all.error());
    const auto drafts = book.drafts();
    if (!drafts) return voice.fail(drafts.error());
    Json list = Json::array();
    std::map<std::string, UnixSeconds> ends;  // of the newest version of each
    for (const SavedRole& role : *all) list.push_back({{"role", role.name}, {"version", role.version}, {"expires", format_rfc3339(role.expires)}});
    for (const SavedRole& role : *all) ends[role.name] = role.expires;
    for (const RoleBook::Draft& draft : *drafts)
        list.push_back({{"role", draft.name}, {"version", draft.file.version}, {"expires", format_rfc3339(draft.file.expires)}, {"waits", true}, {"signatures", draft.file.signatures.size()}});
    if (voice.json) voice.print({{"roles", list}});
    else
        for (const Json& role : list)
            std::cout << role["role"].get<std::string>() << "  version " << role["version"] << "  until " << role["expires"].get<std::string>()
                      << (role.contains("waits") ? "  WAITS for signatures" : "") << '\n';
    if (!options.warn_days) return done;
    const auto ends_soon = [&](const auto& role) { return role.second <= *now + options.warn_days.value_or(0) * seconds_per_day; };
    std::size_t ending = 0;
    for (const auto& role : ends)
        if (ends_soon(role) && ++ending <= told_roles)
            voice.warn(role.first + (role.second <= *now ? " has expired " : " expires ") + format_rfc3339(role.second) + ": pipa publish with its --sign-key, or --export-unsigned DIR");
    if (ending > told_roles) voice.warn("and " + std::to_string(ending - told_roles) + " more");
    return ending == 0 ? done : judged_no;
}

// "targets" of "targets.7.tosign.json".
std::string role_of(const std::string& path) {
    const std::string file = std::filesystem::path(path).filename().string();
    return file.substr(0, file.find('.'));
}

int run_sign(const SignOptions& options) {
    const Voice& voice = options.voice;
    const auto request = read_file(options.request);
    if (!request) return voice.fail(request.error());
    const std::string role = role_of(options.request);
    const auto facts = read_request(*request, role);
    if (!facts) return voice.fail(facts.error(), options.request);
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return voice.fail(key.error(), options.key);
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto keys = read_file((std::filesystem::path(options.request).parent_path() / keys_file).string());
    if (!keys && role != "root") voice.warn("keys.json is not beside the request, so whether this key is waited for nobody knows here");
    const auto signature = sign_request(*request, role, *key, keys.value_or(Bytes{}), *now);
    if (!signature) return voice.fail(signature.error(), options.request);
    if (const auto written = write_file_atomically(options.out, *signature); !written) return voice.fail(written.error());
    if (voice.json) {
        voice.print({{"ok", true}, {"role", role}, {"version", facts->version}, {"expires", format_rfc3339(facts->expires)}, {"sha256", to_hex(facts->digest)}, {"out", options.out}});
        return done;
    }
    std::cout << "signed: " << role << " version " << facts->version << ", until " << format_rfc3339(facts->expires) << '\n';
    for (const std::string& line : facts->contents) std::cout << "  " << line << '\n';
    return done;
}

void add_setup(CLI::App& roles, int& exit_code, const char* name, const char* purpose, const char* example) {
    const auto command = declare_command<SetupOptions>(roles, name, purpose, example, exit_code, run_setup);
    CLI::App& app = *command.app;
    SetupOptions& options = *command.options;
    add_store_option(app, options.store, Need::Required);
    add_signing_keys(app, options.signing);
    constexpr std::array help = {"Public keys of root", "Public keys of targets", "Public keys of snapshot", "Public keys of timestamp"};
    for (std::size_t i = 0; i < names.size(); ++i)
        app.add_option("--" + std::string{names[i]} + "-key", options.keys[i], help[i])->type_name("HEX|FILE")->group("Roles");
    app.add_option("--root-threshold", options.thresholds[0], "So many root keys must sign (all)")->group("Roles");
    app.add_option("--targets-threshold", options.thresholds[1], "So many targets keys must sign (all)")->group("Roles");
    app.add_option("--live-key", options.live, "Public key for what changes daily: notices, statuses, lots; of a delegated store: its one key")->type_name("HEX|FILE")->group("Roles");
    app.add_option("--online-key", options.online, "One public key for snapshot, timestamp and what changes daily")->type_name("HEX|FILE")->group("Roles");
    add_now_option(app, options.now);
}

}  // namespace

void add_roles(CLI::App& pipa, int& exit_code) {
    CLI::App* roles = pipa.add_subcommand("roles", "Keys of the published repository: who signs what, here or on another machine");
    roles->require_subcommand(1);
    add_setup(*roles, exit_code, "init", "Name the roles' keys; signs root with those that are at hand",
              "pipa roles init --store office.store --root-key a.pub --root-key b.pub --root-threshold 2 --targets-key t.pub \\\n"
              "    --online-key online.pub --sign-key a.key --sign-key b.key");
    add_setup(*roles, exit_code, "rotate", "Give roles other keys: the next root, signed by the old root keys and the new ones",
              "pipa roles rotate --store office.store --online-key new.pub --sign-key a.key --sign-key b.key");

    const auto delegate = declare_command<DelegateOptions>(*roles, "delegate", "Let a town's or enterprise's own store publish under its name",
                                                           "pipa roles delegate --store office.store --key office.key tangqi tangqi.pub", exit_code, run_delegate);
    add_store_option(*delegate.app, delegate.options->store, Need::Required);
    add_actor_option(*delegate.app, delegate.options->key);
    delegate.app->add_option("name", delegate.options->name, "The other store's name")->required();
    delegate.app->add_option("public-key", delegate.options->public_key, "Its public key")->required()->type_name("HEX|FILE");
    add_now_option(*delegate.app, delegate.options->now);

    const auto show = declare_command<ShowOptions>(*roles, "show", "Versions, expirations, and what waits for signatures", "pipa roles show --store office.store", exit_code, run_show);
    add_store_option(*show.app, show.options->store, Need::Required);
    show.app->add_option("--warn-days", show.options->warn_days, "Exit code 1 where a role ends within so many days (0: where one has expired)")->check(CLI::Range(0, 3650));
    add_now_option(*show.app, show.options->now);

    const auto sign = declare_command<SignOptions>(*roles, "sign", "Sign a request on the machine that has the key, after showing what it says",
                                                   "pipa roles sign root.2.tosign.json --key root-a.key --out root.2.a.json", exit_code, run_sign);
    sign.app->add_option("request", sign.options->request, "ROLE.VERSION.tosign.json, from pipa publish --export-unsigned")->required()->type_name("FILE");
    sign.app->add_option("--key", sign.options->key, "The role's key file")->required()->type_name("FILE");
    sign.app->add_option("--out", sign.options->out, "The signature to write, for pipa publish --import-signature")->required()->type_name("FILE");
    add_passphrase_options(*sign.app, sign.options->passphrase);
    add_now_option(*sign.app, sign.options->now);
}

}  // namespace pipa::cli
