#include "pipa/commands/options.hpp"

#include <chrono>
#include <cstdlib>

#include "host/files.hpp"
#include "pipa/registry/key_file.hpp"
#include "tuf/limits.hpp"

namespace pipa::cli {

void add_passphrase_options(CLI::App& command, PassphraseSource& source) {
    auto* file = command.add_option("--passphrase-file", source.file, "The key's passphrase is the first line of this file")->type_name("FILE");
    command.add_flag("--passphrase-prompt", source.prompt, "Ask for the passphrase on the terminal; the variable PIPA_PASSPHRASE works too")
        ->excludes(file);
}

void add_trust_options(CLI::App& command, TrustOptions& options, Need need) {
    auto* pack = command.add_option("--trust", options.pack, "The trust pack (PIPA_TRUST)")->envname("PIPA_TRUST")->type_name("FILE");
    auto* key = add_office_key_option(command, options);
    pack->needs(key);
    pack->required(need == Need::Required);
    key->required(need == Need::Required);
}

CLI::Option* add_office_key_option(CLI::App& command, TrustOptions& options) {
    return command.add_option("--office-key", options.office_key, "The public key that the pack must be signed with (PIPA_OFFICE_KEY)")
        ->envname("PIPA_OFFICE_KEY")
        ->type_name("HEX|FILE");
}

Result<TrustStore> open_trust(const TrustOptions& options) {
    if (!options.given()) return TrustStore{};
    const auto key = public_key_of(options.office_key);
    if (!key) return std::unexpected(key.error());
    const auto message = read_file(options.pack, max_trust_pack_bytes);
    if (!message) return std::unexpected(message.error());
    auto store = TrustStore::open(*message, *key);
    if (!store && store.error().detail.empty()) store.error().detail = options.pack;
    return store;
}

void add_trust_source_options(CLI::App& command, TrustOptions& options, Need need) {
    command.add_option("--trust", options.pack, "A trust pack, a phone bundle, or the folder of a mirrored repository (PIPA_TRUST)")
        ->envname("PIPA_TRUST")->type_name("FILE|DIR")->required(need == Need::Required);
    add_office_key_option(command, options);
    command.add_option("--root-pin", options.root_pin, "SHA-256 of the root that a bundle or repository begins with; else root.pin beside it")->type_name("HEX|FILE");
    command.add_option("--root", options.root, "That root file itself, for a repository")->type_name("FILE");
}

namespace {

Result<crypto::Digest> pin_argument(const std::string& hex_or_path) {
    auto pin = parse_root_pin(hex_or_path);
    if (pin || pin.error().code == ErrorCode::BundleWrongRoot) return pin;  // digits, and too few of them
    const auto text = read_file(hex_or_path, 200);
    if (!text) return std::unexpected(text.error());
    return parse_root_pin(as_text(*text));
}

Result<TrustAnchor> anchor_of(const TrustOptions& options) {
    TrustAnchor anchor;
    if (!options.office_key.empty()) {
        const auto key = public_key_of(options.office_key);
        if (!key) return std::unexpected(key.error());
        anchor.office_key = to_bytes(*key);
    }
    if (!options.root.empty()) {
        auto root = read_file(options.root, tuf::Limits{}.root_bytes);
        if (!root) return std::unexpected(root.error());
        anchor.root_file = std::move(*root);
    }
    if (!options.root_pin.empty()) {
        const auto pin = pin_argument(options.root_pin);
        if (!pin) return std::unexpected(pin.error());
        anchor.root_pin = *pin;
        anchor.repository_only = true;
    } else if (!anchor.root_file) {
        const auto beside = root_pin_beside(options.pack);
        if (!beside) return std::unexpected(beside.error());
        anchor.root_pin = *beside;
    }
    return anchor;
}

}  // namespace

Result<OpenedTrust> open_trust_source(const TrustOptions& options) {
    if (!options.given()) return OpenedTrust{};
    const auto anchor = anchor_of(options);
    if (!anchor) return std::unexpected(anchor.error());
    auto found = pipa::open_trust_source(options.pack, *anchor);
    if (found) return found;
    // Both are wrong use of the command line, whatever is in the file.
    if (found.error().code == ErrorCode::TrustWrongSigner && !anchor->office_key) throw CLI::RequiredError("--office-key");
    if (!anchor->office_key && !anchor->root_pin && !anchor->root_file && found.error().code != ErrorCode::FileUnreadable) throw CLI::RequiredError("--office-key, or --root-pin,");
    if (found.error().detail.empty()) found.error().detail = options.pack;
    return found;
}

void add_language_option(CLI::App& command, std::string& tag) {
    command.add_option("--lang", tag, "Language of the texts: zh-Hans or en")->check([](const std::string& wanted) {
        return embedded_catalogue(wanted) != nullptr ? std::string{} : "there is no language '" + wanted + "' (zh-Hans, en)";
    });
}

const Catalogue& catalogue_of(const std::string& tag) {
    if (!tag.empty()) return *embedded_catalogue(tag);
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* locale = std::getenv(name);
        if (locale == nullptr || *locale == '\0') continue;
        return *embedded_catalogue(std::string_view{locale}.starts_with("zh") ? "zh-Hans" : "en");
    }
    return *embedded_catalogue("en");
}

void add_now_option(CLI::App& command, std::string& now) {
    command.add_option("--now", now, "Judge as of this time instead of now, as 2026-11-20T09:30:00+08:00")->type_name("TIME");
}

Result<UnixSeconds> now_of(const std::string& now) {
    if (!now.empty()) return parse_time(now);
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace pipa::cli
