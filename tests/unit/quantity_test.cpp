#include <catch2/catch_test_macros.hpp>

#include "page/format.hpp"
#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/table.hpp"
#include "support/catalogues.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

Quantity quantity_from(const std::vector<std::int64_t>& numbers) {
    Quantity quantity{.amount = numbers[0], .unit = static_cast<Unit>(numbers[1])};
    if (numbers.size() == 4) {
        quantity.packs = numbers[2];
        quantity.pack = static_cast<Pack>(numbers[3]);
    }
    return quantity;
}

}  // namespace

TEST_CASE("quantity: reads its table, and shows it in both languages", "[record][page]") {
    for_each_row("quantity.json", [](Row& row) {
        INFO(row.where());
        Quantity quantity;
        if (row.has("text")) {
            const auto read = parse_quantity(Exact(row.text("text")).text());
            CHECK(answer_of(read) == row.text("answer"));
            quantity = read.value_or(Quantity{});
        }
        if (!row.has("value")) return;
        CHECK(row.text("answer") == "ok");
        const Quantity expected = quantity_from(row.json("value").get<std::vector<std::int64_t>>());
        if (row.has("text")) CHECK(quantity == expected);
        CHECK(decode_quantity(encode_quantity(expected)) == expected);
        CHECK(show_quantity(chinese(), expected) == row.text("zh"));
        CHECK(show_quantity(english(), expected) == row.text("en"));
    });
}

TEST_CASE("quantity: every unit and pack has a name that is read back", "[record]") {
    for (int unit = 1; unit <= static_cast<int>(Unit::Egg); ++unit) {
        const std::string name{unit_name(static_cast<Unit>(unit))};
        CHECK(parse_quantity("7 " + name)->unit == static_cast<Unit>(unit));
        for (int pack = 1; pack <= static_cast<int>(Pack::Bundle); ++pack) {
            const auto read = parse_quantity("3 " + std::string{pack_name(static_cast<Pack>(pack))} + " x 7 " + name);
            CHECK(read == Quantity{7, static_cast<Unit>(unit), 3, static_cast<Pack>(pack)});
        }
    }
    CHECK(unit_name(static_cast<Unit>(0)).empty());
    CHECK(pack_name(Pack::None).empty());
}

TEST_CASE("quantity: any text is survived", "[record][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int i = 0; i < 20'000; ++i) {
        const Exact text(random.from_alphabet("0123456789. ,xkgbox\xc3\x97\xe7", 0, 24));
        const auto read = parse_quantity(text.text());
        if (!read) continue;
        CHECK(read->amount >= amount_range.lowest);
        CHECK(read->amount <= amount_range.highest);
        CHECK(decode_quantity(encode_quantity(*read)) == *read);
    }
}
