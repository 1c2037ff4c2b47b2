// The dearest dossiers that fit: every rule looks at each statement a bounded number of times, and tells a bounded number of findings.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <ctime>
#include <map>

#include "judge/judge.hpp"
#include "record/field_data_json.hpp"
#include "support/district.hpp"
#include "support/json_records.hpp"
#include "support/project_files.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

constexpr UnixSeconds issued = 1'794'450'000;  // 2026-11-12
// Of this process, so that other work on the machine does not count; what grew with the cube took minutes.
constexpr double most_cpu_seconds = 8;

cbor::MapBuilder statement(int number, UnixSeconds at = issued) {
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

Judgement judged(const std::vector<Bytes>& messages) {
    static const FieldData field = parse_field_data(read_file(project_file("assets/field/field.json"))).value();
    Certificate certificate{.issued_unix_s = issued, .number = "WORST-1", .product_code = 2002, .origin_division = 330113100, .lot = "LOT-W"};
    certificate.quantity = parse_quantity("1 kg").value();
    certificate.harvest_day = day_of(issued);
    certificate.bases = static_cast<BasisSet>(Basis::QualityControl);
    const std::string text = make_qr_text("pipa.example", sign_certificate(worthless_key("P2"), certificate));
    Evidence evidence = Evidence::open(encode_dossier({}, messages), district().store);
    REQUIRE(evidence.dossier);
    evidence.field_data = &field;
    const std::clock_t begin = std::clock();
    Judgement out = judge(text, district().store, issued + 86'400, evidence);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    INFO(messages.size() << " statements took " << seconds << " s");
    CHECK(seconds < most_cpu_seconds);
    std::map<ReasonId, int> told;
    for (const Reason& reason : out.reasons) CHECK(++told[reason.id] <= 32);
    return out;
}

bool says(const Judgement& judgement, ReasonId id) { return std::ranges::find(judgement.reasons, id, &Reason::id) != judgement.reasons.end(); }

}  // namespace

TEST_CASE("bounded: plots and lots at every limit", "[judge][bounded]") {
    std::vector<Bytes> messages;
    for (int i = 0; i < 2000; ++i) {
        auto map = statement(i);
        map.add(statement_key::lots, cbor::make_array({cbor::make_text("LOT-W")}));
        const bool harvest = i % 2 == 0;
        map.add(statement_key::plots, texts("p", i * 200, 200));
        if (harvest) map.add(work_key::step, cbor::make_integer(2)).add(work_key::day, cbor::make_integer(day_of(issued)));
        else map.add(input_key::kind, cbor::make_integer(1)).add(input_key::action, cbor::make_integer(1)).add(input_key::product, cbor::make_text("毒死蜱")).add(input_key::used, cbor::make_integer(day_of(issued) - 20));
        messages.push_back(sign_payload(worthless_key("P2"), harvest ? cose::StatementType::Work : cose::StatementType::Input, cbor::encode(map.finish())));
    }
    const Judgement judgement = judged(messages);
    CHECK(says(judgement, ReasonId::BannedSubstance));
    CHECK(says(judgement, ReasonId::FurtherFindings));
}

TEST_CASE("bounded: one test of many substances, and rechecks of it without end", "[judge][bounded]") {
    const auto test_with = [](int number, int items, std::int64_t value, int verdict, ByteView first) {
        auto map = statement(number, issued + (first.empty() ? 0 : 60));
        map.add(statement_key::lots, cbor::make_array({cbor::make_text("LOT-W")}));
        map.add(test_key::kind, cbor::make_integer(3)).add(test_key::method, cbor::make_text("m")).add(test_key::reported, cbor::make_integer(day_of(issued)));
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
    };
    std::vector<Bytes> messages = {test_with(0, 256, 9, 2, {})};
    const crypto::Digest first = crypto::sha256(messages.front());
    for (int i = 1; i < 2000; ++i) messages.push_back(test_with(i, 120, i % 2 == 0 ? 9 : 1, i % 2 == 0 ? 2 : 1, first));
    const Judgement judgement = judged(messages);
    CHECK(says(judgement, ReasonId::TestFailed));
    CHECK(says(judgement, ReasonId::RecheckConfirmed));
}

TEST_CASE("bounded: a flood of one producer's withdrawals hides no recall", "[judge][bounded]") {
    std::vector<Bytes> messages;
    for (int i = 0; i < 2000; ++i) {
        auto map = statement(i);
        const bool recall = i == 1999;
        map.add(statement_key::certificates, recall ? cbor::make_array({cbor::make_text("WORST-1")}) : texts("C", i * 100, 100));
        map.add(notice_key::kind, cbor::make_integer(recall ? 3 : 6)).add(notice_key::title, cbor::MapBuilder{}.add(1, cbor::make_text("x")).finish());
        map.add(notice_key::since, cbor::make_integer(day_of(issued)));
        messages.push_back(sign_payload(worthless_key(recall ? "bureau" : "P2"), cose::StatementType::Notice, cbor::encode(map.finish())));
    }
    CHECK(judged(messages).verdict == Verdict::Revoked);
}
