#include "adversary/scenes.hpp"

#include <stdexcept>

#include "base/hex.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"

namespace pipa::test {
namespace {

using cose::StatementType;

const char* const grower = "92330113XXDEM0023Q";

Certificate of_scenes() {
    Certificate made{.issued_unix_s = at(certificate_issued), .number = of_goods::number, .product_code = of_goods::product, .origin_division = 330113100,
                     .harvest_day = on("2026-11-12"), .lot = of_goods::lot};
    made.quantity = parse_quantity("600 kg").value();
    made.bases = static_cast<BasisSet>(Basis::QualityControl);
    return made;
}

// A record that is being written: statements in JSON, as `pipa dossier` takes them.
class Writer {
public:
    explicit Writer(std::string name, std::string signer = "grower") {
        m_scene.name = std::move(name);
        m_scene.signer = std::move(signer);
        Certificate& made = m_scene.certificate;
        made = of_scenes();
        if (m_scene.signer == "buyer") {
            made.form = Form::Buyer2025;
            made.upstream = {reference_to_message(upstream_message())};
        }
    }

    Writer& add(std::string_view signer, StatementType type, const Json& fields) {
        m_scene.statements.push_back(signed_by(signer, type, fields));
        m_scene.digests[fields["id"].get<std::string>()] = crypto::sha256(m_scene.statements.back());
        return *this;
    }
    Writer& add_notice_of_trust(const Json& fields) {
        m_scene.notices.push_back(signed_by("bureau", StatementType::Notice, fields));
        return *this;
    }
    Writer& add_upstream() {
        m_scene.statements.push_back(upstream_message());
        m_scene.digests[of_goods::upstream_number] = crypto::sha256(upstream_message());
        return *this;
    }
    Writer& damned() {
        m_scene.damned = true;
        return *this;
    }
    [[nodiscard]] Certificate& certificate() { return m_scene.certificate; }
    [[nodiscard]] Scene& scene() { return m_scene; }
    [[nodiscard]] std::string digest(const std::string& id) const { return to_hex(m_scene.digests.at(id)); }

private:
    static Bytes signed_by(std::string_view signer, StatementType type, const Json& fields) {
        const auto payload = payload_from_json(fields.dump(), *schema_of(type));
        if (!payload) throw std::runtime_error(fields.dump() + ": " + pipa::test::answer_of(payload.error()));
        return sign_payload(key_of(actor(signer)), type, cbor::encode(*payload));
    }

