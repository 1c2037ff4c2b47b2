// What a site publishes of its certificates: tests/vectors/records.json; and record files held against their head.
#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "support/edn.hpp"
#include "support/exact_bytes.hpp"
#include "support/messages.hpp"
#include "support/random_values.hpp"
#include "support/record_files.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::map<std::string, Edn, std::less<>> names() { return {{"digest", {encode_edn("h'" + std::string(64, 'a') + "'").bytes, {}}}}; }

// The answer, and what is read written again: "ok" only where that is the same.
std::string read_and_write(const std::string& kind, ByteView file) {
    const auto again = [&]<typename T>(const Result<T>& read, const auto& write) {
        if (!read) return answer_of(read.error());
        return write(*read).value() == to_bytes(file) ? std::string{"ok"} : std::string{"written otherwise"};
    };
    if (kind == "head") return again(parse_records_head(file), encode_records_head);
    if (kind == "envelope") return again(parse_record_envelope(file), encode_record_envelope);
    return again(parse_records(file), encode_records);
}

Bytes certificate_numbered(const std::string& number) {
    Certificate certificate{.issued_unix_s = parse_time("2026-11-19T08:00:00+08:00").value(), .number = number, .product_code = 1004,
                            .quantity = {.amount = 30, .unit = Unit::Kilogram}, .origin_division = 330113100, .bases = 1};
    return sign_certificate(worthless_key("P2"), certificate);
}

std::vector<CertificateRecord> random_records(Random& random, std::size_t count) {
    std::map<std::string, CertificateRecord> made;
    while (made.size() < count) {
        const std::string number = random.from_alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 1, 32);
        CertificateRecord record{.number = number, .certificate = random.bytes(1 + random.below(40))};
        if (random.chance(3)) record.dossier = random.bytes(random.below(60));
        else if (random.chance(3)) record.large_dossier = LargeDossier{crypto::sha256(as_bytes(record.number)), 1 + random.below(1000)};
        if (random.chance(3)) record.log_proof = random.bytes(random.below(60));
        made.insert_or_assign(record.number, std::move(record));
    }
    std::vector<CertificateRecord> out;
    for (auto& [number, record] : made) out.insert(out.begin() + static_cast<std::ptrdiff_t>(random.below(out.size() + 1)), std::move(record));
    return out;
}

std::string opened(ByteView file, const RecordsHead& head, std::uint32_t index) {
    return answer_of(open_record_file(Exact(file).view(), head, index));
}

}  // namespace

TEST_CASE("records: heads, envelopes and entries are accepted and refused as their table says", "[record]") {
    for_each_row("records.json", [](Row& row) {
        INFO(row.where());
        const Edn file = encode_edn(row.text("cbor"), names());
        CHECK(read_and_write(row.text("kind"), Exact(file.bytes).view()) == expected_answer(row.text("answer"), file));
    });
}

TEST_CASE("records: a certificate stands under its own number or not at all", "[record]") {
    const Bytes certificate = certificate_numbered("TEST-1");
    CHECK(answer_of(encode_records({{.number = "TEST-1", .certificate = certificate}})) == "ok");
    CHECK(without_detail(answer_of(encode_records({{.number = "TEST-2", .certificate = certificate}}))) == "records.wrong_number@1");
}

