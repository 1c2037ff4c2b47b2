#include "support/worst_dossiers.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "judge/judge.hpp"
#include "record/field_data_json.hpp"
#include "support/district.hpp"
#include "support/json_records.hpp"
#include "support/project_files.hpp"
#include "support/signing.hpp"

namespace pipa::test {
namespace {

constexpr int statements = 2000;

cbor::MapBuilder statement(int number, UnixSeconds at = worst_issued) {
    cbor::MapBuilder map;
    map.add(statement_key::id, cbor::make_text("S" + std::to_string(number))).add(statement_key::issued, cbor::make_integer(at));
    map.add(statement_key::producer, cbor::make_text("92330113XXDEM0023Q"));
    return map;
}

cbor::Value texts(const std::string& prefix, int from, int count) {
    cbor::Value list = cbor::make_array();
    for (int i = 0; i < count; ++i) list.items.push_back(cbor::make_text(prefix + std::to_string(from + i)));
    return list;
}

Certificate certificate_of(std::string number, std::vector<UpstreamReference> upstream = {}) {
    Certificate certificate{.issued_unix_s = worst_issued, .number = std::move(number), .product_code = 2002, .origin_division = 330113100, .lot = "LOT-W"};
    certificate.quantity = parse_quantity("1 kg").value();
    certificate.harvest_day = day_of(worst_issued);
    certificate.bases = static_cast<BasisSet>(Basis::QualityControl);
    certificate.upstream = std::move(upstream);
    return certificate;
}

WorstDossier dossier_of(std::string name, const std::vector<Bytes>& messages) {
    return {std::move(name), make_qr_text("pipa.example", sign_certificate(worthless_key("P2"), certificate_of("WORST-1"))), encode_dossier({}, messages)};
}

// As many as fit in front of a certificate, one of which has as many again in front of it, and another the rest.
WorstDossier bought(std::string name, std::vector<Bytes> messages) {
    constexpr std::size_t judged = 32;
    messages.resize(messages.size() - judged);
    const auto add = [&](std::size_t number, std::vector<UpstreamReference> upstream) {
        const Bytes message = sign_certificate(worthless_key("P2"), certificate_of("U" + std::to_string(number), std::move(upstream)));
        messages.push_back(message);
        return reference_to("U" + std::to_string(number), kid_of(worthless_key("P2").public_key()), crypto::sha256(message));
    };
    std::size_t made = 0;
    const auto several = [&](std::size_t count) {
        std::vector<UpstreamReference> out;
        for (std::size_t i = 0; i < count; ++i) out.push_back(add(made++, {}));
        return out;
    };
    std::vector<UpstreamReference> first = several(max_upstream - 2);
    first.push_back(add(90, several(max_upstream)));
    first.push_back(add(91, several(judged - 2 * max_upstream)));
    Certificate certificate = certificate_of("WORST-1", std::move(first));
    certificate.form = Form::Buyer2025;
    return {std::move(name), make_qr_text("pipa.example", sign_certificate(worthless_key("P8"), certificate)), encode_dossier({}, messages)};
}

Bytes test_of(int number, int items, std::int64_t value, int verdict, ByteView first) {
    auto map = statement(number, worst_issued + (first.empty() ? 0 : 60));
    map.add(statement_key::lots, cbor::make_array({cbor::make_text("LOT-W")}));
    map.add(test_key::kind, cbor::make_integer(3)).add(test_key::method, cbor::make_text("m")).add(test_key::reported, cbor::make_integer(day_of(worst_issued)));
    cbor::Value list = cbor::make_array();
    for (int i = 0; i < items; ++i) {
        cbor::MapBuilder item;
        item.add(test_item_key::analyte, cbor::make_text("s" + std::to_string(i))).add(test_item_key::value, cbor::make_integer(value));
        item.add(test_item_key::unit, cbor::make_integer(1)).add(test_item_key::limit, cbor::make_integer(5));
        list.items.push_back(item.finish());
    }
    map.add(test_key::items, std::move(list)).add(test_key::verdict, cbor::make_integer(verdict));
    if (!first.empty()) map.add(test_key::recheck_of, cbor::make_bytes(first));
    return sign_payload(worthless_key(first.empty() ? "laboratory" : "second laboratory"), cose::StatementType::Test, cbor::encode(map.finish()));
}

}  // namespace

Bytes worst_trust() {
    TrustPack pack = district().pack;
    pack.field_data = parse_field_data(read_file(project_file("assets/field/field.json"))).value();
    return sign_trust_pack(worthless_key("office"), pack);
}

namespace {

std::vector<Bytes> plots() {
    std::vector<Bytes> messages;
    for (int i = 0; i < statements; ++i) {
        auto map = statement(i);
        map.add(statement_key::lots, cbor::make_array({cbor::make_text("LOT-W")}));
        map.add(statement_key::plots, texts("p", i * 200, 200));
        const bool harvest = i % 2 == 0;
        if (harvest) map.add(work_key::step, cbor::make_integer(2)).add(work_key::day, cbor::make_integer(day_of(worst_issued)));
        else
            map.add(input_key::kind, cbor::make_integer(1))
                .add(input_key::action, cbor::make_integer(1))
                .add(input_key::product, cbor::make_text("毒死蜱"))
                .add(input_key::used, cbor::make_integer(day_of(worst_issued) - 20));
        messages.push_back(sign_payload(worthless_key("P2"), harvest ? cose::StatementType::Work : cose::StatementType::Input, cbor::encode(map.finish())));
    }
    return messages;
}

std::vector<Bytes> rechecks() {
    std::vector<Bytes> messages = {test_of(0, 256, 9, 2, {})};
    const crypto::Digest first = crypto::sha256(messages.front());
    for (int i = 1; i < statements; ++i) messages.push_back(test_of(i, 120, i % 2 == 0 ? 9 : 1, i % 2 == 0 ? 2 : 1, first));
    return messages;
}

}  // namespace

WorstDossier worst_plots() { return dossier_of("plots", plots()); }
WorstDossier worst_rechecks() { return dossier_of("rechecks", rechecks()); }
WorstDossier worst_upstream_plots() { return bought("upstream_plots", plots()); }
WorstDossier worst_upstream_rechecks() { return bought("upstream_rechecks", rechecks()); }

WorstDossier worst_notices() {
    std::vector<Bytes> messages;
    for (int i = 0; i < statements; ++i) {
        auto map = statement(i);
        const bool recall = i + 1 == statements;
        map.add(statement_key::certificates, recall ? cbor::make_array({cbor::make_text("WORST-1")}) : texts("C", i * 100, 100));
        map.add(notice_key::kind, cbor::make_integer(recall ? 3 : 6)).add(notice_key::title, cbor::MapBuilder{}.add(1, cbor::make_text("x")).finish());
        map.add(notice_key::since, cbor::make_integer(day_of(worst_issued)));
        messages.push_back(sign_payload(worthless_key(recall ? "bureau" : "P2"), cose::StatementType::Notice, cbor::encode(map.finish())));
    }
    return dossier_of("notices", messages);
}

}  // namespace pipa::test
