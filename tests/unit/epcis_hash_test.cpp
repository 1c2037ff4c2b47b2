#include <string>

#include <catch2/catch_test_macros.hpp>

#include "pipa/field/epcis_hash.hpp"
#include "support/table.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("epcis: the ids are those of the algorithm's own program", "[tools]") {
    const Json prefixes = {{"pipa", "https://pipa.example/epcis/"}};
    for_each_row("epcis_hash.json", [&](Row& row) {
        INFO(row.where());
        CHECK(epcis_pre_hash(row.json("event"), prefixes) == row.text("pre_hash"));
        CHECK(epcis_event_id(row.json("event"), prefixes) == row.text("id"));
    });
}

TEST_CASE("epcis: every field changes the id, their order does not", "[tools]") {
    const Json prefixes = {{"pipa", "https://pipa.example/epcis/"}};
    const Json table = load_table("epcis_hash.json");
    for (const Json& row : table["rows"]) {
        const Json& event = row["event"];
        const auto id = row["id"].get<std::string>();
        Json turned = Json::object();
        for (auto at = event.rbegin(); at != event.rend(); ++at) turned[at.key()] = at.value();
        CHECK(epcis_event_id(turned, prefixes) == id);
        for (const auto& [name, value] : event.items()) {
            if (name == "type" || name == "eventTime" || name == "eventTimeZoneOffset") continue;
            INFO(row["name"] << ": " << name);
            Json less = event;
            less.erase(name);
            CHECK(epcis_event_id(less, prefixes) != id);
        }
    }
}
