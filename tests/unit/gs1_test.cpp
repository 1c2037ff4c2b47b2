#include <catch2/catch_test_macros.hpp>

#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/table.hpp"
#include "wire/gs1/application_identifiers.hpp"
#include "wire/gs1/digital_link.hpp"
#include "wire/gs1/value_checks.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

Json pairs(const std::vector<gs1::Element>& elements) {
    Json out = Json::array();
    for (const gs1::Element& element : elements) out.push_back({element.identifier, element.value});
    return out;
}

struct TableRow {
    std::string_view first, last, format;
    const char* qualifiers;
};
constexpr const char* NoKey = nullptr;
constexpr TableRow rows[] = {
#define PIPA_GS1_AI(first, last, use, format, qualifiers) {first, last, format, qualifiers},
#include "wire/gs1/application_identifiers.def"
#undef PIPA_GS1_AI
};

std::vector<std::string> split(std::string_view text, std::string_view separators) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text) {
        if (separators.contains(c)) parts.push_back(std::exchange(part, {}));
        else part += c;
    }
    parts.push_back(part);
    return parts;
}

}  // namespace

TEST_CASE("gs1: reads and refuses the addresses of its table", "[wire]") {
    for_each_row("gs1_digital_link.json", [](Row& row) {
        INFO(row.where());
        std::string uri = row.text("uri");
        if (row.has("filled_with")) uri.resize(static_cast<std::size_t>(row.integer("filled_to")), row.text("filled_with").front());
        const auto link = gs1::parse_digital_link(Exact(uri).text());
        CHECK(answer_of(link) == row.text("answer"));
        CHECK(pairs(link ? link->elements : std::vector<gs1::Element>{}) == (row.has("elements") ? row.json("elements") : Json::array()));
        CHECK(pairs(link ? link->others : std::vector<gs1::Element>{}) == (row.has("others") ? row.json("others") : Json::array()));
    });
}

TEST_CASE("gs1: the table of Application Identifiers is in order and names checks that exist", "[wire]") {
    std::string_view before;
    for (const TableRow& row : rows) {
        INFO(row.first);
        CHECK(row.first.size() == row.last.size());
        CHECK(row.first <= row.last);
        CHECK(before < row.first);
        before = row.last;
        CHECK(gs1::find_identifier(row.first) == gs1::find_identifier(row.last));
        for (const std::string& component : split(row.format, " ")) {
            const auto parts = split(component, ":");
            CHECK(std::string_view{"NXYZ?"}.contains(parts.front().front()));
            for (std::size_t i = 1; i < parts.size(); ++i) CHECK(gs1::is_check(parts[i]));
        }
        if (row.qualifiers == nullptr || *row.qualifiers == '\0') continue;
        for (const std::string& qualifier : split(row.qualifiers, ",|")) CHECK(gs1::find_identifier(qualifier) != nullptr);
    }
}

TEST_CASE("gs1: only the whole number of an Application Identifier names it", "[wire]") {
    for (const char* none : {"", "0", "1", "04", "14", "310", "3106", "31030", "7", "718", "100", "0１", "-1", "gtin"}) {
        INFO(none);
        CHECK(gs1::find_identifier(none) == nullptr);
    }
}

TEST_CASE("gs1: any changed address is read or refused at a place inside it", "[wire][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const std::string uri = "https://pipa.example/stem/01/06900000000014/22/V1/10/LOT%2F01/21/S?17=271231&3103=000195&linkType=all#x";
    for (int i = 0; i < 20'000; ++i) {
        const Exact text(mutated(random, to_bytes(as_bytes(uri))));
        const auto link = gs1::parse_digital_link(text.text());
        if (!link) CHECK(link.error().byte_offset.value() <= text.text().size());
    }
}
