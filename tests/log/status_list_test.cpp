#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "support/exact_bytes.hpp"
#include "support/table.hpp"
#include "trust/status_list.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("status list: gives the answers of its table", "[trust]") {
    for_each_row("status_list.json", [](Row& row) {
        INFO(row.where());
        const Exact stream(row.hex("list"));
        const auto index = static_cast<std::uint64_t>(row.integer("index"));
        const auto list = StatusList::unpack(stream.view(), static_cast<unsigned>(row.integer("bits")));
        const auto status = list ? list->status(index) : Result<std::uint8_t>(std::unexpected(list.error()));
        CHECK((status ? std::to_string(*status) : without_detail(answer_of(status))) == row.text("answer"));
    });
}

TEST_CASE("status list: a small stream that unpacks to too much is stopped", "[trust]") {
    const auto bomb = from_hex(  // 100,000 zeroes
        "78daedc13101000000c2a0f54f6d0d0fa00000000000000000000000000000000000000000000000000000000000000000000000000000"
        "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "00000080570386af0001");
    REQUIRE(bomb);
    CHECK(answer_of(StatusList::unpack(*bomb, 2, 99'999)) == "tsl.too_large(unpacked)");
    CHECK(answer_of(StatusList::unpack(*bomb, 2, 100'000)) == "ok");
    CHECK(StatusList::unpack(*bomb, 2, 100'000)->size() == 400'000);
    CHECK(answer_of(StatusList::unpack(*bomb, 2, 10)) == "tsl.too_large@74");
}
