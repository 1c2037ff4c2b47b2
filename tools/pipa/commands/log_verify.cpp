// pipa log verify
#include <iostream>

#include "host/atomic_file.hpp"
#include "pipa/commands/log_commands.hpp"
#include "pipa/commands/options.hpp"
#include "host/files.hpp"
#include "pipa/log/certificate_files.hpp"
#include "pipa/log/log_folder.hpp"
#include "tlog/proof_file.hpp"

namespace pipa::cli {
namespace {

struct VerifyOptions {
    Voice voice{};
    std::string log{};
    std::string proof{};
    std::string certificate{};
    std::string older{}, state{};
    PublicLog named{};
    TrustOptions trust{};
};

// The logs that the reader trusts: the one of --vkey, or those of the trust pack.
Result<std::vector<PublicLog>> trusted_logs(const VerifyOptions& options) {
    if (!options.named.key.empty()) {
        if (const auto known = tlog::known_log(options.named); !known) return std::unexpected(known.error());
        return std::vector{options.named};
    }
    const auto trust = open_trust(options.trust);
    if (!trust) return std::unexpected(trust.error());
    return trust->pack().logs;
}

Json witnesses_json(std::span<const note::Signer> witnesses) {
    Json out = Json::array();
    for (const note::Signer& witness : witnesses) out.push_back({{"name", witness.name}, {"time", format_rfc3339(witness.witnessed_at.value_or(0))}});
    return out;
}

std::string witnesses_text(std::span<const note::Signer> witnesses) {
    std::string text;
    for (const note::Signer& witness : witnesses) text += ", confirmed by " + witness.name + " at " + format_rfc3339(witness.witnessed_at.value_or(0));
    return text;
}

int verify_proof(const VerifyOptions& options, const std::vector<PublicLog>& logs) {
    std::string where;
    const auto certificates = read_certificates(options.certificate, where);
    if (!certificates) return options.voice.fail(certificates.error(), where);
    const auto proof = read_file(options.proof, tlog::max_proof_bytes);
    if (!proof) return options.voice.fail(proof.error());
    Json results = Json::array();
    for (const NamedCertificate& certificate : *certificates) {
        const auto found = tlog::check_log_proof(certificate.message, as_text(*proof), logs);
        if (!found) return fail_log(options.voice, found.error(), options.proof);
        Json result = {{"number", certificate.number}, {"log", found->log}, {"index", found->index}, {"tree_size", found->tree_size}};
        if (found->since) result["since"] = format_rfc3339(*found->since);
        result["witnesses"] = witnesses_json(found->witnesses);
        results.push_back(std::move(result));
        if (options.voice.json) continue;
        std::cout << certificate.number << ": entry " << found->index << " of " << found->tree_size << " in " << found->log;
        if (found->since) std::cout << " since " << format_rfc3339(*found->since);
        std::cout << witnesses_text(found->witnesses) << '\n';
    }
    if (options.voice.json) options.voice.print({{"ok", true}, {"certificates", std::move(results)}});
    return done;
}

// The log that the folder says it is, among those that are trusted.
Result<PublishedLog> open_trusted_log(const VerifyOptions& options, const std::vector<PublicLog>& logs) {
    Result<PublishedLog> opened = fail(ErrorCode::LogProofUnknownLog, {}, options.log);
    for (const PublicLog& named : logs) {
        auto known = tlog::known_log(named);
        if (!known) return std::unexpected(known.error());
        opened = open_log(options.log, std::move(*known));
        if (opened || (opened.error().code != ErrorCode::NoteUnsigned && opened.error().code != ErrorCode::CheckpointWrongOrigin)) break;
    }
    return opened;
}

// What this reader saw last: a log that was set back does not notice it itself. Replaced only by what goes on from it.
int compare_with_state(const VerifyOptions& options, const PublishedLog& log, Json& json, std::string& text) {
    if (options.state.empty()) return done;
    std::error_code ignored;
    if (std::filesystem::exists(options.state, ignored)) {
        const auto seen = read_file(options.state, note::max_note_bytes);
        if (!seen) return options.voice.fail(seen.error());
        const auto older = check_older(log, as_text(*seen));
        if (!older) {
            const int usual = fail_log(options.voice, older.error(), options.state);
            return older.error().code == ErrorCode::MerkleBadSize ? judged_no : usual;  // smaller than what was seen
        }
        json["seen_before"] = older->size;
        text += "; this device saw " + std::to_string(older->size) + " of them before";
    }
    if (const auto ok = write_file_atomically(options.state, log.note); !ok) return options.voice.fail(ok.error());
    return done;
}

int verify_log(const VerifyOptions& options, const std::vector<PublicLog>& logs) {
    const auto log = open_trusted_log(options, logs);
    if (!log) return fail_log(options.voice, log.error(), options.log);
    if (const auto whole = check_whole_log(*log); !whole) return fail_log(options.voice, whole.error(), options.log);
    const tlog::Checkpoint& checkpoint = log->checkpoint.checkpoint;
    Json json = {{"ok", true}, {"log", checkpoint.origin}, {"size", checkpoint.size}, {"witnesses", witnesses_json(log->checkpoint.witnesses)}};
    std::string text = checkpoint.origin + ": all " + std::to_string(checkpoint.size) + " entries lead to the signed root" + witnesses_text(log->checkpoint.witnesses);
    if (!options.older.empty()) {
        const auto older_note = read_file(options.older, note::max_note_bytes);
        if (!older_note) return options.voice.fail(older_note.error());
        const auto older = check_older(*log, as_text(*older_note));
        if (!older) return fail_log(options.voice, older.error(), options.older);
        json["goes_on_from"] = older->size;
        text += "; it begins with the " + std::to_string(older->size) + " of the older checkpoint";
    }
    if (const int exit_code = compare_with_state(options, *log, json, text); exit_code != done) return exit_code;
    if (options.voice.json) options.voice.print(json);
    else std::cout << text << '\n';
    return done;
}

int run(const VerifyOptions& options) {
    const auto wrong_use = [&](const char* text) {
        std::cerr << "pipa " << options.voice.command << ": " << text << '\n';
        return usage_error;
    };
    if (options.log.empty() == options.proof.empty()) return wrong_use("give either --log, or --proof with --certificate");
    if (options.proof.empty() != options.certificate.empty()) return wrong_use("--proof and --certificate go together");
    if (options.log.empty() && !(options.older.empty() && options.state.empty())) return wrong_use("--older and --state go with --log");
    if (options.named.key.empty() && !options.trust.given()) return wrong_use("give --vkey, or --trust with --office-key");
    const auto logs = trusted_logs(options);
    if (!logs) return options.voice.fail(logs.error());
    return options.log.empty() ? verify_proof(options, *logs) : verify_log(options, *logs);
}

}  // namespace

void add_log_verify(CLI::App& log, int& exit_code) {
    const auto command = declare_command<VerifyOptions>(
        log, "verify", "Verify the proof of a certificate, or a whole log",
        "pipa log verify --proof label.tlog-proof --certificate label.png --vkey \"$(cat log.vkey)\"\n"
        "  pipa log verify --log log --vkey \"$(cat log.vkey)\" --older last-week.checkpoint --witness \"$(cat w.vkey)\" --threshold 1\n\n"
        "1: the log or proof is wrong, or too few witnesses confirmed it. 2: it is signed by no log that is trusted here.",
        exit_code, run);
    VerifyOptions& options = *command.options;
    command.app->add_option("--log", options.log, "Verify this whole log: every entry, every tile, the root")->type_name("DIR");
    command.app->add_option("--proof", options.proof, "Verify this proof (C2SP tlog-proof)")->type_name("FILE");
    command.app->add_option("--certificate", options.certificate, "The certificate it is for")->type_name("TEXT|FILE");
    command.app->add_option("--older", options.older, "An older checkpoint of the log, which it must go on from")->type_name("FILE");
    command.app->add_option("--state", options.state, "Where the checkpoint seen last is remembered: one that is smaller, or another history, is refused")->type_name("FILE");
    command.app->add_option("--vkey", options.named.key, "The log's verifier key, as init printed it")->type_name("VKEY");
    command.app->add_option("--witness", options.named.witnesses, "A witness's verifier key; may be given several times")
        ->type_name("VKEY")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command.app->add_option("--threshold", options.named.threshold, "So many witnesses must have confirmed the checkpoint")->check(CLI::Range(0, 16));
    add_trust_options(*command.app, options.trust, Need::Optional);
}

}  // namespace pipa::cli