TEST_CASE("records: each limit is kept, by the writer too", "[record]") {
    CHECK(answer_of(parse_record_envelope(Bytes(max_record_file_bytes + 1))) == "records.too_large@65536");
    CHECK(answer_of(encode_record_envelope({.content = Bytes(max_record_file_bytes)})) == "records.too_large@65536");
    CHECK(answer_of(parse_records(Bytes(max_record_content_bytes + 1))) == "records.too_large@1048576");
    std::vector<CertificateRecord> many;
    for (std::size_t i = 0; i <= max_record_entries; ++i) many.push_back({.number = std::to_string(100'000 + i), .certificate = {1}});
    CHECK(answer_of(encode_records(many)) == "records.too_large@0");
    many.pop_back();
    CHECK(answer_of(encode_records(many)) == "ok");
    Bytes longer = encode_record_envelope({.content = {1}}).value();
    longer.push_back(0);
    CHECK(answer_of(parse_record_envelope(longer)) == "cbor.trailing_bytes@6");
    CHECK(without_detail(answer_of(encode_records({{.number = "A", .certificate = Bytes(max_certificate_bytes + 1)}}))) == "records.malformed@1");
}

TEST_CASE("records: a file is called by the first bits of SHA-256 of its numbers", "[record]") {
    // FIPS 180-4: SHA-256 of 'abc' begins with ba7816bf, of nothing with e3b0c442.
    CHECK(record_place("abc") == 0xba7816bf);
    CHECK(record_index("abc", 0) == 0);
    CHECK(record_index("abc", 1) == 1);
    CHECK(record_index("abc", 9) == 0x174);
    CHECK(record_index("", 32) == 0xe3b0c442);
    RecordsHead head{.edition = 17, .bits = 9, .groups = std::vector<RecordsGroup>(64)};
    for (std::size_t i = 0; i < head.groups.size(); ++i) head.groups[i].edition = i + 1;
    CHECK(record_file_name("", head, 0) == "records/9/1/0");
    CHECK(record_file_name("", head, 0x174) == "records/9/47/174");  // 8 files a group
    CHECK(record_file_name("tangqi", head, 0x1ff) == "records/tangqi/9/64/1ff");
    CHECK(record_file_name("", RecordsHead{.edition = 3, .groups = {{3, {}}}}, 0) == "records/0/3/0");
    const std::string sha256_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    CHECK(large_dossier_name("", crypto::sha256(as_bytes("abc"))) == "records/large/" + sha256_of_abc);
    CHECK(large_dossier_name("tangqi", {}) == "records/tangqi/large/" + std::string(64, '0'));
}

TEST_CASE("records: every file of every size proves what is in it and what is not", "[record][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (std::uint32_t bits = 0; bits <= 9; ++bits) {
        const auto records = random_records(random, random.below(400));
        const BuiltRecords built = build_records(records, bits, 5);
        REQUIRE(answer_of(encode_records_head(built.head)) == "ok");
        for (const CertificateRecord& record : records) {
            const std::uint32_t index = record_index(record.number, bits);
            const auto file = open_record_file(Exact(built.files[index]).view(), built.head, index);
            REQUIRE(answer_of(file) == "ok");
            const CertificateRecord* found = find_record(*file, record.number);
            REQUIRE(found != nullptr);
            CHECK(found->certificate == record.certificate);
            CHECK(found->dossier == record.dossier);
            CHECK(found->log_proof == record.log_proof);
            CHECK(found->large_dossier.has_value() == record.large_dossier.has_value());
            CHECK(find_record(*file, record.number + '_') == nullptr);
        }
    }
}

TEST_CASE("records: a file in another's place, an older one and a bent one are refused", "[record]") {
    Random random(test_seed());
    auto records = random_records(random, 300);
    const BuiltRecords old = build_records(records, 7);
    records.push_back({.number = "ONE-MORE", .certificate = {1}});
    const BuiltRecords built = build_records(records, 7, 2);
    const std::uint32_t index = record_index("ONE-MORE", 7), other = index ^ 1;
    REQUIRE(opened(built.files[index], built.head, index) == "ok");
    CHECK(without_detail(opened(built.files[other], built.head, index)) == "records.wrong_file");
    CHECK(without_detail(opened(old.files[index], built.head, index)) == "merkle.wrong_root");
    CHECK(without_detail(opened(built.files[index], old.head, index)) == "merkle.wrong_root");
    // Under the name of another file its proof leads elsewhere; with a shorter or longer proof it leads nowhere.
    RecordEnvelope envelope = parse_record_envelope(built.files[other]).value();
    envelope.index = index;
    CHECK(without_detail(opened(encode_record_envelope(envelope).value(), built.head, index)) == "merkle.wrong_root");
    envelope = parse_record_envelope(built.files[index]).value();
    envelope.proof.pop_back();
    CHECK(without_detail(opened(encode_record_envelope(envelope).value(), built.head, index)) == "merkle.bad_proof");
    envelope.proof.resize(3);
    CHECK(without_detail(opened(encode_record_envelope(envelope).value(), built.head, index)) == "merkle.bad_proof");
    const Bytes& file = built.files[index];
    for (std::size_t size = 0; size < file.size(); ++size) CHECK(opened(ByteView{file}.first(size), built.head, index) != "ok");
    for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
        Bytes bent = file;
        bent[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK(opened(bent, built.head, index) != "ok");
    }
}

TEST_CASE("records: contents that were signed and are wrong all the same are refused", "[record]") {
    const auto answer = [](Bytes content) {
        const BuiltRecords built = enclose_contents({std::move(content), zlib_of(encode_edn("[]").bytes)});
        return opened(built.files[0], built.head, 0);
    };
    REQUIRE(record_index("TEST-1", 1) == 1);
    CHECK(answer(zlib_of(encode_records({{.number = "TEST-1", .certificate = {1}}}).value())) == "records.wrong_file(TEST-1)");
    CHECK(answer({1, 2, 3}) == "records.bad_zlib(it is damaged)");
    CHECK(answer(zlib_of(encode_edn("{}").bytes)) == "records.malformed@0");
    Bytes cut = zlib_of(encode_edn("[]").bytes);
    cut.pop_back();
    CHECK(answer(cut) == "records.bad_zlib(it ends too early)");
    cut = zlib_of(encode_edn("[]").bytes);
    cut.push_back(0);
    CHECK(answer(cut) == "records.bad_zlib(bytes follow its end)");
    CHECK(answer(zlib_of(Bytes(std::size_t{32} << 20))) == "records.too_large(unpacked)");  // 32 MB in 32 KB
}

TEST_CASE("records: a large dossier is the one that was named", "[record]") {
    const Bytes dossier = {1, 2, 3};
    const LargeDossier named{crypto::sha256(dossier), 3};
    CHECK(answer_of(check_large_dossier(dossier, named)) == "ok");
    CHECK(without_detail(answer_of(check_large_dossier(Bytes{1, 2, 4}, named))) == "records.wrong_dossier");
    CHECK(without_detail(answer_of(check_large_dossier(dossier, {named.digest, 2}))) == "records.wrong_dossier");
    CHECK(without_detail(answer_of(check_large_dossier({}, named))) == "records.wrong_dossier");
}
