// pipa log init, append, prove, show, witness; verify is in log_verify.cpp
#include <filesystem>
#include <iostream>
#include <iterator>

#include "base/hex.hpp"
#include "crypto/base64.hpp"
#include "host/atomic_file.hpp"
#include "pipa/commands/log_commands.hpp"
#include "pipa/commands/options.hpp"
#include "host/files.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/log/certificate_files.hpp"
#include "pipa/log/log_folder.hpp"
#include "host/staged_folder.hpp"
#include "tlog/proof_file.hpp"

namespace pipa::cli {
namespace {

namespace fs = std::filesystem;

struct LogOptions {
    Voice voice{};
    std::string log{};
    std::string key{};
    PassphraseSource passphrase{};
    std::string name{};
    std::string now{};
    std::string proofs{};
    std::string certificate{};
    std::string out{};
    std::string vkey{};
    std::string state{};
    std::vector<std::string> inputs{};
};

std::string vkey_of(const PublishedLog& log) { return write_verifier_key(log.known.key); }

Json checkpoint_json(const PublishedLog& log) {
    const tlog::Checkpoint& checkpoint = log.checkpoint.checkpoint;
    Json out = {{"log", checkpoint.origin}, {"vkey", vkey_of(log)}, {"size", checkpoint.size}, {"root", crypto::to_base64(checkpoint.root)}};
    if (log.checkpoint.signed_at) out["signed_at"] = format_rfc3339(*log.checkpoint.signed_at);
    return out;
}

int run_init(const LogOptions& options) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return options.voice.fail(key.error(), options.key);
    const auto log = init_log(options.log, options.name, *key, *now);
    if (!log) return options.voice.fail(log.error());
    if (options.voice.json) options.voice.print({{"ok", true}, {"log", options.name}, {"vkey", vkey_of(*log)}});
    else std::cout << vkey_of(*log) << '\n';
    return done;
}

// Where the proof of a certificate goes: named by the digest of its message, which its holder can work out.
Result<void> write_proofs(const LogOptions& options, const PublishedLog& log, std::span<const NamedCertificate> certificates, std::span<const Appended> appended) {
    if (auto ok = make_folder(options.proofs); !ok) return ok;
    for (std::size_t i = 0; i < certificates.size(); ++i) {
        const auto proof = prove_in_log(log, appended[i].index);
        if (!proof) return std::unexpected(proof.error());
        const fs::path path = fs::path{options.proofs} / proof_file_name(certificates[i].message);
        // The first proof says the earliest time, so one that is there stays.
        const auto written = write_file_atomically(path, as_bytes(*proof), IfExists::Refuse);
        if (!written && written.error().code != ErrorCode::FileExists) return written;
    }
    return {};
}

int run_append(const LogOptions& options) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    std::vector<NamedCertificate> certificates;
    for (const std::string& input : options.inputs) {
        std::string where;
        auto read = read_certificates(input, where);
        if (!read) return options.voice.fail(read.error(), where);
        std::ranges::move(*read, std::back_inserter(certificates));
    }
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return options.voice.fail(key.error(), options.key);
    std::vector<Bytes> entries;
    for (const NamedCertificate& certificate : certificates) entries.push_back(certificate.entry);
    const auto appended = append_to_log(options.log, *key, entries, *now);
    if (!appended) return options.voice.fail(appended.error(), options.log);
    const auto log = open_log(options.log);
    if (!log) return options.voice.fail(log.error(), options.log);
    if (!options.proofs.empty())
        if (const auto ok = write_proofs(options, *log, certificates, *appended); !ok) return options.voice.fail(ok.error());

    const auto fresh = std::ranges::count(*appended, false, &Appended::was_there);
    if (!options.voice.json) {
        std::cout << options.log << ": " << fresh << " added, " << appended->size() - static_cast<std::size_t>(fresh) << " were there, "
                  << log->checkpoint.checkpoint.size << " in all\n";
        return done;
    }
    Json entries_json = Json::array();
    for (std::size_t i = 0; i < certificates.size(); ++i)
        entries_json.push_back({{"number", certificates[i].number}, {"index", (*appended)[i].index}, {"was_there", (*appended)[i].was_there}});
    options.voice.print({{"ok", true}, {"added", fresh}, {"entries", std::move(entries_json)}, {"checkpoint", checkpoint_json(*log)}});
    return done;
}

