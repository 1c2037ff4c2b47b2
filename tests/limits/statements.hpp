// Statements about the world's lot, each with what it must say; a test says what is different.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "limits/world.hpp"

namespace pipa::test {

using Change = std::function<void(World&)>;

inline Json merged(Json base, const Json& more) {
    base.update(more);
    return base;
}
inline Json words(const char* chinese) { return {{"zh-Hans", chinese}}; }

inline void input(World& world, const Json& more, const char* signer = "producer") {
    world.say(signer, "input", merged({{"id", "I1"}, {"producer", producer}, {"kind", "pesticide"}, {"action", "use"}, {"product", "示例"},
        {"used", "2026-11-01"}}, more));
}
inline void work(World& world, const Json& more, const char* signer = "producer") {
    world.say(signer, "work", merged({{"id", "W1"}, {"producer", producer}, {"step", "harvest"}, {"day", "2026-11-12"}}, more));
}
inline void notice(World& world, const Json& more, const char* signer = "bureau") {
    world.say(signer, "notice", merged({{"id", "N1"}, {"kind", "recall"}, {"title", words("示例")}, {"since", "2026-11-01"}}, more));
}
inline void label(World& world, const Json& more) {
    world.say("bureau", "label", merged({{"id", "L1"}, {"kind", "green_food"}, {"number", "LB-1"}, {"reference", 7},
        {"holder", producer}, {"product_name", words("示例")}, {"valid_from", "2026-01-01"}}, more));
}
inline void test_report(World& world, const Json& more, const char* signer = "laboratory") {
    world.say(signer, "test", merged({{"id", "T1"}, {"producer", producer}, {"kind", "supervision"}, {"method", "GB 1"},
        {"reported", "2026-11-13"}, {"verdict", "pass"},
                                      {"items", {{{"analyte", "毒死蜱"}, {"value", "0.01"}, {"unit", "mg/kg"}, {"limit", "0.05"}}}}}, more));
}
inline void grade(World& world, const Json& more) {
    world.say("bureau", "grade", merged({{"id", "G1"}, {"producer", producer}, {"scale", "credit"}, {"letter", "C"},
        {"from", "2026-01-01"}, {"until", "2027-12-31"}, {"scale_name", words("等级")}}, more));
}
inline void patrol(World& world, const Json& more) {
    world.say("inspector", "patrol", merged({{"id", "V1"}, {"producer", producer}, {"visited", "2026-11-05"}, {"finding", "to_correct"},
        {"order", words("整改")}}, more));
}

inline std::string relation(const Change& change) {
    World world;
    change(world);
    return world.relation();
}
inline bool said(std::string_view code, const Change& change) {
    World world;
    change(world);
    return world.says(code);
}

inline Certificate promised(const World& world, std::string number, std::string lot) {
    Certificate out = world.certificate;
    out.number = std::move(number);
    out.lot = std::move(lot);
    return out;
}

}  // namespace pipa::test
