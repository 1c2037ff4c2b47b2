// pipa sample, pipa patrol, pipa order, pipa close: what an inspector does before a producer, signed on the spot.
#include <iostream>

#include "base/hex.hpp"
#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/field/queue.hpp"
#include "pipa/field/scanned_subject.hpp"
#include "pipa/field/statement_making.hpp"
#include "pipa/office/references.hpp"
#include "pipa/office/registered.hpp"
#include "pipa/registry/key_file.hpp"
#include "record/statement_types.hpp"

namespace pipa::cli {
namespace {

struct OfficerOptions {
    Voice voice{};
    std::string code{};
    std::string key{};
    PassphraseSource passphrase{};
    TrustOptions trust{};
    std::string queue{};
    std::string now{};
    std::string day{};
    std::string id{};
    std::vector<std::string> lots{};
    std::string finding{};
    std::string sample_number{};
    std::string subject{}, subject_en{};
    std::string order{}, order_en{};
    std::string due{};
    std::string test{};
    std::string closes{};
    std::string disposal{};
    std::string contact{};
    std::string note{}, note_en{};
};

void put_text(Json& payload, const char* name, const std::string& text) {
    if (!text.empty()) payload[name] = text;
}

void put_words(Json& payload, const char* name, const std::string& chinese, const std::string& english) {
    if (chinese.empty()) return;
    payload[name] = {{"zh-Hans", chinese}};
    if (!english.empty()) payload[name]["en"] = english;
}

Json payload_of(const OfficerOptions& options, const ScannedSubject& subject, const std::string& day) {
    Json out = {{"producer", subject.producer}, {"visited", day}, {"finding", options.finding}};
    const std::vector<std::string>& lots = options.lots.empty() ? subject.lots : options.lots;
    if (!lots.empty()) out["lots"] = lots;
    if (!subject.certificate.empty()) out["certificates"] = {subject.certificate};
    put_words(out, "subject", options.subject, options.subject_en);
    put_words(out, "order", options.order, options.order_en);
    put_words(out, "note", options.note, options.note_en);
    put_text(out, "due", options.due);
    put_text(out, "contact", options.contact);
    put_text(out, "sample_number", options.sample_number);
    put_text(out, "disposal", options.disposal);
    if (!options.disposal.empty()) out["closed"] = day;
    return out;
}

struct Visit {
    UnixSeconds now{};
    DayNumber day{};
};

Result<Visit> visit_of(const OfficerOptions& options) {
    const auto now = now_of(options.now);
    if (!now) return std::unexpected(now.error());
    const auto day = options.day.empty() ? Result<DayNumber>{day_of(*now)} : parse_day(options.day);
    if (!day) return fail(day.error().code, {}, "--day");
    if (options.due.empty()) return Visit{*now, *day};
    const auto due = parse_day(options.due);
    if (!due) return fail(due.error().code, {}, "--due");
    if (*due < *day) return fail(ErrorCode::FieldBadOrder, {}, options.due);
    return Visit{*now, *day};
}

// What is at hand of those that the statement refers to must be what it takes them for; of others the office's store will tell.
Result<void> check_references_at_hand(const OfficerOptions& options, const Bytes& message) {
    const auto statement = parse_any_statement(message);
    if (!statement) return std::unexpected(statement.error());
    for (const auto& [key, typed] : {std::pair{patrol_key::test, &options.test}, {patrol_key::closes, &options.closes}}) {
        if (typed->empty()) continue;
        const Bytes other = statement_at_hand(to_hex(statement->binary(key)), *typed, options.queue);
        if (other.empty()) {
            options.voice.warn(*typed + ": not at hand here, so whether it is what you mean shows when the queue is merged");
            continue;
        }
        const auto parsed = parse_any_statement(other);
        if (!parsed) return std::unexpected(parsed.error());
        if (auto fits = must_fit(*statement, key, *parsed); !fits) return fits;
    }
    return {};
}

int run(const OfficerOptions& options) {
    const Voice& voice = options.voice;
    const auto visit = visit_of(options);
    if (!visit) return voice.fail(visit.error());
    const auto trust = open_trust(options.trust);
    if (!trust) return voice.fail(trust.error(), options.trust.pack);
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return voice.fail(key.error(), options.key);
    if (const auto may = check_may_sign(*trust, *key, cose::StatementType::Patrol, visit->now); !may) return voice.fail(may.error(), options.key);
    const auto subject = scan_subject(options.code, *trust);
    if (!subject) return voice.fail(subject.error());
    Json payload = payload_of(options, *subject, format_day(visit->day));
    for (const auto& [name, typed] : {std::pair{"test", &options.test}, {"closes", &options.closes}}) {
        if (typed->empty()) continue;
        const auto reference = reference_of(*typed, options.queue);
        if (!reference) return voice.fail(reference.error());
        payload[name] = *reference;
    }
    const std::string id = options.id.empty() ? derived_id(voice.command, visit->day, payload) : options.id;
    payload["id"] = id;
    payload["issued"] = format_rfc3339(visit->now);
    const auto message = make_statement(payload, cose::StatementType::Patrol, *key);
    if (!message) return voice.fail(message.error());
    if (const auto fits = check_references_at_hand(options, *message); !fits) return voice.fail(fits.error());
    if (trust->is_loaded())
        if (const auto ok = must_stand(*message, *trust, visit->now); !ok) return voice.fail(ok.error(), options.key);
    const auto path = put_into_queue(options.queue, *message);
    if (!path) return voice.fail(path.error());
    if (voice.json) voice.print({{"ok", true}, {"id", id}, {"file", path->string()}, {"statement", payload}});
    else std::cout << id << "  " << subject->name.zh_hans << "  " << subject->certificate << "\n" << path->string() << '\n';
    return done;
}

Command<OfficerOptions> declare_officer(CLI::App& pipa, int& exit_code, const char* name, const char* purpose, const char* example) {
    auto command = declare_command<OfficerOptions>(pipa, name, purpose,
        std::string{example} + "\n\nWorks without a network. The signed statement waits in the queue, one file each, until pipa queue merge takes it\n"
                               "into the office's store.",
        exit_code, run);
    CLI::App& app = *command.app;
    OfficerOptions& options = *command.options;
    app.add_option("code", options.code, "The certificate or card before you: what its code says, a picture, or -")->required()->type_name("TEXT|FILE");
    app.add_option("--key", options.key, "The officer's key file")->required()->type_name("FILE");
    add_passphrase_options(app, options.passphrase);
    add_trust_options(app, options.trust, Need::Required);
    app.add_option("--queue", options.queue, "Folder of signed statements that wait (PIPA_QUEUE)")->envname("PIPA_QUEUE")->required()->type_name("FOLDER");
    app.add_option("--day", options.day, "Day of the visit; today where not given")->type_name("DAY");
    add_now_option(app, options.now);
    app.add_option("--id", options.id, "The statement's own number; made from its content where not given");
    app.add_option("--lot", options.lots, "Lots, where they are not those of the certificate");
    app.add_option("--note", options.note, "Free words, in Chinese");
    app.add_option("--note-en", options.note_en, "The same in English")->needs("--note");
    return command;
}

// The words of a Choice field of a patrol, so that the options' help and check come from the schema.
CLI::Option* add_choice(CLI::App& app, const char* option, std::string& value, const char* field, const char* help) {
    const auto& fields = schema_of(cose::StatementType::Patrol)->fields;
    const auto found = std::ranges::find(fields, std::string_view{field}, &Field::name);
    std::vector<std::string> words(found->choices.begin(), found->choices.end());
    return app.add_option(option, value, help)->check(CLI::IsMember(std::move(words)));
}

void add_subject(CLI::App& app, OfficerOptions& options) {
    app.add_option("--subject", options.subject, "What was looked at, in Chinese");
    app.add_option("--subject-en", options.subject_en, "The same in English")->needs("--subject");
    app.add_option("--contact", options.contact, "The office's telephone, as it may be shown");
}

}  // namespace

void add_officer(CLI::App& pipa, int& exit_code) {
    const auto sample = declare_officer(pipa, exit_code, "sample", "Say that a sample was taken of this lot",
        "pipa sample label.png --key inspector.key --queue queue --sample-number LP-2026-0117");
    sample.options->finding = "in_order";
    sample.app->add_option("--sample-number", sample.options->sample_number, "The number on the sample's seal")->required();
    add_choice(*sample.app, "--finding", sample.options->finding, "finding", "What was found on the spot");

    const auto patrol = declare_officer(pipa, exit_code, "patrol", "Say that this producer was visited, and what was found",
        "pipa patrol label.png --key inspector.key --queue queue --finding in_order --subject 农药仓库");
    add_choice(*patrol.app, "--finding", patrol.options->finding, "finding", "What was found")->required();
    add_subject(*patrol.app, *patrol.options);

    const auto order = declare_officer(pipa, exit_code, "order", "Order a producer to correct something by a day",
        "pipa order label.png --key inspector.key --queue queue --order 停止销售并召回该批次 --due 2026-11-27 --test T03");
    order.options->finding = "to_correct";
    order.app->add_option("--order", order.options->order, "What is to be done, in Chinese")->required();
    order.app->add_option("--order-en", order.options->order_en, "The same in English");
    order.app->add_option("--due", order.options->due, "The last day")->required()->type_name("DAY");
    order.app->add_option("--test", order.options->test, "The failed test that the order answers: its SHA-256 (pipa failures --json) or its file");
    add_choice(*order.app, "--finding", order.options->finding, "finding", "What was found");
    add_subject(*order.app, *order.options);

    const auto close = declare_officer(pipa, exit_code, "close", "Say that an order was carried out, and how",
        "pipa close label.png --key inspector.key --queue queue --closes order-2026-11-20-0123456789ab --disposal destroyed");
    close.options->finding = "in_order";
    close.app->add_option("--closes", close.options->closes, "The order: its SHA-256, its file, or its id where it waits in the queue")->required();
    add_choice(*close.app, "--disposal", close.options->disposal, "disposal", "What became of the goods or the fault")->required();
    close.app->add_option("--test", close.options->test, "The failed test, where the order did not name it: its SHA-256 or its file");
}

}  // namespace pipa::cli
