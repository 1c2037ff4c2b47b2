#include "pipa/registry/registry.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/hex.hpp"
#include "record/statement_types.hpp"
#include "record/uscc.hpp"
#include "trust/pack_codec.hpp"
#include "trust/cose_verify.hpp"
#include "tlog/log_entry.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t lowest_division = 100'000;
constexpr std::int64_t highest_division = 999'999'999'999;
constexpr std::int64_t seconds_per_hour = 3600;
constexpr std::int64_t max_hours = 24 * 3650;

constexpr std::array roles = {Role::Producer, Role::Buyer, Role::Bureau, Role::Laboratory, Role::Certifier, Role::Inspector,
                              Role::Supplier, Role::Carrier, Role::Market};
constexpr std::array kinds = {PartyKind::Enterprise, PartyKind::Cooperative, PartyKind::FamilyFarm, PartyKind::Household,
                              PartyKind::BuyerOrganisation, PartyKind::BuyerPerson, PartyKind::Office};
// Types by the names that `pipa sign --list` gives; education packs go by their number's name too.
std::vector<cose::StatementType> all_types() {
    std::vector<cose::StatementType> list = {cose::StatementType::Certificate, cose::StatementType::TrustPack, cose::StatementType::EducationPack};
    list.insert(list.end(), story_types().begin(), story_types().end());
    return list;
}

std::string_view type_name(cose::StatementType type) noexcept {
    if (type == cose::StatementType::Certificate) return "certificate";
    if (type == cose::StatementType::TrustPack) return "trust_pack";
    if (type == cose::StatementType::EducationPack) return "education_pack";
    const Schema* schema = schema_of(type);
    return schema == nullptr ? std::string_view{} : schema->name;
}

// The value of an enumeration whose name is written; the first one, and a problem, where there is none.
template <typename List, typename Name>
auto named(JsonReader& reader, std::string_view member, const std::string& written, const List& list, Name name_of) {
    const auto found = std::ranges::find(list, std::string_view{written}, name_of);
    if (found != list.end()) return *found;
    std::string known;
    for (const auto value : list) known += (known.empty() ? "" : ", ") + std::string{name_of(value)};
    reader.report(member, ErrorCode::TrustBadField, "'" + written + "' is none of " + known);
    return list.front();
}

LocalText read_local_text(JsonReader& reader, std::string_view name, bool required) {
    LocalText out;
    bool found = false;
    reader.object(name, [&](JsonReader& text) {
        out.zh_hans = text.need_text("zh-Hans");
        out.en = text.text("en");
        found = true;
    });
    if (required && !found) reader.report(name, ErrorCode::JsonInvalid, "missing");
    return out;
}

Party read_party(JsonReader& reader) {
    Party party;
    party.id = static_cast<std::uint32_t>(reader.need_integer("id", 0, UINT32_MAX));
    party.kind = named(reader, "kind", reader.need_text("kind"), kinds, party_kind_name);
    party.name = read_local_text(reader, "name", true);
    party.uscc = reader.text("uscc");
    party.division = reader.need_integer("division", lowest_division, highest_division);
    party.place = read_local_text(reader, "place", false);
    party.contact = reader.text("contact");
    const auto uscc = party.uscc.empty() ? Result<void>{} : check_uscc(party.uscc);
    if (!uscc) reader.report("uscc", uscc.error().code, party.uscc);
    return party;
}

Scope read_scope(JsonReader& reader) {
    Scope scope;
    scope.division_prefixes = reader.integers("divisions", 1, highest_division);
    for (const std::int64_t number : reader.integers("product_classes", 1, 65))
        scope.product_classes.push_back(static_cast<std::uint32_t>(number));
    for (const std::string& name : reader.texts("types")) scope.types.push_back(named(reader, "types", name, all_types(), type_name));
    return scope;
}

