#include "adversary/actors.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "pipa/log/note_signing.hpp"
#include "record/field_data_json.hpp"
#include "support/project_files.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"
#include "trust/checked_dossier.hpp"

namespace pipa::test {
namespace {

using cose::StatementType;

constexpr std::int64_t home = 330113;
constexpr std::int64_t town = 330113100;
constexpr std::int64_t other_town = 330113007;
constexpr std::uint32_t fish_class = 3;

std::vector<StatementType> all_types() {
    std::vector<StatementType> out(story_types().begin(), story_types().end());
    out.push_back(StatementType::Certificate);
    return out;
}

Actor with_key_lost(std::string_view of) {
    Actor out = actor(of);
    out.name = out.name + " whose key was lost";
    out.lost = at(loss);
    return out;
}

Actor with_key_expired(std::string_view of) {
    Actor out = actor(of);
    out.name = out.name + " whose key has run out";
    out.ends = at(expiry);
    return out;
}

const std::vector<Actor>& those_in_order() {
    static const std::vector<Actor> made = {
        {.name = "grower", .party = party_id::grower},
        // Its own keeper, as a large farm is: the registry names the type.
        {.name = "other grower", .party = party_id::other_grower, .types = all_types()},
        {.name = "household", .party = party_id::household},
        {.name = "buyer", .party = party_id::buyer, .role = Role::Buyer},
        {.name = "bureau", .party = party_id::bureau, .role = Role::Bureau, .divisions = {home}},
        {.name = "town's bureau", .party = party_id::town_bureau, .role = Role::Bureau, .elsewhere = true, .divisions = {other_town}},
        {.name = "fishery bureau", .party = party_id::bureau, .role = Role::Bureau, .elsewhere = true, .classes = {fish_class}},
        {.name = "laboratory", .party = party_id::laboratory, .role = Role::Laboratory},
        {.name = "second laboratory", .party = party_id::second_laboratory, .role = Role::Laboratory},
        {.name = "laboratory named for rechecks", .party = party_id::laboratory, .role = Role::Laboratory, .rechecks = true},
        {.name = "fish laboratory", .party = party_id::second_laboratory, .role = Role::Laboratory, .elsewhere = true, .classes = {fish_class}},
        {.name = "grower's own laboratory", .party = party_id::grower, .role = Role::Laboratory},
        {.name = "certifier", .party = party_id::certifier, .role = Role::Certifier},
        {.name = "other certifier", .party = party_id::other_certifier, .role = Role::Certifier},
        {.name = "inspector", .party = party_id::bureau, .role = Role::Inspector, .divisions = {town}},
        {.name = "inspector elsewhere", .party = party_id::bureau, .role = Role::Inspector, .elsewhere = true, .divisions = {other_town}},
        {.name = "shop", .party = party_id::shop, .role = Role::Supplier},
        {.name = "carrier", .party = party_id::carrier, .role = Role::Carrier},
        {.name = "market", .party = party_id::market, .role = Role::Market},
        {.name = "stranger", .registered = false},
    };
    return made;
}

Party party(std::uint32_t id, PartyKind kind, const char* name, const char* uscc, std::int64_t division) {
    return {.id = id, .kind = kind, .name = {name, name}, .uscc = uscc, .division = division};
}

TrustPack make_pack() {
    TrustPack pack{.version = 1, .issued_unix_s = at("2026-11-20T08:00:00+08:00"), .fresh_for_s = 86'400, .usable_for_s = 604'800, .demo = true,
                   .publisher = {"示例", "Demo"}, .hosts = {"pipa.example"}};
    pack.parties = {
        party(party_id::grower, PartyKind::FamilyFarm, "grower", "92330113XXDEM0023Q", town),
        party(party_id::other_grower, PartyKind::Enterprise, "other grower", "91330113XXDEM004XE", other_town),
        party(party_id::buyer, PartyKind::BuyerOrganisation, "buyer", "92330113XXDEM0082U", town),
        party(party_id::household, PartyKind::Household, "household", "", town),
        party(party_id::bureau, PartyKind::Office, "bureau", "", home),
        party(party_id::laboratory, PartyKind::Office, "laboratory", "", home),
        party(party_id::second_laboratory, PartyKind::Office, "second laboratory", "", home),
        party(party_id::certifier, PartyKind::Office, "certifier", "", home),
        party(party_id::other_certifier, PartyKind::Office, "other certifier", "", home),
        party(party_id::shop, PartyKind::Enterprise, "shop", "", town),
        party(party_id::carrier, PartyKind::Enterprise, "carrier", "", town),
        party(party_id::market, PartyKind::Enterprise, "market", "", town),
        party(party_id::town_bureau, PartyKind::Office, "town's bureau", "", other_town),
    };
    for (const Actor& one : actors())
        if (one.registered)
            pack.keys.push_back({.public_key = key_of(one).public_key(), .party = one.party, .role = one.role, .valid_from = at("2026-01-01T00:00:00+08:00"),
                                 .valid_until = one.ends, .compromised_since = one.lost, .scope = {one.divisions, one.classes, one.types}, .rechecks = one.rechecks});
    const auto verifier = [](std::string_view name, note::VerifierKey::Kind kind, std::string_view key) { return write_verifier_key(verifier_key(std::string{name}, kind, worthless_key(key).public_key())); };
    pack.logs = {{.key = verifier(log_name, note::VerifierKey::Kind::Ed25519, log_key), .witnesses = {verifier(witness_name, note::VerifierKey::Kind::Cosignature, witness_key)}, .threshold = 1}};
    pack.products = {{2002, {"芹菜", "Celery"}}, {3001, {"草鱼", "Grass carp"}}};
    pack.divisions = {{home, {"临平区", "Linping"}}, {town, {"塘栖镇", "Tangqi"}}, {other_town, {"崇贤街道", "Chongxian"}}};
    pack.field_data = parse_field_data(read_file(project_file("assets/field/field.json"))).value();
    return pack;
}

// A zlib stream (RFC 1950) of one stored byte, which is the first status and three more that are valid.
Bytes one_byte_list(std::uint8_t byte) {
    const auto sum = static_cast<std::uint8_t>(byte + 1);  // Adler-32 of one byte: both halves are this
    return {0x78, 0x01, 0x01, 0x01, 0x00, 0xFE, 0xFF, byte, 0x00, sum, 0x00, sum};
}

}  // namespace

bool Actor::may_sign_at(UnixSeconds time) const {
    return registered && time >= at("2026-01-01T00:00:00+08:00") && (!ends || time <= *ends) && !lost;
}

const std::vector<Actor>& actors() {
    static const std::vector<Actor> made = [] {
        std::vector<Actor> out = those_in_order();
        for (const char* name : {"grower", "buyer", "bureau", "second laboratory", "certifier", "inspector"}) {
            out.push_back(with_key_lost(name));
            out.push_back(with_key_expired(name));
        }
        return out;
    }();
    return made;
}

const Actor& actor(std::string_view name) {
    const auto& list = those_in_order();
    const auto found = std::ranges::find(list, name, &Actor::name);
    if (found != list.end()) return *found;
    const auto other = std::ranges::find(actors(), name, &Actor::name);
    if (other == actors().end()) throw std::runtime_error("no actor " + std::string{name});
    return *other;
}

const crypto::SecretKey& key_of(const Actor& actor) {
    static std::map<std::string, crypto::SecretKey> keys;
    const auto known = keys.find(actor.name);
    return known != keys.end() ? known->second : keys.emplace(actor.name, worthless_key("adversary: " + actor.name)).first->second;
}

std::string subject_of(std::uint32_t party) {
    const auto& parties = adversary_pack().parties;
    const auto found = std::ranges::find(parties, party, &Party::id);
    return found == parties.end() ? "nobody" : subject_id(*found);
}

std::string subject_of(const Actor& actor) { return subject_of(actor.party); }

UnixSeconds at(std::string_view time) { return parse_time(time).value(); }
DayNumber on(std::string_view day) { return parse_day(day).value(); }

const TrustPack& adversary_pack() {
    static const TrustPack made = make_pack();
    return made;
}

TrustStore make_store(std::optional<Status> first_status) {
    const auto office = worthless_key("office");
    const Bytes message = sign_trust_pack(office, adversary_pack());
    const Bytes public_key = to_bytes(office.public_key());
    Result<TrustStore> store = TrustStore::open(message, public_key);
    if (first_status) {
        RepositoryState state{.expires = at("2026-11-21T08:00:00+08:00"), .signed_at = at("2026-11-20T08:00:00+08:00")};
        state.shards.push_back({.number = 0, .list = StatusList::unpack(one_byte_list(static_cast<std::uint8_t>(*first_status)), status_bits).value()});
        store = TrustStore::open(message, public_key, std::move(state));
    }
    if (!store) throw std::runtime_error("adversary's district: " + answer_of(store.error()));
    return std::move(*store);
}

}  // namespace pipa::test
