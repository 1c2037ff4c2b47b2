// pipa recall: a signed notice about lots, producers, products or certificates; and its end.
#include <algorithm>
#include <charconv>
#include <iostream>
#include <set>

#include "judge/rules.hpp"
#include "pipa/commands/store_option.hpp"
#include "pipa/issue/issuing.hpp"
#include "pipa/registry/key_file.hpp"
#include "record/schema.hpp"
#include "trust/checked_dossier.hpp"

namespace pipa::cli {
namespace {

struct RecallOptions {
    Voice voice{};
    StoreOption store{};
    std::string key{}, now{};
    PassphraseSource passphrase{};
    std::string id{}, kind{"recall"}, since{}, end{};
    std::array<std::string, 4> words{};  // title zh-Hans, en; text zh-Hans, en
    std::vector<std::string> certificates{}, lots{}, producers{}, products{};
    std::string producer{}, issued_from{}, issued_until{};
    bool drill{};
    bool dry_run{};
};

Json local(const std::string& chinese, const std::string& english) {
    Json out = {{"zh-Hans", chinese}};
    if (!english.empty()) out["en"] = english;
    return out;
}

Result<Json> notice_json(const RecallOptions& options, UnixSeconds now) {
    Json out = {{"id", options.id}, {"issued", format_rfc3339(now)}, {"kind", options.kind}, {"title", local(options.words[0], options.words[1])},
                {"since", options.since.empty() ? format_day(day_of(now)) : options.since}};
    if (!options.words[2].empty()) out["text"] = local(options.words[2], options.words[3]);
    for (const auto& [name, list] : {std::pair{"certificates", &options.certificates}, {"lots", &options.lots}, {"producers", &options.producers}})
        if (!list->empty()) out[name] = *list;
    for (const std::string& product : options.products) {
        std::int64_t code = 0;
        if (std::from_chars(product.data(), product.data() + product.size(), code).ptr != product.data() + product.size())
            return fail(ErrorCode::StatementBadField, {}, "products: " + product);
        out["products"].push_back(code);
    }
    for (const auto& [name, text] : {std::pair{"producer", &options.producer}, {"issued_from", &options.issued_from}, {"issued_until", &options.issued_until}})
        if (!text->empty()) out[name] = *text;
    if (options.drill) out["drill"] = true;
    return out;
}

// The notice that is to be ended, with its end and a new time of issue.
Result<Json> ended_json(const RecallOptions& options, const OfficeStore& store, const cose::Kid& kid, UnixSeconds now) {
    std::optional<Json> found;
    const auto walked = store.each_notice([&](const StoredNotice& notice) -> Result<void> {
        if (notice.id != options.end || notice.kid != kid || notice.ended) return {};
        const auto parsed = parse_any_statement(notice.message);
        if (!parsed) return std::unexpected(parsed.error());
        found = Json::parse(payload_to_json(parsed->payload, *schema_of(cose::StatementType::Notice)));
        return {};
    });
    if (!walked) return std::unexpected(walked.error());
    if (!found) return fail(ErrorCode::StoreNoSuchNotice, {}, options.end);
    (*found)["issued"] = format_rfc3339(now);
    // A notice is in force through its last day, so one that ends now has yesterday as its last; even one of today.
    (*found)["ended"] = format_day(day_of(now) - 1);
    return *found;
}

// Who is behind a key, as the store's own registry says; a household without a name where nothing is known.
class Registry {
public:
    explicit Registry(const OfficeStore& store) {
        const auto message = store.document("registry.cose");
        if (!message || !*message) return;
        const auto statement = cose::parse_statement(**message, cose::StatementType::TrustPack, {.max_bytes = max_trust_pack_bytes});
        if (!statement) return;
        if (auto pack = decode_trust_pack(statement->payload, statement->payload_offset)) m_pack = std::move(*pack);
    }
    [[nodiscard]] Party party_of(const cose::Kid& kid) const {
        for (const KeyEntry& key : m_pack.keys)
            if (kid_of(key.public_key) == kid)
                for (const Party& party : m_pack.parties)
                    if (party.id == key.party) return party;
        return {};
    }

private:
    TrustPack m_pack{};
};

// Lots and numbers are their producer's: where the words name none, the store's certificates tell whose they are.
Result<void> add_owner(Json& notice, const OfficeStore& store) {
    const bool owned = notice.contains("certificates") || notice.contains("lots");
    if (!owned || notice.contains("producer") || notice.contains("producers")) return {};
    const Registry registry(store);
    const auto lists = [&](const char* name, const std::string& wanted) {
        return !wanted.empty() && notice.contains(name) && std::ranges::find(notice[name], Json(wanted)) != notice[name].end();
    };
    std::set<std::string> owners;
    const auto walked = store.each_certificate([&](const StoredCertificate& stored) -> Result<void> {
        if (!lists("certificates", stored.number) && !lists("lots", stored.lot)) return {};
        if (const Party party = registry.party_of(stored.kid); party.id != 0) owners.insert(subject_id(party));
        return {};
    });
    if (!walked) return walked;
    if (owners.size() != 1) return fail(ErrorCode::StatementMissingField, {}, owners.empty() ? "producer" : "producer: several have such lots or numbers");
    notice["producer"] = *owners.begin();
    return {};
}

Result<std::vector<std::string>> matched_numbers(const OfficeStore& store, ByteView message) {
    const auto notice = parse_any_statement(message);
    if (!notice) return std::unexpected(notice.error());
    const Registry registry(store);
    const CheckedDossier no_dossier;
    const FieldData no_data;
    std::vector<std::string> out;
    const auto walked = store.each_certificate([&](const StoredCertificate& stored) -> Result<void> {
        const auto certificate = parse_certificate(stored.message);
        if (!certificate) return std::unexpected(certificate.error());
        const Party issuer = registry.party_of(stored.kid);
        if (notice_matches({.certificate = certificate->certificate, .issuer = issuer, .dossier = no_dossier, .field = no_data}, *notice)) out.push_back(stored.number);
        return {};
    });
    if (!walked) return std::unexpected(walked.error());
    return out;
}

void present(const RecallOptions& options, const Json& notice, const std::vector<std::string>& matched) {
    if (options.voice.json) {
        options.voice.print({{"ok", true}, {"dry_run", options.dry_run}, {"notice", notice}, {"matches", matched}});
        return;
    }
    std::cout << notice.dump(1) << "\nIt speaks of " << matched.size() << " certificates in the store";
    constexpr std::size_t shown = 10;
    for (std::size_t i = 0; i < std::min(shown, matched.size()); ++i) std::cout << (i == 0 ? ": " : ", ") << matched[i];
    std::cout << (matched.size() > shown ? ", ...\n" : "\n") << (options.dry_run ? "Nothing was signed (--dry-run).\n" : "Signed; readers see it after the next publish.\n");
}

int run(const RecallOptions& options) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return voice.fail(key.error(), options.key);
    auto store = OfficeStore::open(options.store.path);
    if (!store) return voice.fail(store.error(), options.store.path);
    const Actor actor = actor_of(key->public_key(), *now);
    auto notice = options.end.empty() ? notice_json(options, *now) : ended_json(options, *store, actor.kid, *now);
    if (!notice) return voice.fail(notice.error());
    if (const auto owned = add_owner(*notice, *store); !owned) return voice.fail(owned.error());
    const auto payload = payload_from_json(notice->dump(), *schema_of(cose::StatementType::Notice));
    if (!payload) return voice.fail(payload.error());
    const Bytes message = Signer(*key, cose::StatementType::Notice).sign(cbor::encode(*payload));
    const auto matched = matched_numbers(*store, message);
    if (!matched) return voice.fail(matched.error());
    if (!options.dry_run)
        if (const auto put = store->put_notice(message, actor); !put) return voice.fail(put.error());
    present(options, *notice, *matched);
    return done;
}

}  // namespace

void add_recall(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<RecallOptions>(
        pipa, "recall", "Sign a notice: recall, suspension, warning ...; or end one",
        "pipa recall --store office.store --key bureau.key --id N-2026-07 --title '召回云湖甲鱼' --title-en 'Turtles recalled' --lot LOT-06\n"
        "  pipa recall --store office.store --key bureau.key --end N-2026-07\n\n"
        "A notice speaks of a certificate when everything that it names fits. --dry-run says of which, and signs nothing.",
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
