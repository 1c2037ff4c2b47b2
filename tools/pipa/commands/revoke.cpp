// pipa revoke, pipa suspend
#include <iostream>

#include "pipa/commands/store_option.hpp"
#include "pipa/dossier/dossier_source.hpp"

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

int set_all(const StatusOptions& options, Status status) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    const auto actor = actor_of(options.key, *now);
    if (!actor) return options.voice.fail(actor.error(), options.key);
    auto store = OfficeStore::open(options.store.path);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    int exit_code = done;
    Json list = Json::array();
    for (const std::string& given : options.certificates) {
        const std::string number = number_of(given);
        Result<bool> changed{};
        if (options.dry_run) {
            const auto certificate = store->certificate(number);
            changed = certificate ? Result<bool>{certificate->status != status} : Result<bool>{std::unexpect, certificate.error()};
        } else {
            changed = store->set_status(number, status, *actor);
        }
        if (!changed) {
            options.voice.complain(changed.error(), number);
            exit_code = worse_of(exit_code, exit_code_of(changed.error().code));
            list.push_back({{"number", number}, {"error", json_of(changed.error())}});
            continue;
        }
        list.push_back({{"number", number}, {"status", status_name(status)}, {"changed", *changed}});
        if (!options.voice.json) std::cout << number << "  " << status_name(status) << (options.dry_run ? "  (not done: --dry-run)" : *changed ? "" : "  (it was already)") << '\n';
    }
    if (options.voice.json) options.voice.print({{"ok", exit_code == done}, {"dry_run", options.dry_run}, {"certificates", std::move(list)}});
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
    add_status_options(declare_command<StatusOptions>(pipa, "revoke", "Revoke certificates for good; readers see it after the next publish",
                                                      "pipa revoke --store office.store --key office.key TANGQI-260522-000001", exit_code, run_revoke));
    const auto suspend = declare_command<StatusOptions>(pipa, "suspend", "Suspend certificates for a while, or lift that again",
                                                        "pipa suspend --store office.store --key office.key TANGQI-260522-000001\n"
                                                        "  pipa suspend --lift --store office.store --key office.key TANGQI-260522-000001",
                                                        exit_code, run_suspend);
    add_status_options(suspend);
    suspend.app->add_flag("--lift", suspend.options->lift, "They count again");
}

}  // namespace pipa::cli
