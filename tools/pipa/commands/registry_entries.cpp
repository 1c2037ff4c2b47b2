#include "pipa/commands/registry_entries.hpp"

namespace pipa::cli {

Json words(const std::string& chinese, const std::string& english) {
    Json out = {{"zh-Hans", chinese}};
    if (!english.empty()) out["en"] = english;
    return out;
}

Json party_json(const PartyOptions& party) {
    Json out = {{"kind", party.kind}, {"name", words(party.name, party.name_en)}, {"division", party.division}};
    if (!party.uscc.empty()) out["uscc"] = party.uscc;
    if (!party.place.empty()) out["place"] = words(party.place, {});
    if (!party.contact.empty()) out["contact"] = party.contact;
    return out;
}

Json scope_json(const KeyOptions& key) {
    Json out = Json::object();
    if (!key.divisions.empty()) out["divisions"] = key.divisions;
    if (!key.classes.empty()) out["product_classes"] = key.classes;
    if (!key.types.empty()) out["types"] = key.types;
    return out;
}

Json key_json(const KeyOptions& key, const std::string& public_key, std::int64_t party, UnixSeconds now) {
    Json out = {{"public_key", public_key}, {"party", party}, {"role", key.role}, {"valid_from", key.from.empty() ? format_rfc3339(now) : key.from}};
    if (!key.until.empty()) out["valid_until"] = key.until;
    if (Json scope = scope_json(key); !scope.empty()) out["scope"] = std::move(scope);
    if (!key.store.empty()) out["store"] = key.store;
    if (key.rechecks) out["rechecks"] = true;
    return out;
}

int report_problems(const Voice& voice, const DocumentProblems& problems) {
    Json list = Json::array();
    for (const DocumentProblem& problem : problems) {
        voice.complain(problem.error, problem.path);
        list.push_back(json_of(problem.error));
        list.back()["path"] = problem.path;
    }
    if (voice.json) voice.print({{"ok", false}, {"problems", list}});
    return bad_data;
}

void add_party_options(CLI::App& app, PartyOptions& party) {
    app.add_option("--kind", party.kind, "enterprise, cooperative, family_farm, household, buyer_organisation, buyer_person or office")->capture_default_str()->type_name("KIND");
    app.add_option("--name", party.name, "Its name, in Chinese")->required();
    app.add_option("--name-en", party.name_en, "and in English");
    app.add_option("--uscc", party.uscc, "Its unified social credit code; a household may have none")->type_name("USCC");
    app.add_option("--division", party.division, "Where it is registered: division code of 6, 9 or 12 digits")->required()->type_name("CODE");
    app.add_option("--place", party.place, "Village or street, in words");
    app.add_option("--contact", party.contact, "Telephone, as it may be shown");
}

void add_scope_options(CLI::App& app, KeyOptions& key) {
    app.add_option("--scope-division", key.divisions, "Only goods and producers of this place")->type_name("CODE");
    app.add_option("--scope-class", key.classes, "Only goods of this class, a product code's thousands")->type_name("CLASS");
    app.add_option("--scope-type", key.types, "Only this type of statement (pipa sign --list; certificate)")->type_name("TYPE");
}

void add_key_options(CLI::App& app, KeyOptions& key) {
    app.add_option("--from", key.from, "From when on it counts (now)")->type_name("TIME");
    app.add_option("--until", key.until, "Its last second")->type_name("TIME");
    app.add_option("--in-store", key.store, "The delegated store that its certificates are in")->type_name("NAME");
    add_scope_options(app, key);
}

}  // namespace pipa::cli
