// Names of substances, and units: what is the same, and what only looks like it.
#include <catch2/catch_test_macros.hpp>

#include "judge/test_item.hpp"
#include "record/field_data_json.hpp"
#include "support/project_files.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

const SubstanceNames& names() {
    static const FieldData data = parse_field_data(read_file(project_file("assets/field/field.json"))).value();
    return data.names;
}

}  // namespace

TEST_CASE("substances: one substance under all its names", "[record]") {
    for (const char* name : {"毒死蜱", " 毒 死　蜱 ", "毒死蜱乳油", "40% 毒死蜱乳油（示例）", "４０％毒死蜱", "chlorpyrifos", "Chlorpyrifos 48% EC", "ＣＨＬＯＲＰＹＲＩＦＯＳ", "CAS 2921-88-2", "毒\u0301死\uFE00蜱"}) {
        INFO(name);
        CHECK(names().canonical(name) == "毒死蜱");
        CHECK(names().all_in(name) == std::vector<std::string_view>{"毒死蜱"});
    }
}

TEST_CASE("substances: what only contains a name is not it", "[record]") {
    CHECK(names().canonical("甲基毒死蜱") == "甲基毒死蜱");
    CHECK(names().all_in("甲基毒死蜱乳油") == std::vector<std::string_view>{"甲基毒死蜱"});
    CHECK(names().all_in("12921-88-2").empty());
    CHECK(names().all_in("2921-88-23").empty());
    CHECK(names().canonical("某种新药 X") == "某种新药x");
    CHECK(names().canonical("恩诺沙星+环丙沙星") == "恩诺沙星+环丙沙星");
    CHECK(names().canonical("").empty());
    CHECK(names().all_in("").empty());
}

TEST_CASE("substances: a mixture is all that is in it", "[record]") {
    CHECK(names().all_in("毒死蜱·阿维菌素乳油") == std::vector<std::string_view>{"毒死蜱", "阿维菌素"});
    CHECK(names().all_in("phorate/aldicarb") == std::vector<std::string_view>{"甲拌磷", "涕灭威"});
}

TEST_CASE("units: converted downwards without a residue lost, and never beyond 64 bits", "[judge]") {
    CHECK(convert_unit(50'000, "mg/kg", "µg/kg") == 50'000'000);
    CHECK(convert_unit(50'000'999, "ug/kg", "mg/kg") == 50'000);
    CHECK(convert_unit(1, "%", "mg/kg") == 10'000);
    CHECK(convert_unit(INT64_MAX, "%", "µg/kg") == INT64_MAX);
    CHECK(convert_unit(7, "mg/kg", "mg/kg") == 7);
    CHECK_FALSE(convert_unit(7, "mg/kg", ""));
    CHECK_FALSE(convert_unit(7, "mg/L", "mg/kg"));
}
