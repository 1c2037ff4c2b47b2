#include <algorithm>
#include <map>

#include "adversary/trials.hpp"

namespace pipa::test {
namespace {

using cose::StatementType;
using Drafted = std::map<std::string_view, cbor::Value>;  // by the field's name

cbor::Value digest_of(const Scene& scene, const char* id) {
    const auto found = scene.digests.find(id);
    return cbor::make_bytes(found == scene.digests.end() ? Bytes(32, 0x0A) : to_bytes(found->second));
}

cbor::Value measured(const char* analyte, std::int64_t value, std::int64_t limit) {
    return cbor::MapBuilder{}.add(test_item_key::analyte, cbor::make_text(analyte)).add(test_item_key::value, cbor::make_integer(value)).add(test_item_key::unit, cbor::make_integer(1)).add(test_item_key::limit, cbor::make_integer(limit)).finish();
}

cbor::Value all_digests(const Scene& scene) {
    cbor::Value out = cbor::make_array();
    out.items.push_back(cbor::make_bytes(scene.certificate_digest));
    for (const Bytes& statement : scene.statements) out.items.push_back(cbor::make_bytes(crypto::sha256(statement)));
    return out;
}

void set_owner(const Scene& scene, About about, Drafted& out) {
    const auto listed = [](const char* text) { return cbor::make_array({cbor::make_text(text)}); };
    const bool others = about == About::OthersLot || about == About::OthersNumber || about == About::OthersUpstream;
    out["producer"] = cbor::make_text(subject_of(others ? party_id::other_grower : about == About::Upstream ? party_id::grower : scene.issuer()));
    if (about == About::Lot || about == About::OthersLot) out["lots"] = listed(of_goods::lot);
    if (about == About::OtherLot) out["lots"] = listed("L-2");
    if (about == About::Upstream) out["lots"] = listed(of_goods::upstream_lot);
    if (about == About::Number || about == About::OthersNumber) out["certificates"] = listed(of_goods::number);
    if (about == About::OtherOfPlot) out["certificates"] = listed("C-2");
    if (about == About::OthersUpstream) out["certificates"] = listed(of_goods::upstream_number);
    if (about == About::Plot || about == About::OtherOfPlot) out["plots"] = listed(of_goods::plot);
}

Drafted test_draft(const Scene& scene) {  // a recheck that has every condition of one
    return {{"kind", cbor::make_integer(static_cast<std::int64_t>(TestKind::Supervision))}, {"method", cbor::make_text("GB 23200.113")}, {"reported", cbor::make_integer(on("2026-11-16"))},
            {"items", cbor::make_array({measured("毒死蜱", 1000, 50'000), measured("克百威", 1000, 20'000), measured("有机磷 12 项", 1000, 50'000)})},
            {"verdict", cbor::make_integer(static_cast<std::int64_t>(TestVerdict::Pass))}, {"recheck_of", digest_of(scene, "T1")}};
}

Drafted own_fields(const Scene& scene, StatementType type) {
    const auto number = [](std::int64_t value) { return cbor::make_integer(value); };
    const auto text = [](std::string_view value) { return cbor::make_text(value); };
    switch (type) {
        case StatementType::Test: return test_draft(scene);
        case StatementType::Label: return {{"number", text("LB-7")}, {"reference", number(of_goods::label)}, {"holder", text(subject_of(scene.issuer()))}, {"valid_from", number(on("2026-01-01"))}, {"valid_until", number(on("2027-12-31"))}};
        case StatementType::Input: return {{"product", text("示例")}, {"substance", text("阿维菌素")}, {"used", number(on("2026-10-01"))}, {"interval_days", number(7)}};
        case StatementType::Work: return {{"step", number(static_cast<std::int64_t>(WorkStep::Harvest))}, {"day", number(on("2026-11-12"))}, {"quantity_kg", number(5000 * micro)}, {"plots", cbor::make_array({text(of_goods::plot), text("plot-2")})}};
        case StatementType::Patrol: return {{"visited", number(on("2026-11-16"))}, {"closed", number(on("2026-11-16"))}, {"closes", digest_of(scene, "V1")}};
        case StatementType::Grade: return {{"letter", text("A")}, {"from", number(on("2026-01-01"))}, {"until", number(on("2026-12-31"))}};
        case StatementType::Notice: return {{"kind", number(static_cast<std::int64_t>(NoticeKind::Withdrawal))}, {"since", number(on("2026-11-15"))}};
        case StatementType::Manifest: return {{"sequence", number(9)}, {"digests", all_digests(scene)}};
        case StatementType::Receipt: return {{"digests", all_digests(scene)}};
        default: return {};
    }
}

}  // namespace

cbor::Value draft(const Scene& scene, StatementType type, About about) {
    Drafted drafted = own_fields(scene, type);
    const bool of_own_plots = drafted.contains("plots") && about == About::Lot;
    if (!of_own_plots) drafted.erase("plots");
    set_owner(scene, about, drafted);
    drafted["id"] = cbor::make_text("S-1");
    drafted["issued"] = cbor::make_integer(at("2026-11-16T08:00:00+08:00"));
    cbor::Value map = cbor::MapBuilder{}.finish();
    for (const Field& field : schema_of(type)->fields) {
        const auto found = drafted.find(field.name);
        if (found != drafted.end()) put(map, field.key, found->second);
        else if (field.required) put(map, field.key, values_of(scene, field).front().value);
    }
    return map;
}

}  // namespace pipa::test
