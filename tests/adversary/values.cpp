#include "adversary/values.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <utility>

namespace pipa::test {
namespace {

using Named = std::pair<std::string, cbor::Value>;

std::vector<Named> texts(std::initializer_list<std::pair<const char*, std::string>> list) {
    std::vector<Named> out;
    for (const auto& [label, text] : list) out.emplace_back(label, cbor::make_text(text));
    return out;
}

std::vector<Named> numbers(std::initializer_list<std::pair<const char*, std::int64_t>> list) {
    std::vector<Named> out;
    for (const auto& [label, number] : list) out.emplace_back(label, cbor::make_integer(number));
    return out;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> list) { return std::ranges::find(list, name) != list.end(); }

// Fields whose name says what they refer to. Of a name that is not here the kind of field says enough.
std::vector<Named> words_of(const Scene& scene, std::string_view name) {
    if (is_one_of(name, {"producer", "producers", "holder", "uscc"}))
        return texts({{"own", subject_of(scene.issuer())}, {"other's", subject_of(party_id::other_grower)}, {"household's", subject_of(party_id::household)}, {"grower's", subject_of(party_id::grower)}});
    if (name == "lots") return texts({{"own", of_goods::lot}, {"other's", "L-2"}, {"upstream", of_goods::upstream_lot}, {"folded", "l-1"}});
    if (name == "plots") return texts({{"own", of_goods::plot}, {"other's", "plot-2"}});
    if (name == "certificates") return texts({{"own", of_goods::number}, {"other's", "C-2"}, {"upstream", of_goods::upstream_number}});
    if (name == "id") return texts({{"own", "S-1"}, {"test's", "T1"}, {"notice's", "N1"}, {"label's", "LB1"}});
    if (is_one_of(name, {"analyte", "substance", "product"}))
        return texts({{"failed", "毒死蜱"}, {"failed by another name", "chlorpyrifos"}, {"failed too", "克百威"}, {"allowed", "阿维菌素"}, {"banned", "氧乐果"}, {"group", "有机磷 12 项"}, {"unknown", "示例"}});
    if (name == "method") return texts({{"confirming", "GB 23200.113"}, {"screening", "NY/T 448-2001"}});
    if (name == "letter") return texts({{"best", "A"}, {"worst", "E"}});
    return texts({{"any", "x"}});
}

std::vector<Named> integers_of(std::string_view name, std::int64_t limit) {
    if (name == "reference") return numbers({{"own", of_goods::label}, {"other's", 8}, {"unknown so far", 9}, {"highest", limit}});
    if (is_one_of(name, {"products", "product"})) return numbers({{"own", of_goods::product}, {"other's", 3001}, {"highest", limit}});
    if (name == "areas") return numbers({{"own", 330113}, {"other's", 330521}, {"highest", limit}});
    return numbers({{"none", 0}, {"one", 1}, {"highest", limit}});
}

std::vector<Named> days() {
    return numbers({{"backdated by years", on("2000-01-05")}, {"before the use", on("2026-09-30")}, {"before the harvest", on("2026-11-09")}, {"of the harvest", on("2026-11-12")},
                    {"after the first test", on("2026-11-16")}, {"today", on("2026-11-20")}, {"tomorrow", on("2026-11-21")}, {"next year", on("2027-11-12")}, {"latest", on("2199-12-31")}});
}

std::vector<Named> times() {
    return numbers({{"earliest", at("2000-01-05T00:00:00+08:00")}, {"before the key", at("2025-12-31T23:59:59+08:00")}, {"before keys ran out", at(expiry) - 60}, {"at the certificate's", at(certificate_issued)},
                    {"just after the first test", at("2026-11-13T08:00:01+08:00")}, {"before the loss", at(loss) - 1}, {"after the loss", at(loss)}, {"now", at(judged_at)}, {"next month", at("2026-12-20T08:00:00+08:00")},
                    {"latest", at("2199-12-31T00:00:00+08:00")}});
}

// What another statement may be meant by; those that the scene has not are nobody's.
std::vector<Named> references(const Scene& scene, std::size_t size) {
    std::vector<Named> out;
    for (const char* id : {"T1", "T2", "V1", "LB1", "H1"}) {
        const auto found = scene.digests.find(id);
        out.emplace_back(std::string{"of "} + id, cbor::make_bytes(found == scene.digests.end() || size != found->second.size() ? Bytes(size, 0x0A) : to_bytes(found->second)));
    }
    out.emplace_back("nobody's", cbor::make_bytes(Bytes(size, 0xFF)));
    return out;
}

std::vector<Named> scalars_of(const Scene& scene, const Field& field) {
    const auto with_longest = [&](std::vector<Named> some) {
        some.emplace_back("longest", cbor::make_text(std::string(static_cast<std::size_t>(field.limit), 'X')));
        return some;
    };
    switch (field.kind) {
        case FieldKind::Text: return with_longest(words_of(scene, field.name));
        case FieldKind::Integer: return integers_of(field.name, field.limit);
        case FieldKind::Micro: return numbers({{"none", 0}, {"least", 1}, {"a trace", 10'000}, {"ten", 10 * micro}, {"highest", field.limit}});
        case FieldKind::Day: return days();
        case FieldKind::Time: return times();
        case FieldKind::Flag: return {{"true", cbor::make_bool(true)}};
        case FieldKind::Division: return numbers({{"own", 330113100}, {"other's", 330113007}, {"another district's", 330521}});
        case FieldKind::Binary: return references(scene, static_cast<std::size_t>(field.limit));
        case FieldKind::Local: return {{"words", cbor::MapBuilder{}.add(1, cbor::make_text("示例")).finish()}, {"in English too", cbor::MapBuilder{}.add(1, cbor::make_text("示例")).add(2, cbor::make_text("demo")).finish()}};
        case FieldKind::Record: return {};  // made of the fields in it
        case FieldKind::Choice: break;
    }
    std::vector<Named> out;
    for (std::size_t i = 0; i < field.choices.size(); ++i) out.emplace_back(std::string{field.choices[i]}, cbor::make_integer(static_cast<std::int64_t>(i) + 1));
    return out;
}

// The first value of every field that has to be there.
cbor::Value smallest_record(const Scene& scene, const Schema& schema) {
    cbor::MapBuilder map;
    for (const Field& field : schema.fields)
        if (field.required) map.add(field.key, scalars_of(scene, field).front().second);
    return map.finish();
}

}  // namespace

std::string Place::path() const { return outer == nullptr ? std::string{field->name} : std::string{outer->name} + "/0/" + std::string{field->name}; }

std::vector<Place> places_of(const Schema& schema) {
    std::vector<Place> out;
    for (const Field& field : schema.fields) {
        out.push_back({&field, nullptr});
        if (field.nested == nullptr) continue;
        for (const Field& inner : field.nested->fields) out.push_back({&inner, &field});
    }
    return out;
}

std::vector<FieldValue> values_of(const Scene& scene, const Field& field) {
    std::vector<FieldValue> out;
    std::vector<Named> scalars = scalars_of(scene, field);
    if (field.kind == FieldKind::Record) scalars = {{"smallest", smallest_record(scene, *field.nested)}};
    for (const auto& [label, value] : scalars) out.push_back({label, field.is_list ? cbor::make_array({value}) : value});
    if (field.is_list && scalars.size() > 1) {
        out.push_back({"the first two", cbor::make_array({scalars[0].second, scalars[1].second})});
        cbor::Value many = cbor::make_array();
        for (const auto& [label, value] : scalars) many.items.push_back(value);
        out.push_back({"all", std::move(many)});
    }
    if (field.is_list) out.push_back({"no entry", cbor::make_array()});
    out.push_back({"malformed", cbor::make_null()});
    out.push_back({"missing", {}});
    return out;
}

void put(cbor::Value& map, std::int64_t key, const std::optional<cbor::Value>& value) {
    for (std::size_t i = 0; i + 1 < map.items.size(); i += 2) {
        if (map.items[i].integer() != key) continue;
        if (value) map.items[i + 1] = *value;
        else map.items.erase(map.items.begin() + static_cast<std::ptrdiff_t>(i), map.items.begin() + static_cast<std::ptrdiff_t>(i) + 2);
        return;
    }
    if (!value) return;
    map.items.push_back(cbor::make_integer(key));
    map.items.push_back(*value);
}

void put_at(cbor::Value& payload, const Place& place, const std::optional<cbor::Value>& value) {
    if (place.outer == nullptr) return put(payload, place.field->key, value);
    for (std::size_t i = 0; i + 1 < payload.items.size(); i += 2)
        if (payload.items[i].integer() == place.outer->key && !payload.items[i + 1].items.empty()) put(payload.items[i + 1].items.front(), place.field->key, value);
}

}  // namespace pipa::test
