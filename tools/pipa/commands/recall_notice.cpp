#include "pipa/commands/recall_notice.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "record/schema.hpp"

namespace pipa::cli {
namespace {

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

std::optional<Party> party_of(const Registry& registry, const cose::Kid& kid) {
    const auto key = registry ? registry->find_key(kid) : nullptr;
    const auto party = key ? registry->find_party(key->party) : nullptr;
    return party ? std::optional{*party} : std::nullopt;
}

// Lots and numbers are their producer's: where the words name none, the store's certificates tell whose they are.
Result<void> add_owner(Json& notice, const OfficeStore& store, const Registry& registry) {
    const bool owned = notice.contains("certificates") || notice.contains("lots");
    if (!owned || notice.contains("producer") || notice.contains("producers")) return {};
    const auto lists = [&](const char* name, const std::string& wanted) {
        return !wanted.empty() && notice.contains(name) && std::ranges::find(notice[name], Json(wanted)) != notice[name].end();
    };
    std::set<std::string> owners;
    const auto walked = store.each_certificate([&](const StoredCertificate& stored) -> Result<void> {
        if (!lists("certificates", stored.number) && !lists("lots", stored.lot)) return {};
        if (const auto party = party_of(registry, stored.kid)) owners.insert(subject_id(*party));
        return {};
    });
    if (!walked) return walked;
    if (owners.size() != 1) return fail(ErrorCode::StatementMissingField, {}, owners.empty() ? "producer" : "producer: several have such lots or numbers");
    notice["producer"] = *owners.begin();
    return {};
}

// Whom and what the notice names must be in the registry: a slip of the pen recalls nothing.
Result<void> check_names(const Json& notice, const Registry& registry) {
    if (!registry) return {};
    std::vector<std::string> subjects = notice.value("producers", std::vector<std::string>{});
    if (notice.contains("producer")) subjects.push_back(notice["producer"].get<std::string>());
    for (const std::string& subject : subjects)
        if (!registry->find_party_if([&](const Party& party) { return is_subject(party, subject); }))
            return fail(ErrorCode::StatementBadField, {}, "producers: the registry has nobody of the id " + subject);
    for (const std::int64_t code : notice.value("products", std::vector<std::int64_t>{}))
        if (registry->product_name(static_cast<std::uint32_t>(code)) == nullptr) return fail(ErrorCode::StatementBadField, {}, "products: the registry does not name " + std::to_string(code));
    return {};
}

}  // namespace

Result<Json> make_notice(const RecallOptions& options, const OfficeStore& store, const Registry& registry, const cose::Kid& kid, UnixSeconds now) {
    auto notice = options.end.empty() ? notice_json(options, now) : ended_json(options, store, kid, now);
    if (!notice) return notice;
    if (const auto owned = add_owner(*notice, store, registry); !owned) return std::unexpected(owned.error());
    if (const auto named = check_names(*notice, registry); !named) return std::unexpected(named.error());
    return notice;
}

}  // namespace pipa::cli