int run_prove(const LogOptions& options) {
    std::string where;
    const auto certificates = read_certificates(options.certificate, where);
    if (!certificates) return options.voice.fail(certificates.error(), where);
    if (certificates->size() != 1) return options.voice.fail({ErrorCode::LogNotFound, {}, std::to_string(certificates->size()) + " certificates, one is proved at a time"});
    const auto log = open_log(options.log);
    if (!log) return options.voice.fail(log.error(), options.log);
    const auto index = find_in_log(*log, certificates->front().entry);
    if (!index) return options.voice.fail(index.error(), options.log);
    if (!*index) return fail_log(options.voice, {ErrorCode::LogNotFound, {}, certificates->front().number});
    const auto proof = prove_in_log(*log, **index);
    if (!proof) return options.voice.fail(proof.error(), options.log);
    if (!options.out.empty())
        if (const auto ok = write_file_atomically(options.out, *proof); !ok) return options.voice.fail(ok.error());
    if (options.voice.json) options.voice.print({{"ok", true}, {"number", certificates->front().number}, {"index", **index}, {"size", log->checkpoint.checkpoint.size}, {"proof", *proof}});
    else if (options.out.empty()) std::cout << *proof;
    else std::cout << options.out << ": entry " << **index << " of " << log->checkpoint.checkpoint.size << '\n';
    return done;
}

int run_show(const LogOptions& options) {
    const auto log = open_log(options.log);
    if (!log) return options.voice.fail(log.error(), options.log);
    const auto note = note::parse_note(log->note);
    if (!note) return options.voice.fail(note.error(), options.log);
    Json json = checkpoint_json(*log);
    json["signatures"] = Json::array();
    for (const note::SignatureLine& line : note->signatures) json["signatures"].push_back(line.name);
    if (options.voice.json) {
        options.voice.print(json);
        return done;
    }
    std::cout << "log        " << log->checkpoint.checkpoint.origin << "\nkey        " << vkey_of(*log) << "\nentries    " << log->checkpoint.checkpoint.size
              << "\nroot       " << crypto::to_base64(log->checkpoint.checkpoint.root) << '\n';
    if (log->checkpoint.signed_at) std::cout << "as of      " << format_rfc3339(*log->checkpoint.signed_at) << '\n';
    for (const note::SignatureLine& line : note->signatures) std::cout << "signed by  " << line.name << '\n';
    return done;
}

// What a witness promises: this checkpoint goes on from the last one that it saw. It remembers that one in a file.
int run_witness(const LogOptions& options) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    const auto known = tlog::known_log({.key = options.vkey});
    if (!known) return options.voice.fail(known.error(), "--vkey");
    const auto log = open_log(options.log, *known);
    if (!log) return fail_log(options.voice, log.error(), options.log);
    std::error_code ignored;
    if (fs::exists(options.state, ignored)) {
        const auto seen = read_file(options.state, note::max_note_bytes);
        if (!seen) return options.voice.fail(seen.error());
        if (const auto older = check_older(*log, as_text(*seen)); !older) return fail_log(options.voice, older.error(), options.state);
    } else if (const auto whole = check_whole_log(*log); !whole) {  // the first time there is nothing to go on from
        return fail_log(options.voice, whole.error(), options.log);
    }
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return options.voice.fail(key.error(), options.key);
    // Remembered before it is said: a witness that forgets could confirm two histories.
    if (const auto ok = write_file_atomically(options.state, log->note); !ok) return options.voice.fail(ok.error());
    if (const auto ok = add_cosignature(*log, options.name, *key, *now); !ok) return options.voice.fail(ok.error(), options.log);
    const std::string vkey = write_verifier_key(verifier_key(options.name, note::VerifierKey::Kind::Cosignature, key->public_key()));
    if (options.voice.json) options.voice.print({{"ok", true}, {"size", log->checkpoint.checkpoint.size}, {"vkey", vkey}});
    else std::cout << vkey << '\n';
    return done;
}

void add_log_option(CLI::App& app, LogOptions& options) { app.add_option("--log", options.log, "The log's folder")->required()->type_name("DIR"); }

