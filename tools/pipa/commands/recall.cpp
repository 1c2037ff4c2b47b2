// pipa recall: a signed notice about lots, producers, products or certificates; and its end.
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "pipa/commands/recall_notice.hpp"
#include "pipa/issue/issuing.hpp"
#include "pipa/office/notice_reach.hpp"
#include "pipa/office/registered.hpp"
#include "pipa/registry/key_file.hpp"
#include "record/schema.hpp"

namespace pipa::cli {
namespace {

constexpr std::size_t many = 100;  // so many certificates are not recalled without asking

class Recall {
public:
    Recall(const RecallOptions& options, OfficeStore& store, const crypto::SecretKey& key, UnixSeconds now)
        : m_options(options), m_store(store), m_key(key), m_now(now), m_kid(kid_of(key.public_key())) {}

    Result<void> run() {
        auto opened = registry_of(m_store);
        if (!opened) return std::unexpected(opened.error());
        m_registry = std::move(*opened);
        if (auto made = make(); !made) return made;
        if (auto stands = check(); !stands) return stands;
        auto reach = reach_of(m_store, m_registry, m_told, m_now);
        if (!reach) return std::unexpected(reach.error());
        m_reach = std::move(*reach);
        if (!m_options.voice.json) show();
        if (m_options.dry_run) return {};
        if (auto ok = m_options.end.empty() && m_registry ? confirm() : Result<void>{}; !ok) return ok;
        if (const auto put = m_store.put_notice(m_message, {m_kid, m_now}); !put) return std::unexpected(put.error());
        return {};
    }

    // Why it was not signed, where somebody has to say that it is meant.
    [[nodiscard]] const std::string& unconfirmed() const noexcept { return m_unconfirmed; }

    void present() const {
        if (m_options.voice.json)
            m_options.voice.print({{"ok", true}, {"dry_run", m_options.dry_run}, {"notice", m_notice}, {"matches", m_reach.certificates}, {"lots", m_reach.lots},
                                   {"downstream", m_reach.downstream}, {"beyond", m_reach.beyond}, {"unknown", m_reach.unknown}});
        else std::cout << (m_options.dry_run ? "Nothing was signed (--dry-run).\n" : "Signed; readers see it after the next publish.\n");
    }

private:
    Result<void> make() {
        auto notice = make_notice(m_options, m_store, m_registry, m_kid, m_now);
        if (!notice) return std::unexpected(notice.error());
        m_notice = std::move(*notice);
        const auto payload = payload_from_json(m_notice.dump(), *schema_of(cose::StatementType::Notice));
        if (!payload) return std::unexpected(payload.error());
        m_message = Signer(m_key, cose::StatementType::Notice).sign(cbor::encode(*payload));
        return {};
    }

    Result<void> check() {
        if (!m_registry && m_store.identity().prefix.empty()) return fail(ErrorCode::StoreMissingDocument, {}, "registry.cose: pipa store add --store ... trust.cose");
        m_told = check_statement({m_message, parse_any_statement(m_message)}, registry());
        if (!m_told.statement) return std::unexpected(m_told.error.value_or(Error{}));
        if (m_registry) return must_stand(m_told, m_now);
        m_options.voice.warn("this store has no registry: whether readers will take the notice from this key, nobody knows here");
        return {};
    }

    // What the notice of this id, which is in force, speaks of and the new one does not.
    Result<std::vector<std::string>> dropped() const {
        std::vector<std::string> out;
        const auto walked = m_store.each_notice([&](const StoredNotice& notice) -> Result<void> {
            if (notice.id != m_options.id || notice.kid != m_kid || notice.ended) return {};
            const auto reach = reach_of(m_store, m_registry, check_statement({notice.message, parse_any_statement(notice.message)}, registry()), m_now);
            if (!reach) return std::unexpected(reach.error());
            for (const std::string& number : reach->certificates)
                if (std::ranges::find(m_reach.certificates, number) == m_reach.certificates.end()) out.push_back(number);
            return {};
        });
        if (!walked) return std::unexpected(walked.error());
        return out;
    }

    Result<void> confirm() {
        const auto unconfirmed = [this](const std::string& why) { return m_unconfirmed = why, fail(ErrorCode{}); };
        if (m_reach.certificates.empty() && !m_reach.beyond.empty())
            return fail(ErrorCode::FieldNotAllowed, {}, m_reach.beyond.front() + ": its place or product lies outside of the key's scope");
        if (!m_reach.untouched.empty()) return fail(ErrorCode::FieldNotAllowed, {}, m_reach.untouched.front() + ": of another producer or date, or outside of the key's scope");
        if (!m_reach.unknown.empty() && !m_options.elsewhere) return unconfirmed("the store does not have " + m_reach.unknown.front() + " (--elsewhere)");
        const auto lost = m_options.replace ? Result<std::vector<std::string>>{} : dropped();
        if (!lost) return std::unexpected(lost.error());
        if (!lost->empty()) return unconfirmed(m_options.id + " is in force and speaks of " + lost->front() + ", which this one does not (--replace)");
        const std::size_t count = m_reach.certificates.size();
        const std::string says = "it speaks of " + std::to_string(count) + " certificates";
        if (m_options.expect) return *m_options.expect == count ? Result<void>{} : unconfirmed(says + ", not of " + std::to_string(*m_options.expect));
        const bool clear = (count > 0 && count <= many) || (count == 0 && !m_reach.unknown.empty());
        return clear || asked(count) ? Result<void>{} : unconfirmed(says + " (--expect " + std::to_string(count) + ")");
    }

