// pipa keys request
#include <iostream>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "pipa/commands/registry_entries.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/commands/parts.hpp"
#include "pipa/registry/enrolment.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/registry/registry.hpp"
#include "trust/cose_verify.hpp"

namespace pipa::cli {
namespace {

struct RequestOptions {
    Voice voice{};
    std::string key{}, out{}, role{"producer"};
    PassphraseSource passphrase{};
    PartyOptions party{};
};

int run_request(const RequestOptions& options) {
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return options.voice.fail(key.error(), options.key);
    // What the office would refuse is refused here.
    Json entry = {{"id", 1}};
    entry.update(party_json(options.party));
    const Json registry = {{"version", 1}, {"issued", "2026-01-01"}, {"fresh_for_hours", 1}, {"usable_for_hours", 1}, {"publisher", words("-", {})}, {"hosts", Json::array()},
                           {"parties", Json::array({entry})},
                           {"keys", Json::array({Json{{"public_key", to_hex(key->public_key())}, {"party", 1}, {"role", options.role}, {"valid_from", "2026-01-01"}}})}};
    TrustPack ignored;
    if (const auto problems = read_registry(registry, ignored); !problems.empty()) return report_problems(options.voice, problems);
    const Json request = make_enrolment(party_json(options.party), options.role, *key);
    if (const auto written = write_file_atomically(options.out, request.dump(1) + "\n"); !written) return options.voice.fail(written.error());
    if (options.voice.json) options.voice.print({{"ok", true}, {"out", options.out}, {"kid", to_hex(kid_of(key->public_key()))}});
    else std::cout << options.out << ": send it to the office, and read them the key id over the telephone: " << to_hex(kid_of(key->public_key())) << '\n';
    return done;
}

}  // namespace

void add_keys_request(CLI::App& keys, int& exit_code) {
    const auto request = declare_command<RequestOptions>(keys, "request", "Ask the office to register this key: a signed request, made where the key is",
                                                         "pipa keys request --key yunwu.key --name 云坞枇杷专业合作社 --uscc 93330113XXDEM0015T --division 330113100 --out yunwu.request", exit_code, run_request);
    request.app->add_option("--key", request.options->key, "The key file")->required()->type_name("FILE");
    add_passphrase_options(*request.app, request.options->passphrase);
    request.app->add_option("--role", request.options->role, "producer or buyer")->capture_default_str()->check(CLI::IsMember({"producer", "buyer"}));
    request.app->add_option("--out", request.options->out, "The request to write")->required()->type_name("FILE");
    add_party_options(*request.app, request.options->party);
}

}  // namespace pipa::cli