void add_key_options(CLI::App& app, LogOptions& options, const char* whose) {
    app.add_option("--key", options.key, whose)->required()->type_name("FILE");
    add_passphrase_options(app, options.passphrase);
    add_now_option(app, options.now);
}

void add_name_option(CLI::App& app, LogOptions& options, const char* purpose) { app.add_option("--name", options.name, purpose)->required()->type_name("NAME"); }

}  // namespace

std::string proof_file_name(ByteView certificate_message) { return to_hex(crypto::sha256(certificate_message)) + ".tlog-proof"; }

int fail_log(const Voice& voice, const Error& error, std::string_view where) {
    const int usual = voice.fail(error, where);
    switch (error.code) {
        case ErrorCode::MerkleWrongRoot:
        case ErrorCode::NoteWrongSignature:
        case ErrorCode::LogProofFewWitnesses:
        case ErrorCode::LogNotFound:
        case ErrorCode::LogBroken: return judged_no;
        case ErrorCode::NoteUnsigned:
        case ErrorCode::CheckpointWrongOrigin:
        case ErrorCode::LogProofUnknownLog: return could_not_check;
        default: return usual;
    }
}

void add_log(CLI::App& pipa, int& exit_code) {
    CLI::App* log = pipa.add_subcommand("log", "The public log of issued certificates (C2SP tlog-tiles): add, prove, verify");
    log->require_subcommand(1);

    const auto init = declare_command<LogOptions>(*log, "init", "Begin an empty log and print the key by which others verify it",
                                                  "pipa log init --log log --key log.key --name pipa.linping.example/log", exit_code, run_init);
    add_log_option(*init.app, *init.options);
    add_key_options(*init.app, *init.options, "The log's own key; it signs nothing else");
    add_name_option(*init.app, *init.options, "Host and path under which the log is published");

    const auto append = declare_command<LogOptions>(
        *log, "append", "Add certificates and sign the new checkpoint",
        "pipa log append --log log --key log.key --proofs log/proof codes.txt\n\n"
        "Only a digest of each certificate and its signer's key id are logged. One that is in the log is not added again.",
        exit_code, run_append);
    add_log_option(*append.app, *append.options);
    add_key_options(*append.app, *append.options, "The log's own key");
    append.app->add_option("--proofs", append.options->proofs, "Write the proof of each certificate into this folder; one that is there stays")->type_name("DIR");
    append.app->add_option("input", append.options->inputs, "What a QR code says, a picture, a file with one text a line, a signed certificate, or - for a pipe")
        ->required()
        ->type_name("TEXT|FILE");

    const auto prove = declare_command<LogOptions>(*log, "prove", "Write the proof that a certificate is in the log (C2SP tlog-proof)",
                                                   "pipa log prove --log log --certificate label.png --out label.tlog-proof", exit_code, run_prove);
    add_log_option(*prove.app, *prove.options);
    prove.app->add_option("--certificate", prove.options->certificate, "The certificate, as for append")->required()->type_name("TEXT|FILE");
    prove.app->add_option("--out", prove.options->out, "The file to write; standard output without it")->type_name("FILE");

    add_log_verify(*log, exit_code);

    const auto show = declare_command<LogOptions>(*log, "show", "Show name, key, size and root of a log, and who signed", "pipa log show --log log", exit_code, run_show);
    add_log_option(*show.app, *show.options);

    const auto witness = declare_command<LogOptions>(
        *log, "witness", "Confirm a log's checkpoint as a witness (C2SP tlog-cosignature), if it goes on from the last one seen",
        "pipa log witness --log log --vkey \"$(cat log.vkey)\" --key witness.key --name witness.example --state seen.checkpoint", exit_code, run_witness);
    add_log_option(*witness.app, *witness.options);
    add_key_options(*witness.app, *witness.options, "The witness's own key");
    add_name_option(*witness.app, *witness.options, "The witness's name");
    witness.app->add_option("--vkey", witness.options->vkey, "The log's verifier key")->required()->type_name("VKEY");
    witness.app->add_option("--state", witness.options->state, "Where the last checkpoint that was confirmed is remembered")->required()->type_name("FILE");
}

}  // namespace pipa::cli
