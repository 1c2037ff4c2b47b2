#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/table.hpp"
#include "wire/gtin.hpp"
#include "wire/qr_text.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string filled_text(Row& row) {
    std::string text = row.text("text");
    if (row.has("filled_with")) text.resize(static_cast<std::size_t>(row.integer("filled_to")), row.text("filled_with").front());
    return text;
}

}  // namespace

TEST_CASE("qr text: reads and refuses the texts of its table", "[wire]") {
    for_each_row("qr_text.json", [](Row& row) {
        INFO(row.where());
        const Exact text(filled_text(row));
        const auto read = parse_qr_text(text.text());
        CHECK(answer_of(read) == row.text("answer"));
        const QrText got = read.value_or(QrText{});
        CHECK(got.host == row.text_or("host", ""));
        CHECK(got.gtin == row.text_or("gtin", ""));
        CHECK(got.lot == row.text_or("lot", ""));
        if (row.has("bytes")) CHECK(to_hex(got.certificate) == row.text("bytes"));
    });
}

TEST_CASE("qr text: what is written is read again", "[wire][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (std::size_t size = 1; size <= 1024; ++size) {
        const std::string host = random.from_alphabet("abcdefghijklmnopqrstuvwxyz0123456789", 1, 30) + ".example";
        const Bytes bytes = random.bytes(size);
        const std::string text = make_qr_text(host, bytes);
        CHECK(text.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos);
        const auto read = parse_qr_text(Exact(text).text());
        REQUIRE(read);
        CHECK(read->host == host);
        CHECK(read->certificate == bytes);
    }
}

TEST_CASE("qr text: the largest certificate fits the longest text", "[wire]") {
    CHECK(make_qr_text(std::string(253, 'a'), Bytes(1024)).size() < max_qr_text_bytes);
}

TEST_CASE("qr text: every beginning of a code is refused or stands for fewer bytes", "[wire]") {
    const Bytes bytes(200, 0xA5);
    const std::string text = make_qr_text("pipa.example", bytes);
    for (std::size_t size = 0; size < text.size(); ++size) {
        const auto read = parse_qr_text(Exact(std::string_view{text}.substr(0, size)).text());
        if (read) CHECK(read->certificate.size() < bytes.size());
    }
}

TEST_CASE("foreign codes: are recognised by their form", "[wire]") {
    for_each_row("foreign_codes.json", [](Row& row) {
        INFO(row.where());
        CHECK(foreign_code_name(recognise_foreign_code(Exact(row.text("text")).text())) == row.text("kind"));
    });
}

TEST_CASE("foreign codes: what is longer than a code can be is none", "[wire]") {
    const std::string page = "https://qsst.moa.gov.cn/";
    CHECK(recognise_foreign_code(page + std::string(max_qr_text_bytes - page.size(), 'x')) == ForeignCode::NationalPlatform);
    CHECK(recognise_foreign_code(page + std::string(max_qr_text_bytes - page.size() + 1, 'x')) == ForeignCode::Unknown);
}

TEST_CASE("foreign codes: any bytes at all are survived", "[wire][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int i = 0; i < 20'000; ++i) {
        const Exact text(random.bytes(random.below(40)));
        CHECK_FALSE(foreign_code_name(recognise_foreign_code(text.text())).empty());
        (void)parse_qr_text(text.text());
    }
}

TEST_CASE("gtin: lengths and check digits", "[wire]") {
    for (const char* good : {"96385074", "036000291452", "6900000000014", "06900000000014", "00000000"}) CHECK(is_gtin(good));
    for (const char* bad : {"", "9638507", "963850740", "0360002914", "03600029145", "96385075", "9638507A", "069000000000140", "６９"}) CHECK_FALSE(is_gtin(bad));
}