    [[nodiscard]] const TrustStore& registry() const {
        static const TrustStore nobody;
        return m_registry ? *m_registry : nobody;
    }

    static bool asked(std::size_t count) {
        if (::isatty(STDIN_FILENO) == 0) return false;
        std::cout << "Type the number of certificates to sign it: " << std::flush;
        std::string typed;
        return std::getline(std::cin, typed) && typed == std::to_string(count);
    }

    static void list(std::string_view before, const std::vector<std::string>& numbers) {
        constexpr std::size_t shown = 10;
        std::cout << before << numbers.size();
        for (std::size_t i = 0; i < std::min(shown, numbers.size()); ++i) std::cout << (i == 0 ? ": " : ", ") << numbers[i];
        std::cout << (numbers.size() > shown ? ", ...\n" : "\n");
    }

    void show() const {
        std::cout << m_notice.dump(1) << '\n';
        list("It speaks of certificates in the store: ", m_reach.certificates);
        std::cout << "in so many lots: " << m_reach.lots << '\n';
        list("made from those: ", m_reach.downstream);
        if (!m_reach.beyond.empty()) list("its words fit, but the key has no say there: ", m_reach.beyond);
        if (!m_reach.unknown.empty()) list("named, and not in this store: ", m_reach.unknown);
    }

    std::string m_unconfirmed{};
    const RecallOptions& m_options;
    OfficeStore& m_store;
    const crypto::SecretKey& m_key;
    UnixSeconds m_now;
    cose::Kid m_kid;
    Registry m_registry{};
    Json m_notice{};
    Bytes m_message{};
    CheckedStatement m_told{};
    NoticeReach m_reach{};
};

int refuse(const Voice& voice, const std::string& why) {
    std::cerr << "pipa recall: nothing was signed, because it may not be what is meant: " << why << '\n';
    if (voice.json) voice.print({{"ok", false}, {"unconfirmed", why}});
    return usage_error;
}

int run(const RecallOptions& options) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return voice.fail(key.error(), options.key);
    auto store = OfficeStore::open(options.store.path);
    if (!store) return voice.fail(store.error(), options.store.path);
    Recall recall(options, *store, *key, *now);
    const auto signed_it = recall.run();
    if (!recall.unconfirmed().empty()) return refuse(voice, recall.unconfirmed());
    if (!signed_it) return voice.fail(signed_it.error());
    recall.present();
    return done;
}

}  // namespace

void add_recall(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<RecallOptions>(
        pipa, "recall", "Sign a notice: recall, suspension, warning ...; or end one",
        "pipa recall --store office.store --key bureau.key --id N-2026-07 --title '召回云湖甲鱼' --title-en 'Turtles recalled' --lot LOT-06\n"
        "  pipa recall --store office.store --key bureau.key --end N-2026-07\n\n"
        "A notice speaks of a certificate when everything that it names fits. --dry-run says of which, and signs nothing.\n"
        "What it will be told of is shown first: certificates, lots, and what was made from them. Where that is nothing or more\n"
        "than 100, the number has to be typed or given with --expect. A key that readers would not hear is refused.",
        exit_code, run);
    CLI::App& app = *command.app;
    RecallOptions& options = *command.options;
    add_store_option(app, options.store, Need::Required);
    app.add_option("--key", options.key, "The bureau's key file")->required()->type_name("FILE");
    add_passphrase_options(app, options.passphrase);
    auto* end = app.add_option("--end", options.end, "End the notice of this id")->type_name("ID");
    auto* id = app.add_option("--id", options.id, "The notice's own number; the same id again replaces it")->type_name("ID");
    auto* title = app.add_option("--title", options.words[0], "What it is about, in Chinese");
    app.add_option("--title-en", options.words[1], "and in English");
    app.add_option("--text", options.words[2], "What people should do, in Chinese");
    app.add_option("--text-en", options.words[3], "and in English");
    app.add_option("--kind", options.kind, "warning, suspension, recall, disposal, emergency or withdrawal")->capture_default_str()->type_name("KIND");
    app.add_option("--since", options.since, "First day (today)")->type_name("DAY");
    app.add_option("--certificate", options.certificates, "Certificate numbers")->type_name("NUMBER");
    app.add_option("--lot", options.lots, "Lots")->type_name("LOT");
    app.add_option("--producer-of-lot", options.producer, "Whose lots and certificates they are, where the store does not tell: USCC or local:ID")->type_name("SUBJECT");
    app.add_option("--producer", options.producers, "Everything of these producers")->type_name("SUBJECT");
    app.add_option("--product", options.products, "Product codes")->type_name("CODE");
    app.add_option("--issued-from", options.issued_from, "Only certificates issued on this day or later")->type_name("DAY");
    app.add_option("--issued-until", options.issued_until, "Only certificates issued on this day or earlier")->type_name("DAY");
    app.add_flag("--drill", options.drill, "An exercise, and said to be one");
    app.add_option("--expect", options.expect, "So many certificates are meant; with any other number nothing is signed")->type_name("COUNT");
    app.add_flag("--elsewhere", options.elsewhere, "Numbers and lots that this store does not have are in another one");
    app.add_flag("--replace", options.replace, "The notice of this id that is in force may end for goods that this one does not name");
    app.add_flag("--dry-run", options.dry_run, "Show the notice and what it speaks of; sign nothing");
    add_now_option(app, options.now);
    id->excludes(end);
    title->excludes(end);
    app.callback([options = command.options, end, id, title, &exit_code] {
        if (end->count() == 0 && (id->count() == 0 || title->count() == 0)) throw CLI::RequiredError("--id and --title, or --end");
        exit_code = run(*options);
    });
}

}  // namespace pipa::cli
