// Making record files: how many, what goes into one, and the trees that prove them.
#include <catch2/catch_test_macros.hpp>

#include "pipa/publish/record_making.hpp"

#include <algorithm>

#include "store/sample_store.hpp"
#include "support/random_values.hpp"
#include "support/record_files.hpp"
#include "trust/inflate.hpp"

using namespace pipa;
using namespace pipa::test;
using namespace pipa::publish;

namespace {

std::uint32_t bits_for(const std::vector<std::uint32_t>& places) {
    PlaceCounts counts(places.size());
    for (const std::uint32_t place : places) counts.add(place);
    return counts.largest_bits();
}

// By the rule as it is written: the largest number under which no file has fewer than 32.
std::uint32_t naive_bits_for(const std::vector<std::uint32_t>& places) {
    std::uint32_t best = 0;
    for (std::uint32_t bits = 1; bits <= 12; ++bits) {
        std::vector<int> counts(std::size_t{1} << bits);
        for (const std::uint32_t place : places) ++counts[place >> (32 - bits)];
        if (std::ranges::min(counts) >= 32) best = bits;
    }
    return best;
}

CertificateRecord record(Random& random, const std::string& number, std::size_t certificate, std::size_t dossier, std::size_t proof = 0) {
    return {.number = number, .certificate = random.bytes(certificate), .dossier = random.bytes(dossier), .log_proof = random.bytes(proof)};
}

std::vector<CertificateRecord> read(const MadeContent& made) {
    const auto content = inflate_whole(made.content, max_record_content_bytes, {ErrorCode::RecordsTooLarge, ErrorCode::RecordsBadZlib});
    return parse_records(content.value()).value();
}

}  // namespace

TEST_CASE("records: there are as many files as leave 32 certificates in each", "[records][property]") {
    CHECK(bits_for({}) == 0);
    std::vector<std::uint32_t> even;
    for (std::uint32_t i = 0; i < 63; ++i) even.push_back(i << 26);
    CHECK(bits_for(even) == 0);
    even.push_back(63U << 26);
    CHECK(bits_for(even) == 1);
    CHECK(bits_for(std::vector<std::uint32_t>(100'000, 7)) == 0);
    Random random(test_seed());
    for (int round = 0; round < 60; ++round) {
        std::vector<std::uint32_t> places(random.below(round < 50 ? 3000 : 40'000));
        for (std::uint32_t& place : places) place = static_cast<std::uint32_t>(random.below(std::uint64_t{1} << 32));
        INFO(places.size());
        CHECK(bits_for(places) == naive_bits_for(places));
    }
}

TEST_CASE("records: a tree proves each of its leaves", "[records]") {
    for (std::size_t size = 1; size <= 64; size *= 2) {
        std::vector<merkle::Hash> leaves;
        for (std::size_t i = 0; i < size; ++i) leaves.push_back(merkle::hash_leaf(as_bytes(std::to_string(i))));
        const LeafTree tree(leaves);
        for (std::size_t i = 0; i < size; ++i) CHECK(answer(merkle::verify_inclusion(i, size, leaves[i], tree.path(i), tree.root())) == "ok");
    }
}

TEST_CASE("records: the same records make the same bytes, in any order", "[records]") {
    Random random(test_seed());
    std::vector<CertificateRecord> records;
    for (int i = 0; i < 100; ++i) records.push_back(record(random, "N-" + std::to_string(100 + i), 200, 200));
    const auto made = make_record_content(records, 9);
    REQUIRE(made);
    std::ranges::reverse(records);
    const auto again = make_record_content(records, 9);
    CHECK(made->content == again->content);
    CHECK(made->leaf == merkle::hash_leaf(made->content));
    CHECK(read(*made).size() == 100);
    CHECK(read(*make_record_content({}, 0)).empty());
}

TEST_CASE("records: the largest dossiers move out until the file fits, and only they", "[records]") {
    Random random(test_seed());
    std::vector<CertificateRecord> records;
    for (std::size_t i = 0; i < 60; ++i) records.push_back(record(random, "N-" + std::to_string(100 + i), 200, 1000 + 10 * i));
    for (const std::uint32_t bits : {0U, 6U, 14U, 32U}) {
        const auto made = make_record_content(records, bits);
        REQUIRE(made);
        std::vector<std::array<std::uint8_t, 32>> proof(bits - std::min(bits, 6U));
        CHECK(answer(encode_record_envelope({UINT32_MAX, proof, made->content})) == "ok");
        const auto inside = read(*made);
        std::size_t smallest_outside = SIZE_MAX, largest_inside = 0;
        for (std::size_t i = 0; i < inside.size(); ++i) {
            if (inside[i].large_dossier) {
                CHECK(inside[i].large_dossier->digest == crypto::sha256(records[i].dossier));
                CHECK(std::ranges::find(made->large_dossiers, records[i].dossier) != made->large_dossiers.end());
                smallest_outside = std::min(smallest_outside, records[i].dossier.size());
            } else {
                CHECK(inside[i].dossier == records[i].dossier);
                largest_inside = std::max(largest_inside, records[i].dossier.size());
            }
        }
        CHECK(made->large_dossiers.size() >= 8);
        CHECK(made->large_dossiers.size() <= 20);
        CHECK(largest_inside < smallest_outside);
    }
}

TEST_CASE("records: a dossier of many megabytes goes out whole, one that nobody would read is refused by name", "[records]") {
    Random random(test_seed());
    const auto made = make_record_content({record(random, "A", 200, 3'000'000), record(random, "B", 200, 300)}, 0);
    REQUIRE(made);
    CHECK(made->large_dossiers.size() == 1);
    CHECK(read(*made)[0].large_dossier->bytes == 3'000'000);
    const auto refused = make_record_content({record(random, "A", 200, (std::size_t{4} << 20) + 1)}, 0);
    CHECK(answer(refused) == "dossier.too_large");
    CHECK(refused.error().detail == "A");
}

TEST_CASE("records: proofs of the public log make room for dossiers", "[records]") {
    Random random(test_seed());
    std::vector<CertificateRecord> records;
    for (std::size_t i = 0; i < 60; ++i) records.push_back(record(random, "N-" + std::to_string(100 + i), 200, 500, 700));
    const auto made = make_record_content(records, 6);
    REQUIRE(made);
    CHECK(made->left_out_proofs >= 26);
    CHECK(made->left_out_proofs <= 34);
    CHECK(made->large_dossiers.empty());
    const auto inside = read(*made);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        CHECK(inside[i].dossier == records[i].dossier);
        kept += inside[i].log_proof.empty() ? 0 : 1;
        CHECK((inside[i].log_proof.empty() || inside[i].log_proof == records[i].log_proof));
    }
    CHECK(kept + made->left_out_proofs == 60);
    for (std::size_t i = 0; i < 60; ++i) records[i].log_proof.resize(100);
    CHECK(make_record_content(records, 6)->left_out_proofs == 0);
}

TEST_CASE("records: certificates that do not fit by themselves are refused, and the limit named", "[records]") {
    Random random(test_seed());
    std::vector<CertificateRecord> records;
    for (std::size_t i = 0; i < 70; ++i) records.push_back(record(random, "N-" + std::to_string(100 + i), 1000, 10));
    const auto refused = make_record_content(records, 0);
    CHECK(answer(refused) == "records.too_large");
    CHECK(refused.error().byte_offset == max_record_file_bytes);
    CHECK(refused.error().detail == "70 certificates from N-100");
}