    Scene m_scene{};
};

Json about_goods(const char* id, const char* issued = "2026-11-13T08:00:00+08:00") {
    return {{"id", id}, {"issued", issued}, {"producer", grower}, {"lots", {of_goods::lot}}};
}

Json merged(Json base, const Json& changes) {
    for (const auto& [key, value] : changes.items()) base[key] = value;
    return base;
}

const Json words = {{"zh-Hans", "示例"}};

Json harvest(const char* day = "2026-11-12", const char* kg = "650") {
    return merged(about_goods("H1"), {{"step", "harvest"}, {"day", day}, {"quantity_kg", kg}, {"plots", {of_goods::plot}}});
}
Json use(const char* used, const char* substance = "阿维菌素") {
    return merged(about_goods("I1"), {{"kind", "pesticide"}, {"action", "use"}, {"product", "示例"}, {"substance", substance}, {"used", used}, {"interval_days", 7}});
}
Json item(const char* analyte, const char* value, const char* limit) { return {{"analyte", analyte}, {"value", value}, {"unit", "mg/kg"}, {"limit", limit}}; }
Json test(const char* verdict, const Json& items, const char* id = "T1") {
    return merged(about_goods(id), {{"kind", "supervision"}, {"method", "GB 23200.113"}, {"reported", "2026-11-13"}, {"items", items}, {"verdict", verdict}});
}
Json notice(const char* kind) { return {{"id", "N1"}, {"issued", "2026-11-15T08:00:00+08:00"}, {"kind", kind}, {"title", words}, {"since", "2026-11-15"}}; }
Json notice_of_lot(const char* kind) { return merged(notice(kind), {{"producer", grower}, {"lots", {of_goods::lot}}}); }
Json label(const char* holder = grower, const char* until = "2027-12-31") {
    return {{"id", "LB1"}, {"issued", "2026-01-15T08:00:00+08:00"}, {"kind", "green_food"}, {"number", "LB-7"}, {"reference", of_goods::label}, {"holder", holder}, {"product_name", words},
            {"valid_from", "2026-01-01"}, {"valid_until", until}};
}
const Json two_failed = {item("毒死蜱", "0.36", "0.05"), item("克百威", "0.2", "0.02"), item("氧乐果", "0.001", "0.02")};

// A record with nothing against it, but for what a scene is about.
Writer record(const char* name) { return std::move(Writer(name).add("grower", StatementType::Work, harvest())); }
Writer tested(const char* name) { return std::move(record(name).add("grower", StatementType::Input, use("2026-11-01")).add("laboratory", StatementType::Test, test("pass", Json::array({item("毒死蜱", "0.01", "0.05")})))); }
Writer failed(const char* name) { return std::move(record(name).add("laboratory", StatementType::Test, test("fail", two_failed)).damned()); }
Writer bought(const char* name) { return std::move(Writer(name, "buyer").add_upstream()); }
Json of_upstream(Json fields) {
    fields["lots"] = {of_goods::upstream_lot};
    return fields;
}

std::vector<Scene> write_scenes() {
    std::vector<Scene> out;
    const auto take = [&](Writer& writer) { out.push_back(std::move(writer.scene())); };
    const auto take_new = [&](Writer writer) { take(writer); };
    take_new(tested("in order"));
    take_new(failed("failed in two substances"));
    take_new(record("failed by its verdict alone").add("laboratory", StatementType::Test, test("fail", Json::array({item("毒死蜱", "0.01", "0.05")}))).damned());
    take_new(record("suspected by a screening").add("laboratory", StatementType::Test, test("screen_positive", Json::array({Json{{"analyte", "有机磷/氨基甲酸酯类"}, {"result", "positive"}}}))));
    Writer confirmed = failed("failed and confirmed");
    confirmed.add("second laboratory", StatementType::Test, merged(test("fail", two_failed, "T2"), {{"issued", "2026-11-15T08:00:00+08:00"}, {"reported", "2026-11-15"}, {"recheck_of", confirmed.digest("T1")}}));
    take(confirmed);
    Writer by_lost_key = failed("failed, cleared by a lost key");
    by_lost_key.add("second laboratory whose key was lost", StatementType::Test,
                    merged(test("pass", {item("毒死蜱", "0.001", "0.05"), item("克百威", "0.001", "0.02")}, "T2"), {{"issued", "2026-11-15T08:00:00+08:00"}, {"reported", "2026-11-15"}, {"recheck_of", by_lost_key.digest("T1")}}));
    take(by_lost_key);
    Writer of_another_plot = failed("failed, cleared for another plot");
    Json elsewhere = merged(test("pass", {item("毒死蜱", "0.001", "0.05"), item("克百威", "0.001", "0.02")}, "T2"), {{"issued", "2026-11-15T08:00:00+08:00"}, {"reported", "2026-11-15"}, {"recheck_of", of_another_plot.digest("T1")}, {"plots", {"plot-2"}}});
    elsewhere.erase("lots");
    of_another_plot.add("second laboratory", StatementType::Test, elsewhere);
    take(of_another_plot);
    take_new(tested("recalled").add_notice_of_trust(notice_of_lot("recall")).damned());
    take_new(tested("recalled in the record").add("bureau", StatementType::Notice, notice_of_lot("recall")).damned());
    take_new(tested("withdrawn by its issuer").add("grower", StatementType::Notice, notice_of_lot("withdrawal")).damned());
    take_new(tested("its producer suspended").add_notice_of_trust(merged(notice("suspension"), {{"producers", {grower}}})).damned());
    Writer status = tested("withdrawn by status").damned();
    status.certificate().status_index = 0;
    status.scene().status = Status::Invalid;
    take(status);
    take_new(record("interval not kept").add("grower", StatementType::Input, use("2026-11-10")).damned());
    Writer no_day = Writer("interval not kept, no day of harvest").add("grower", StatementType::Input, use("2026-11-10")).damned();
    no_day.certificate().harvest_day = {};
    take(no_day);
    take_new(record("banned substance").add("grower", StatementType::Input, use("2026-10-01", "氧乐果")).damned());
    Writer doubtful = Writer("much to look at").add("grower", StatementType::Work, harvest("2026-11-10", "500")).add("certifier", StatementType::Label, label(grower, "2026-06-30"));
    doubtful.certificate().labels = {of_goods::label, 9};
    doubtful.add("inspector", StatementType::Patrol, merged(about_goods("V1"), {{"visited", "2026-11-13"}, {"finding", "to_correct"}, {"order", words}}));
    doubtful.add("bureau", StatementType::Grade, {{"id", "G1"}, {"issued", "2026-11-01T08:00:00+08:00"}, {"producer", grower}, {"scale", "credit"}, {"letter", "D"}, {"from", "2026-01-01"}, {"until", "2026-12-31"}, {"scale_name", words}});
    take(doubtful);
    Writer other_holder = tested("label of another holder").add("certifier", StatementType::Label, label("91330113XXDEM004XE"));
    other_holder.certificate().labels = {of_goods::label};
    take(other_holder);
    Writer no_label = tested("label not on record");
    no_label.certificate().labels = {of_goods::label};
    take(no_label);
    Writer lost_key = tested("signed with a key lost later");
    lost_key.scene().signer = "grower whose key was lost";
    take(lost_key);
    take_new(bought("bought, in order").add("laboratory", StatementType::Test, of_upstream(test("pass", Json::array({item("毒死蜱", "0.01", "0.05")})))));
    take_new(bought("bought, failed upstream").add("laboratory", StatementType::Test, of_upstream(test("fail", two_failed))).damned());
    take_new(bought("bought, recalled upstream").add_notice_of_trust(merged(notice("recall"), {{"producer", grower}, {"certificates", {of_goods::upstream_number}}})).damned());
    take_new(Writer("bought, upstream not on record", "buyer").add("bureau", StatementType::Grade, {{"id", "G1"}, {"issued", "2026-11-01T08:00:00+08:00"}, {"producer", grower}, {"scale", "credit"}, {"letter", "A"}, {"from", "2026-01-01"}, {"until", "2026-12-31"}, {"scale_name", words}}));
    return out;
}

}  // namespace

void complete(Scene& scene) {
    scene.checked_notices.clear();
    scene.store = std::make_shared<const TrustStore>(make_store(scene.status));
    const Bytes message = sign_certificate(key_of(actor(scene.signer)), scene.certificate);
    scene.certificate_digest = crypto::sha256(message);
    scene.code = read_code(make_qr_text("pipa.example", message), *scene.store);
    for (const Bytes& notice : scene.notices) scene.checked_notices.push_back(check_statement({notice, parse_any_statement(notice)}, *scene.store));
    scene.answer = ask(scene, scene.statements);
}

const Bytes& upstream_message() {
    static const Bytes made = [] {
        Certificate promised = of_scenes();
        promised.issued_unix_s = at("2026-11-11T10:00:00+08:00");
        promised.harvest_day = on("2026-11-11");
        promised.number = of_goods::upstream_number;
        promised.lot = of_goods::upstream_lot;
        return sign_certificate(key_of(actor("grower")), promised);
    }();
    return made;
}

UpstreamReference reference_to_message(ByteView certificate) {
    const auto parsed = parse_certificate(certificate).value();
    return reference_to(parsed.certificate.number, parsed.statement.kid, crypto::sha256(certificate));
}

Scene with_upstream(const Scene& scene, UpstreamReference upstream) {
    Scene out = scene;
    out.certificate.upstream = {std::move(upstream)};
    complete(out);
    return out;
}

const std::vector<Scene>& scenes() {
    static const std::vector<Scene> made = [] {
        std::vector<Scene> out = write_scenes();
        for (Scene& scene : out) complete(scene);
        return out;
    }();
    return made;
}

Bytes make_manifest(const Actor& keeper, std::span<const Bytes> statements, std::string_view issued, std::string_view number) {
    cbor::Value digests = cbor::make_array();
    for (const Bytes& statement : statements) digests.items.push_back(cbor::make_bytes(crypto::sha256(statement)));
    cbor::MapBuilder manifest;
    manifest.add(statement_key::id, cbor::make_text("M1"));
    manifest.add(statement_key::issued, cbor::make_integer(at(issued)));
    manifest.add(statement_key::certificates, cbor::make_array({cbor::make_text(number)}));
    manifest.add(manifest_key::sequence, cbor::make_integer(1));
    manifest.add(manifest_key::digests, std::move(digests));
    return sign_payload(key_of(keeper), StatementType::Manifest, cbor::encode(manifest.finish()));
}

Answer ask(const Scene& scene, std::span<const Bytes> statements, ByteView manifest, std::string log_proof) {
    auto dossier = open_dossier(encode_dossier(manifest, statements), *scene.store);
    if (!dossier) throw std::runtime_error(scene.name + ": " + pipa::test::answer_of(dossier.error()));
    Evidence evidence = Evidence::with(std::make_shared<const CheckedDossier>(std::move(*dossier)));
    evidence.notices = scene.checked_notices;
    evidence.log_proof = std::move(log_proof);
    return answer_of(judge(scene.code, *scene.store, at(judged_at), evidence));
}

Answer ask(const Scene& scene, std::span<const Bytes> statements) { return ask(scene, statements, make_manifest(actor("bureau"), statements)); }

}  // namespace pipa::test
