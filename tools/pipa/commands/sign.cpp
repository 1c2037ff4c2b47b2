// pipa sign
#include <iostream>

#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "host/atomic_file.hpp"
#include "pipa/commands/store_option.hpp"
#include "host/files.hpp"
#include "pipa/office/references.hpp"
#include "pipa/office/registered.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/dossier/statement_signing.hpp"

namespace pipa::cli {
namespace {

constexpr std::size_t max_json_bytes = 4 * max_statement_bytes;

struct SignOptions {
    Voice voice{};
    std::string type{};
    std::string file{};
    std::string key{};
    PassphraseSource passphrase{};
    std::string out{}, now{};
    TrustOptions trust{};
    StoreOption store{};
    bool list{};
};

std::string_view kind_word(FieldKind kind) noexcept {
    static constexpr std::array words = {"text", "integer", "decimal text", "day", "time", "true", "one of", "division", "hexadecimal", "{zh-Hans, en}", "object"};
    return words[static_cast<std::size_t>(kind)];
}

Json field_json(const Field& field) {
    Json out = {{"name", field.name}, {"kind", kind_word(field.kind)}, {"required", field.required}, {"list", field.is_list}};
    for (const std::string_view choice : field.choices) out["choices"].push_back(choice);
    if (field.nested != nullptr)
        for (const Field& inner : field.nested->fields) out["fields"].push_back(field_json(inner));
    return out;
}

void print_fields(const Schema& schema, const std::string& indent) {
    for (const Field& field : schema.fields) {
        std::cout << indent << field.name << (field.required ? "*" : "") << "  " << (field.is_list ? "list of " : "") << kind_word(field.kind);
        for (const std::string_view choice : field.choices) std::cout << (choice == field.choices.front() ? " " : ", ") << choice;
        std::cout << '\n';
        if (field.nested != nullptr) print_fields(*field.nested, indent + "    ");
    }
}

int run_list(const SignOptions& options) {
    Json listed = Json::array();
    for (const cose::StatementType type : story_types()) {
        const Schema& schema = *schema_of(type);
        if (!options.type.empty() && options.type != schema.name) continue;
        Json signers = Json::array();
        for (const Role role : signers_of(type)) signers.push_back(role_name(role));
        if (!options.voice.json) {
            std::cout << schema.name << "  signed by: " << signers.dump() << '\n';
            if (!options.type.empty()) print_fields(schema, "  ");
        }
        listed.push_back({{"type", schema.name}, {"number", static_cast<int>(type)}, {"signers", std::move(signers)}});
        for (const Field& field : schema.fields) listed.back()["fields"].push_back(field_json(field));
    }
    if (listed.empty()) return options.voice.fail({ErrorCode::StatementUnknownType, {}, options.type});
    if (options.voice.json) options.voice.print({{"types", listed}});
    else std::cout << "\n* is required. 'pipa sign TYPE --list' shows a type's fields.\n";
    return done;
}

// Held against the registry that is at hand, and kept where a store is named. Without either nobody can tell here whether readers will take it.
Result<void> hold_and_keep(const SignOptions& options, const Bytes& message, const crypto::PublicKey& signer) {
    const auto now = now_of(options.now);
    if (!now) return std::unexpected(now.error());
    const auto trust = open_trust(options.trust);
    if (!trust) return std::unexpected(trust.error());
    if (trust->is_loaded())
        if (auto ok = must_stand(message, *trust, *now); !ok) return ok;
    if (!options.store.given()) {
        if (!trust->is_loaded()) options.voice.warn("held against no registry: with --trust or --store it is said whether readers will take it");
        return {};
    }
    auto store = OfficeStore::open(options.store.path);
    if (!store) return std::unexpected(store.error());
    const auto registry = registry_of(*store);
    if (!registry) return std::unexpected(registry.error());
    if (*registry)
        if (auto ok = must_stand(message, **registry, *now); !ok) return ok;
    const auto statement = parse_any_statement(message);
    if (!statement) return std::unexpected(statement.error());
    if (auto ok = check_references(*store, *statement, {}); !ok) return ok;
    if (const auto put = store->put_statement(message, actor_of(signer, *now)); !put) return std::unexpected(put.error());
    return {};
}

int run(const SignOptions& options) {
    if (options.list) return run_list(options);
    for (const auto& [value, name] : {std::pair{&options.type, "TYPE"}, {&options.file, "FILE"}, {&options.key, "--key"}, {&options.out, "--out"}}) {
        if (!value->empty()) continue;
        std::cerr << "pipa sign: " << name << " is required (or --list)\n";
        return usage_error;
    }
    const auto type = statement_type_named(options.type);
    if (!type) return options.voice.fail({ErrorCode::StatementUnknownType, {}, options.type});
    const auto json = read_file(options.file, max_json_bytes);
    if (!json) return options.voice.fail(json.error());
    if (!is_utf8(as_text(*json))) return options.voice.fail({ErrorCode::Utf8Invalid}, options.file);
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return options.voice.fail(key.error(), options.key);
    const auto message = sign_statement(*type, as_text(*json), *key);
    if (!message) return options.voice.fail(message.error(), options.file);
    if (const auto ok = hold_and_keep(options, *message, key->public_key()); !ok) return options.voice.fail(ok.error(), options.file);
    if (const auto ok = write_file_atomically(options.out, *message); !ok) return options.voice.fail(ok.error());
    const std::string digest = to_hex(crypto::sha256(*message));
    if (options.voice.json)
        options.voice.print({{"ok", true}, {"type", options.type}, {"out", options.out}, {"bytes", message->size()}, {"digest", digest}, {"kid", to_hex(kid_of(key->public_key()))}});
    else
        std::cout << options.out << ": " << options.type << ", " << message->size() << " bytes, SHA-256 " << digest << '\n';
    return done;
}

}  // namespace

void add_sign(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<SignOptions>(
        pipa, "sign", "Sign a statement: a test, an input, a label, a visit, a notice ...",
        "pipa sign test t02.json --key laboratory.key --out t02.cose\n  pipa sign test --list     what a test says, and who may sign it\n\n"
        "With --trust or --store a key that may not say this is refused; with --store it is kept there, and what it refers to must be there.", exit_code, run);
    command.app->add_option("type", command.options->type, "The type, by name (--list)")->type_name("TYPE");
    command.app->add_option("file", command.options->file, "What it says, as JSON")->type_name("FILE");
    command.app->add_option("--key", command.options->key, "The signer's key file")->type_name("FILE");
    command.app->add_option("--out", command.options->out, "The signed statement to write")->type_name("FILE");
    command.app->add_flag("--list", command.options->list, "Show the types, or the fields of one");
    add_passphrase_options(*command.app, command.options->passphrase);
    add_trust_options(*command.app, command.options->trust, Need::Optional);
    add_store_option(*command.app, command.options->store, Need::Optional);
    add_now_option(*command.app, command.options->now);
}

}  // namespace pipa::cli
