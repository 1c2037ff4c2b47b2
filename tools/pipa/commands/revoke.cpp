// pipa revoke, pipa suspend
#include <iostream>

#include "pipa/commands/store_option.hpp"
#include "pipa/dossier/dossier_source.hpp"
#include "pipa/office/registered.hpp"
#include "pipa/store/store_sets.hpp"

namespace pipa::cli {
namespace {

struct StatusOptions {
    Voice voice{};
    StoreOption store{};
    std::string key{}, now{};
    std::vector<std::string> certificates{};
    bool lift{};
    bool dry_run{};
};

// A number, or what the certificate's code says.
std::string number_of(const std::string& given) {
    const std::string number = certificate_number_of(given);
    return number.empty() ? given : number;
}

// What stands in the way of one; nothing where it may be done.
Result<bool> would_change(const OfficeStore& store, const std::optional<TrustStore>& registry, const std::string& number, Status status, const Actor& actor) {
    const auto certificate = store.certificate(number);
    if (!certificate) return std::unexpected(certificate.error());
    if (!certificate->status_index) return fail(ErrorCode::StoreNoStatusIndex, {}, number);
    if (auto may = may_set_status(store, registry, *certificate, status, actor); !may) return std::unexpected(may.error());
    if (certificate->status == Status::Invalid && status != Status::Invalid) return fail(ErrorCode::StoreRevokedIsFinal, {}, number);
    return certificate->status != status;
}

void present(const StatusOptions& options, Status status, const Json& list, bool wrote) {
    if (options.voice.json) return options.voice.print({{"ok", wrote || options.dry_run}, {"dry_run", options.dry_run}, {"written", wrote}, {"certificates", list}});
    for (const Json& one : list)
        if (!one.contains("error"))
            std::cout << one["number"].get<std::string>() << "  " << status_name(status)
                      << (options.dry_run ? "  (not done: --dry-run)" : !wrote ? "  (not done)" : one["changed"].get<bool>() ? "" : "  (it was already)") << '\n';
}

// All or none: half a list would look done.
int set_all(const StatusOptions& options, Status status) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    const auto actor = actor_of(options.key, *now);
    if (!actor) return options.voice.fail(actor.error(), options.key);
    auto store = OfficeStore::open(options.store.path);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    const auto registry = registry_of(*store);
    if (!registry) return options.voice.fail(registry.error(), options.store.path);
    int exit_code = done;
    Json list = Json::array();
    std::vector<std::string> numbers;
    for (const std::string& given : options.certificates) {
        const std::string& number = numbers.emplace_back(number_of(given));
        const auto changes = would_change(*store, *registry, number, status, *actor);
        if (changes) {
            list.push_back({{"number", number}, {"status", status_name(status)}, {"changed", *changes}});
            continue;
        }
        options.voice.complain(changes.error(), number);
        exit_code = worse_of(exit_code, exit_code_of(changes.error().code));
        list.push_back({{"number", number}, {"error", json_of(changes.error())}});
    }
    const bool write = exit_code == done && !options.dry_run;
    if (write)
        if (const auto set = set_statuses(*store, numbers, status, *actor); !set) return options.voice.fail(set.error());
    present(options, status, list, write);
    if (exit_code != done && numbers.size() > 1) std::cerr << "pipa " << options.voice.command << ": none was changed\n";
    return exit_code;
}

int run_revoke(const StatusOptions& options) { return set_all(options, Status::Invalid); }
int run_suspend(const StatusOptions& options) { return set_all(options, options.lift ? Status::Valid : Status::Suspended); }

void add_status_options(const Command<StatusOptions>& command) {
    add_store_option(*command.app, command.options->store, Need::Required);
    add_actor_option(*command.app, command.options->key);
    command.app->add_option("certificate", command.options->certificates, "Certificate numbers, or what their codes say")->required()->type_name("NUMBER|TEXT");
    command.app->add_flag("--dry-run", command.options->dry_run, "Only say what would change");
    add_now_option(*command.app, command.options->now);
}

}  // namespace

void add_revoke(CLI::App& pipa, int& exit_code) {
    add_status_options(declare_command<StatusOptions>(pipa, "revoke", "Revoke certificates for good, all that are named or none; readers see it after the next publish",
                                                      "pipa revoke --store office.store --key office.key TANGQI-260522-000001", exit_code, run_revoke));
    const auto suspend = declare_command<StatusOptions>(pipa, "suspend", "Suspend certificates for a while, or lift that again",
                                                        "pipa suspend --store office.store --key office.key TANGQI-260522-000001\n"
                                                        "  pipa suspend --lift --store office.store --key office.key TANGQI-260522-000001",
                                                        exit_code, run_suspend);
    add_status_options(suspend);
    suspend.app->add_flag("--lift", suspend.options->lift, "They count again");
}

}  // namespace pipa::cli
