// Lots files: tests/vectors/lots_file.json, and random ones that come back whole.
#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "support/edn.hpp"
#include "support/exact_bytes.hpp"
#include "support/messages.hpp"
#include "support/random_values.hpp"
#include "inquiry/record_place.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("lots file: accepts and refuses what its table says", "[record]") {
    for_each_row("lots_file.json", [](Row& row) {
        INFO(row.where());
        const Edn file = encode_edn(row.text("cbor"));
        const auto entries = parse_lots_file(Exact(file.bytes).view());
        CHECK(answer_of(entries) == expected_answer(row.text("answer"), file));
        const std::string number = row.text_or("find", "A");
        const std::string found = row.text_or("found", "");
        if (!entries) return;
        const LotEntry* entry = find_lot(*entries, number);
        CHECK((entry == nullptr ? std::string{} : to_hex(entry->dossier)) == found);
        CHECK(encode_lots_file(*entries).value() == file.bytes);
    });
}

TEST_CASE("lots file: random files come back whole, in any order", "[record][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int round = 0; round < 200; ++round) {
        std::map<std::string, LotEntry> made;
        for (std::uint64_t i = random.below(20); i > 0; --i) {
            const std::string number = random.from_alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 1, 32);
            made[number] = {number, random.bytes(random.below(40)), random.bytes(random.below(40)), random.bytes(random.below(3))};
        }
        std::vector<LotEntry> entries;
        for (const auto& [number, entry] : made) entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(random.below(entries.size() + 1)), entry);
        const auto read = parse_lots_file(Exact(encode_lots_file(entries).value()).view());
        REQUIRE(read);
        REQUIRE(read->size() == made.size());
        for (const auto& [number, entry] : made) {
            const LotEntry* found = find_lot(*read, number);
            REQUIRE(found != nullptr);
            CHECK(found->certificate == entry.certificate);
            CHECK(found->dossier == entry.dossier);
            CHECK(found->log_proof == entry.log_proof);
        }
    }
}

TEST_CASE("lots file: its name is the first byte of the number's SHA-256", "[record]") {
    CHECK(lots_file_name(lots_share_of("abc")) == "ba");  // FIPS 180-4, the hash of 'abc' begins with ba7816bf
    CHECK(lots_file_name(lots_share_of("")) == "e3");
}