KeyEntry read_key(JsonReader& reader) {
    KeyEntry entry;
    const auto public_key = from_hex(reader.need_text("public_key"));
    if (public_key && public_key->size() == entry.public_key.size()) std::ranges::copy(*public_key, entry.public_key.begin());
    else reader.report("public_key", ErrorCode::Ed25519BadPublicKey, "64 hexadecimal digits are expected");
    entry.party = static_cast<std::uint32_t>(reader.need_integer("party", 0, UINT32_MAX));
    entry.role = named(reader, "role", reader.need_text("role"), roles, role_name);
    entry.valid_from = reader.need_time("valid_from");
    entry.valid_until = reader.time("valid_until");
    entry.compromised_since = reader.time("compromised_since");
    reader.object("scope", [&](JsonReader& scope) { entry.scope = read_scope(scope); });
    entry.store = reader.text("store");
    if (!entry.store.empty() && !is_delegate_name(entry.store)) reader.report("store", ErrorCode::TrustBadField, "1 to 32 of a-z and 0-9 are expected");
    entry.rechecks = reader.flag("rechecks");
    if (entry.rechecks && entry.role != Role::Laboratory) reader.report("rechecks", ErrorCode::TrustBadField, "laboratories alone are named for rechecks");
    if (entry.valid_until && *entry.valid_until < entry.valid_from)
        reader.report("valid_until", ErrorCode::TrustBadField, "earlier than valid_from");
    return entry;
}

NamedCode read_code(JsonReader& reader, std::int64_t lowest) {
    NamedCode out;
    out.code = reader.need_integer("code", lowest, highest_division);
    out.name = read_local_text(reader, "name", true);
    return out;
}

PublicLog read_log(JsonReader& reader) {
    PublicLog log{.key = reader.need_text("key"), .witnesses = reader.texts("witnesses")};
    const auto most = static_cast<std::int64_t>(log.witnesses.size());
    log.threshold = reader.integer("threshold", 0, most).value_or(0);
    if (const auto known = tlog::known_log(log); !known && !log.key.empty()) reader.report({}, known.error().code, known.error().detail);
    return log;
}

void check_keys(const TrustPack& pack, DocumentProblems& problems) {
    std::map<cose::Kid, std::size_t> seen;
    for (std::size_t i = 0; i < pack.keys.size(); ++i) {
        const std::string path = "keys[" + std::to_string(i) + "]";
        const cose::Kid kid = kid_of(pack.keys[i].public_key);
        if (const auto [first, is_new] = seen.try_emplace(kid, i); !is_new)
            problems.push_back({path, {ErrorCode::TrustDuplicateKey, {}, to_hex(kid) + " is keys[" + std::to_string(first->second) + "] too"}});
        if (std::ranges::find(pack.parties, pack.keys[i].party, &Party::id) == pack.parties.end())
            problems.push_back({path + ".party", {ErrorCode::TrustUnknownParty, {}, std::to_string(pack.keys[i].party)}});
    }
}

Json local_text_json(const LocalText& text) {
    Json out = {{"zh-Hans", text.zh_hans}};
    if (!text.en.empty()) out["en"] = text.en;
    return out;
}

Json key_json(const KeyEntry& key) {
    Json out = {{"public_key", to_hex(key.public_key)}, {"party", key.party}, {"role", role_name(key.role)},
                {"valid_from", format_rfc3339(key.valid_from)}};
    if (key.valid_until) out["valid_until"] = format_rfc3339(*key.valid_until);
    if (key.compromised_since) out["compromised_since"] = format_rfc3339(*key.compromised_since);
    if (!key.scope.division_prefixes.empty()) out["scope"]["divisions"] = key.scope.division_prefixes;
    if (!key.scope.product_classes.empty()) out["scope"]["product_classes"] = key.scope.product_classes;
    for (const auto type : key.scope.types) out["scope"]["types"].push_back(type_name(type));
    if (!key.store.empty()) out["store"] = key.store;
    if (key.rechecks) out["rechecks"] = true;
    return out;
}

