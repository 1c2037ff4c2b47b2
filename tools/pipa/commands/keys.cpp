// pipa keys new, pipa keys show
#include "pipa/commands/command.hpp"

#include <iostream>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/commands/parts.hpp"
#include "pipa/registry/key_file.hpp"

namespace pipa::cli {
namespace {

struct NewOptions {
    Voice voice{};
    std::string out{};
    PassphraseSource passphrase{};
    bool force{};
};

struct ShowOptions {
    Voice voice{};
    std::string file{}, out{};
};

void present(const Voice& voice, const PublicKeyFacts& facts, const std::string& file) {
    const std::string_view locked = facts.locked ? "with a passphrase" : "no passphrase; the file's mode alone protects it";
    if (voice.json) {
        voice.print({{"kid", to_hex(facts.kid)}, {"public_key", to_hex(facts.public_key)}, {"locked", facts.locked}, {"file", file}});
        return;
    }
    std::cout << "file        " << file << "\nkey id      " << to_hex(facts.kid) << "\npublic key  " << to_hex(facts.public_key)
              << "\nlocked      " << locked << '\n';
}

int run_new(const NewOptions& options) {
    const auto passphrase = new_passphrase(options.passphrase);
    if (!passphrase) return options.voice.fail(passphrase.error());
    const auto key = crypto::SecretKey::generate();
    if (!key) return options.voice.fail(key.error());
    const auto written = save_key(options.out, *key, *passphrase, options.force ? IfExists::Replace : IfExists::Refuse);
    if (!written) return options.voice.fail(written.error());
    present(options.voice, {key->public_key(), kid_of(key->public_key()), passphrase->has_value()}, options.out);
    return done;
}

int run_show(const ShowOptions& options) {
    const auto facts = show_key(options.file);
    if (!facts) return options.voice.fail(facts.error(), options.file);
    if (!options.out.empty())
        if (const auto written = write_file_atomically(options.out, to_hex(facts->public_key) + "\n"); !written) return options.voice.fail(written.error());
    present(options.voice, *facts, options.file);
    return done;
}

}  // namespace

void add_keys(CLI::App& pipa, int& exit_code) {
    CLI::App* keys = pipa.add_subcommand("keys", "Make a signing key, show its public half, or change keys of the registry");
    keys->alias("key");
    keys->require_subcommand(1);

    const auto make = declare_command<NewOptions>(*keys, "new", "Make an Ed25519 key in a file that only you can read (mode 0600)",
                                                  "pipa keys new --out yunwu.key --passphrase-prompt", exit_code, run_new);
    make.app->add_option("--out", make.options->out, "The key file to write")->required()->type_name("FILE");
    make.app->add_flag("--force", make.options->force, "Replace an existing file; what the old key signed can no longer be continued");
    add_passphrase_options(*make.app, make.options->passphrase);

    const auto show = declare_command<ShowOptions>(*keys, "show", "Show key id and public key, never the secret",
                                                   "pipa keys show yunwu.key --out yunwu.pub", exit_code, run_show);
    show.app->add_option("file", show.options->file, "A key file")->required()->type_name("FILE");
    show.app->add_option("--out", show.options->out, "Write the public key into this file, to be handed on")->type_name("FILE");

    add_keys_request(*keys, exit_code);
    add_registry_keys(*keys, exit_code);
}

}  // namespace pipa::cli
