#include "adversary/trials.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "support/signing.hpp"

namespace pipa::test {
namespace {

using cose::StatementType;

constexpr std::size_t no_place = SIZE_MAX;

constexpr std::array<std::string_view, abouts> about_names = {"the lot", "the certificate", "the plot", "the producer", "another lot", "another producer's lot of that name",
                                                              "another producer's certificate of that number", "the lot upstream",
                                                              "another certificate from the plot", "another producer's certificate of the number upstream"};

// A certificate is no table: its fields, and what may be written into them.
using Write = std::function<void(Certificate&)>;
struct CertificateField {
    std::string name;
    std::vector<std::pair<std::string, Write>> values;
};

const std::vector<CertificateField>& certificate_fields() {
    static const std::vector<CertificateField> made = {
        {"issued", {{"backdated", [](Certificate& c) { c.issued_unix_s = at("2026-01-05T08:00:00+08:00"); }}, {"before the key", [](Certificate& c) { c.issued_unix_s = at("2025-12-31T08:00:00+08:00"); }},
                    {"after the loss", [](Certificate& c) { c.issued_unix_s = at(loss); }}, {"next month", [](Certificate& c) { c.issued_unix_s = at("2026-12-20T08:00:00+08:00"); }}}},
        {"expires", {{"run out", [](Certificate& c) { c.expires_unix_s = at("2026-11-13T00:00:00+08:00"); }}, {"latest", [](Certificate& c) { c.expires_unix_s = at("2199-01-01T00:00:00+08:00"); }}}},
        {"number", {{"own", [](Certificate& c) { c.number = of_goods::number; }}, {"upstream", [](Certificate& c) { c.number = of_goods::upstream_number; }}, {"other's", [](Certificate& c) { c.number = "C-9"; }}}},
        {"status_index", {{"first", [](Certificate& c) { c.status_index = 0; }}, {"second", [](Certificate& c) { c.status_index = 1; }}, {"highest", [](Certificate& c) { c.status_index = UINT32_MAX; }}}},
        {"product_code", {{"other's", [](Certificate& c) { c.product_code = 3001; }}, {"missing", [](Certificate& c) { c.product_code = {}, c.product_name = "芹菜"; }}}},
        {"product_name", {{"other's", [](Certificate& c) { c.product_name = "草鱼"; }}}},
        {"quantity", {{"least", [](Certificate& c) { c.quantity.amount = 1; }}, {"highest", [](Certificate& c) { c.quantity.amount = 1'000'000'000; }}}},
        {"origin", {{"other's", [](Certificate& c) { c.origin_division = 330113007; }}, {"another district's", [](Certificate& c) { c.origin_division = 330521; }}}},
        {"harvest_day", {{"missing", [](Certificate& c) { c.harvest_day = {}; }}, {"before the use", [](Certificate& c) { c.harvest_day = on("2026-09-01"); }}, {"next year", [](Certificate& c) { c.harvest_day = on("2027-11-12"); }}}},
        {"form", {{"trial", [](Certificate& c) { c.form = Form::Trial2019; }}, {"buyer's", [](Certificate& c) { c.form = Form::Buyer2025; }}}},
        {"bases", {{"all", [](Certificate& c) { c.bases = bases_of(c.form); }}}},
        {"labels", {{"own", [](Certificate& c) { c.labels = {of_goods::label}; }}, {"other's", [](Certificate& c) { c.labels = {8}; }}}},
        {"lot", {{"own", [](Certificate& c) { c.lot = of_goods::lot; }}, {"upstream", [](Certificate& c) { c.lot = of_goods::upstream_lot; }}, {"missing", [](Certificate& c) { c.lot.clear(); }}}},
        {"upstream", {{"itself", [](Certificate& c) { c.upstream = {{.number = c.number}}; }}, {"own", [](Certificate& c) { c.upstream = {{.number = of_goods::number}}; }}, {"upstream", [](Certificate& c) { c.upstream = {reference_to_message(upstream_message())}; }},
                      {"upstream's number", [](Certificate& c) { c.upstream = {{.number = of_goods::upstream_number}}; }}, {"other's of that number", [](Certificate& c) { c.upstream = {reference_to(of_goods::upstream_number, kid_of(key_of(actor("other grower")).public_key()), Bytes(8, 0x5A))}; }}}},
        {"quarantine_number", {{"any", [](Certificate& c) { c.quarantine_number = "Q-1"; }}}},
        {"gtin", {{"any", [](Certificate& c) { c.gtin = "06901234567892"; }}}},
    };
    return made;
}

Certificate certificate_draft(const Scene& scene, About about) {
    Certificate out = scene.certificate;
    out.upstream.clear();
    out.form = Form::Producer2025;
    out.number = about == About::Number || about == About::OthersNumber ? of_goods::number : about == About::Upstream || about == About::OthersUpstream ? of_goods::upstream_number : "C-2";
    if (about == About::OtherLot || about == About::Producer) out.lot = "L-2";
    if (about == About::Upstream) out.lot = "L-3";
    out.quantity.amount = 10;
    return out;
}

std::vector<StatementType> all_types() {
    std::vector<StatementType> out(story_types().begin(), story_types().end());
    out.push_back(StatementType::Certificate);
    return out;
}

bool is_signer(const Actor& actor, StatementType type) {
    const auto roles = signers_of(type);
    return std::ranges::find(roles, actor.role) != roles.end() && actor.registered;
}

std::size_t values_at(StatementType type, std::size_t place) {
    if (type == StatementType::Certificate) return certificate_fields()[place].values.size();
    return values_of(scenes().front(), *places_of(*schema_of(type))[place].field).size();
}

// Drafts come first: of everybody who may sign a type, in every scene, about everything; of the others once.
struct Drafted {
    Attempt attempt;
    std::size_t scene;
    About about;
};

const std::vector<Drafted>& drafts() {
    static const std::vector<Drafted> made = [] {
        std::vector<Drafted> out;
        for (const Actor& actor : actors())
            for (const StatementType type : all_types()) {
                const bool entitled = is_signer(actor, type);
                for (std::size_t scene = 0; scene < scenes().size(); ++scene)
                    for (int about = 0; about < (entitled ? abouts : 1); ++about)
                        if (entitled || (scene + out.size()) % 8 == 0) out.push_back({{&actor, type, no_place, 0}, scene, static_cast<About>(about)});
            }
        return out;
    }();
    return made;
}

// Then all that the issuer of damned goods may try for them, each in each such scene: nothing there is left to chance.
struct OwnAttempt {
    std::size_t attempt;
    std::size_t scene;
};

const std::vector<OwnAttempt>& own_attempts() {
    static const std::vector<OwnAttempt> made = [] {
        std::vector<OwnAttempt> out;
        for (std::size_t scene = 0; scene < scenes().size(); ++scene)
            for (std::size_t attempt = 0; attempt < attempts().size(); ++attempt)
                if (scenes()[scene].damned && attempts()[attempt].actor->name == scenes()[scene].signer) out.push_back({attempt, scene});
        return out;
    }();
    return made;
}

std::uint64_t mixed(std::uint64_t value) noexcept {  // splitmix64
    value += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

void change(Trial& trial, std::size_t place, std::size_t value) {
    if (trial.type == StatementType::Certificate) {
        const CertificateField& field = certificate_fields()[place];
        field.values[value].second(*trial.certificate);
        trial.changes.push_back({field.name, field.values[value].first});
        return;
    }
    const Place at = places_of(*schema_of(trial.type))[place];
    const std::vector<FieldValue> values = values_of(*trial.scene, *at.field);
    put_at(trial.payload, at, values[value].value);
    trial.changes.push_back({at.path(), values[value].label});
}

void sign(Trial& trial) {
    const crypto::SecretKey& key = key_of(*trial.actor);
    if (trial.certificate) {
        // What the encoder refuses, the actor cannot sign either; a draft in its place.
        if (!encode_certificate(*trial.certificate)) trial.certificate = certificate_draft(*trial.scene, trial.about);
        trial.message = sign_certificate(key, *trial.certificate);
    } else {
        trial.message = sign_payload(key, trial.type, cbor::encode(trial.payload));
    }
}

}  // namespace

std::string name_of(StatementType type) { return type == StatementType::Certificate ? "certificate" : std::string{schema_of(type)->name}; }

std::size_t places_in(StatementType type) { return type == StatementType::Certificate ? certificate_fields().size() : places_of(*schema_of(type)).size(); }

const std::vector<Attempt>& attempts() {
    static const std::vector<Attempt> made = [] {
        std::vector<Attempt> out;
        for (const Actor& actor : actors())
            for (const StatementType type : all_types()) {
                if (!is_signer(actor, type)) continue;
                for (std::size_t place = 0; place < places_in(type); ++place)
                    for (std::size_t value = 0; value < values_at(type, place); ++value) out.push_back({&actor, type, place, value});
            }
        return out;
    }();
    return made;
}

std::size_t rounds_begin() { return drafts().size() + own_attempts().size(); }

Trial make_trial(std::size_t number, std::uint64_t seed) {
    Trial out{.number = number};
    Random random(mixed(mixed(number) ^ seed));
    const bool is_draft = number < drafts().size();
    const bool is_own = !is_draft && number < rounds_begin();
    const std::size_t round = is_draft || is_own ? 0 : (number - rounds_begin()) / attempts().size();
    Attempt attempt;
    if (is_draft) {
        attempt = drafts()[number].attempt;
        out.scene = &scenes()[drafts()[number].scene];
        out.about = drafts()[number].about;
    } else if (is_own) {
        const OwnAttempt& own = own_attempts()[number - drafts().size()];
        attempt = attempts()[own.attempt];
        out.scene = &scenes()[own.scene];
    } else {
        attempt = attempts()[(number - rounds_begin()) % attempts().size()];
        out.scene = &scenes()[random.below(scenes().size())];
        out.about = random.chance(2) ? About::Lot : static_cast<About>(random.below(abouts));
    }
    out.actor = attempt.actor;
    out.type = attempt.type;
    out.payload = cbor::MapBuilder{}.finish();
    if (out.type == StatementType::Certificate) out.certificate = certificate_draft(*out.scene, out.about);
    else out.payload = draft(*out.scene, out.type, out.about);
    if (!is_draft) change(out, attempt.place, attempt.value);
    if (round > 0)
        for (std::uint64_t more = random.below(4); more > 0; --more) {
            const std::size_t place = random.below(places_in(out.type));
            change(out, place, random.below(values_at(out.type, place)));
        }
    sign(out);
    return out;
}

std::string Trial::describe() const {
    std::string out = "trial " + std::to_string(number) + ": in '" + scene->name + "' the " + actor->name + " signs a " + name_of(type) + " about " + std::string{about_names[static_cast<std::size_t>(about)]};
    for (const Change& one : changes) out += (&one == &changes.front() ? " with " : ", ") + one.path + " = " + one.label;
    return out;
}

std::string_view Trial::text(std::int64_t key) const {
    const cbor::Value* value = payload.find(key);
    return value == nullptr ? std::string_view{} : value->text();
}

std::optional<std::int64_t> Trial::integer(std::int64_t key) const {
    const cbor::Value* value = payload.find(key);
    return value == nullptr ? std::nullopt : value->integer();
}

bool Trial::lists(std::int64_t key, std::string_view wanted) const {
    const cbor::Value* value = payload.find(key);
    return value != nullptr && std::ranges::any_of(value->items, [&](const cbor::Value& one) { return one.text() == wanted; });
}

UnixSeconds Trial::issued() const { return certificate ? certificate->issued_unix_s : integer(statement_key::issued).value_or(0); }

}  // namespace pipa::test