Json log_json(const PublicLog& log) {
    Json out = {{"key", log.key}};
    if (!log.witnesses.empty()) out["witnesses"] = log.witnesses;
    if (log.threshold > 0) out["threshold"] = log.threshold;
    return out;
}

Json party_json(const Party& party) {
    Json out = {{"id", party.id}, {"kind", party_kind_name(party.kind)}, {"name", local_text_json(party.name)}};
    if (!party.uscc.empty()) out["uscc"] = party.uscc;
    out["division"] = party.division;
    if (!party.place.zh_hans.empty()) out["place"] = local_text_json(party.place);
    if (!party.contact.empty()) out["contact"] = party.contact;
    return out;
}

template <typename List, typename Write>
Json list_json(const List& list, Write write) {
    Json out = Json::array();
    for (const auto& item : list) out.push_back(write(item));
    return out;
}

}  // namespace

DocumentProblems read_registry(const Json& document, TrustPack& out) {
    DocumentProblems problems;
    {
        JsonReader reader(document, {}, problems);
        out.version = reader.need_integer("version", 1, UINT32_MAX);
        out.issued_unix_s = reader.need_time("issued");
        out.fresh_for_s = reader.need_integer("fresh_for_hours", 1, max_hours) * seconds_per_hour;
        out.usable_for_s = reader.need_integer("usable_for_hours", 1, max_hours) * seconds_per_hour;
        out.demo = reader.flag("demo");
        out.publisher = read_local_text(reader, "publisher", true);
        out.hosts = reader.texts("hosts");
        reader.objects("parties", [&](JsonReader& party) { out.parties.push_back(read_party(party)); });
        reader.objects("keys", [&](JsonReader& key) { out.keys.push_back(read_key(key)); });
        reader.objects("products", [&](JsonReader& code) { out.products.push_back(read_code(code, 1000)); });
        reader.objects("divisions", [&](JsonReader& code) { out.divisions.push_back(read_code(code, lowest_division)); });
        reader.objects("logs", [&](JsonReader& log) { out.logs.push_back(read_log(log)); });
        if (out.usable_for_s < out.fresh_for_s) reader.report("usable_for_hours", ErrorCode::TrustBadField, "less than fresh_for_hours");
    }
    check_keys(out, problems);
    if (!std::ranges::all_of(problems, is_uscc_problem)) return problems;
    // The pack's parser is the one place that knows every limit; what it refuses must not be signed.
    if (const auto read_back = decode_trust_pack(encode_trust_pack(out), 0); !read_back)
        problems.push_back({{}, {read_back.error().code, {}, read_back.error().detail}});
    return problems;
}

bool is_uscc_problem(const DocumentProblem& problem) noexcept {
    const ErrorCode code = problem.error.code;
    return code == ErrorCode::UsccBadLength || code == ErrorCode::UsccBadCharacter || code == ErrorCode::UsccWrongCheck;
}

Json registry_json(const TrustPack& pack) {
    const auto named_code = [](const NamedCode& code) { return Json{{"code", code.code}, {"name", local_text_json(code.name)}}; };
    Json out = {{"version", pack.version},
            {"issued", format_rfc3339(pack.issued_unix_s)},
            {"fresh_for_hours", pack.fresh_for_s / seconds_per_hour},
            {"usable_for_hours", pack.usable_for_s / seconds_per_hour},
            {"demo", pack.demo},
            {"publisher", local_text_json(pack.publisher)},
            {"hosts", pack.hosts},
            {"parties", list_json(pack.parties, party_json)},
            {"keys", list_json(pack.keys, key_json)},
            {"products", list_json(pack.products, named_code)},
            {"divisions", list_json(pack.divisions, named_code)}};
    if (!pack.logs.empty()) out["logs"] = list_json(pack.logs, log_json);
    return out;
}

}  // namespace pipa
