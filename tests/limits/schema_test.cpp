// Every field of every kind of statement and of the field data: the values at its limits are taken, those beside them refused by path.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "limits/limits.hpp"
#include "record/field_data.hpp"
#include "record/statement_types.hpp"
#include "support/table.hpp"

using namespace pipa;
using namespace pipa::test;
using cbor::Value;

namespace {

Value text(std::int64_t size) { return cbor::make_text(std::string(static_cast<std::size_t>(size), 'a')); }
Value bytes(std::int64_t size) { return cbor::make_bytes(Bytes(static_cast<std::size_t>(size))); }
Value number(std::int64_t value) { return cbor::make_integer(value); }
Value map(std::vector<std::pair<std::int64_t, Value>> entries) {
    cbor::MapBuilder out;
    for (auto& [key, value] : entries) out.add(key, std::move(value));
    return out.finish();
}

std::vector<std::pair<std::int64_t, Value>> least(const Schema& schema);

// Values that a field of this kind takes, the farthest first.
std::vector<Value> good(const Field& field) {
    switch (field.kind) {
        case FieldKind::Text: return {text(field.limit), text(1)};
        case FieldKind::Integer:
        case FieldKind::Micro: return {number(field.limit), number(0)};
        case FieldKind::Day: return {number(10'957), number(84'005)};                     // 2000-01-01, 2199-12-31
        case FieldKind::Time: return {number(946'656'000), number(7'258'089'599)};        // their first and last second in China
        case FieldKind::Flag: return {cbor::make_bool(true)};
        case FieldKind::Choice: return {number(static_cast<std::int64_t>(field.choices.size())), number(1)};
        case FieldKind::Division: return {number(330'113), number(330'113'100), number(330'113'100'201)};
        case FieldKind::Binary: return {bytes(field.limit)};
        case FieldKind::Local: return {map({{1, text(400)}, {2, text(400)}}), map({{1, text(1)}})};
        case FieldKind::Record: return {map(least(*field.nested))};
    }
    return {};
}

std::vector<Value> bad(const Field& field) {
    const Value unprintable = cbor::make_text("a\u200B");
    switch (field.kind) {
        case FieldKind::Text: return {text(field.limit + 1), text(0), bytes(1), unprintable};
        case FieldKind::Integer:
        case FieldKind::Micro: return {number(field.limit + 1), number(-1), text(1), cbor::make_unsigned(UINT64_MAX)};
        case FieldKind::Day: return {number(10'956), number(84'006), text(10)};
        case FieldKind::Time: return {number(946'655'999), number(7'258'089'600), text(10)};
        case FieldKind::Flag: return {cbor::make_bool(false), number(1), number(21)};
        case FieldKind::Choice: return {number(static_cast<std::int64_t>(field.choices.size()) + 1), number(0), text(1)};
        case FieldKind::Division: return {number(33), number(-330'113), text(6)};
        case FieldKind::Binary: return {bytes(field.limit + 1), bytes(field.limit - 1), text(field.limit)};
        case FieldKind::Local:
            return {map({{1, text(401)}}),           map({{1, text(1)}, {2, text(401)}}), map({{2, text(1)}}),
                map({{1, text(1)}, {3, text(1)}}), map({{1, text(0)}}),
                    map({{1, text(1)}, {2, text(0)}}), map({{1, unprintable}}),             map({}),             text(1),
                        cbor::make_array({number(1), text(1)})};
        case FieldKind::Record: return {cbor::make_array(), text(1)};
    }
    return {};
}

Value as_given(const Field& field, Value value) { return field.is_list ? cbor::make_array({std::move(value)}) : value; }

// The fields that a record of this kind has to have.
std::vector<std::pair<std::int64_t, Value>> least(const Schema& schema) {
    std::vector<std::pair<std::int64_t, Value>> out;
    for (const Field& field : schema.fields) {
        // A season's windows are read further than their length.
        if (field.required) out.emplace_back(field.key, as_given(field, good(field).back()));
    }
    return out;
}

// What is said of such a record with this in the field.
std::string answer(const Schema& schema, const Field& field, Value value) {
    auto entries = least(schema);
    std::erase_if(entries, [&](const auto& entry) { return entry.first == field.key; });
    entries.emplace_back(field.key, std::move(value));
    const auto has = [&](std::int64_t key) { return std::ranges::any_of(entries, [&](const auto& entry) { return entry.first == key; }); };
    if (std::ranges::any_of(schema.owned, has) && std::ranges::none_of(schema.owners, has)) {
        const auto owner = std::ranges::find(schema.fields, schema.owners.front(), &Field::key);
        entries.emplace_back(owner->key, as_given(*owner, good(*owner).back()));
    }
    return without_offset(answer_of(check_schema(map(std::move(entries)), schema, 0)));
}

void look_at(const Schema& schema) {
    INFO(schema.name);
    CHECK(without_offset(answer_of(check_schema(map(least(schema)), schema, 0))) == "ok");
    CHECK(without_offset(answer_of(check_schema(cbor::make_array(), schema, 0))) == "statement.bad_field");
    const Field stranger{.key = 999, .name = "999"};
    CHECK(answer(schema, stranger, number(1)) == "statement.unknown_field(999)");
    Value with_text_key = map(least(schema));
    with_text_key.items.push_back(cbor::make_text("a"));
    with_text_key.items.push_back(number(1));
    CHECK(without_offset(answer_of(check_schema(with_text_key, schema, 0))) == "statement.unknown_field(not an integer)");
    for (const Field& field : schema.fields) {
        INFO(field.name);
        const std::string path = std::string{field.name} + (field.is_list ? "/0" : "");
        for (const Value& value : good(field)) CHECK(answer(schema, field, as_given(field, value)) == "ok");
        for (const Value& value : bad(field)) CHECK(answer(schema, field, as_given(field, value)) == "statement.bad_field(" + path + ")");
        if (field.required) {
            auto entries = least(schema);
            std::erase_if(entries, [&](const auto& entry) { return entry.first == field.key; });
            CHECK(without_offset(answer_of(check_schema(map(std::move(entries)), schema, 0))) ==
                "statement.missing_field(" + std::string{field.name} + ")");
        }
        if (field.is_list) {
            const std::string whole = "statement.bad_field(" + std::string{field.name} + ")";
            CHECK(answer(schema, field, cbor::make_array()) == whole);
            CHECK(answer(schema, field, good(field).back()) == whole);
            if (field.max_items <= max_list_items) {
                CHECK(answer(schema, field, cbor::make_array(std::vector<Value>(field.max_items, good(field).back()))) == "ok");
                CHECK(answer(schema, field, cbor::make_array(std::vector<Value>(field.max_items + 1, good(field).back()))) == whole);
            }
            CHECK(answer(schema, field, cbor::make_array({good(field).back(), bad(field).front()})) ==
                "statement.bad_field(" + std::string{field.name} + "/1)");
        } else if (field.kind != FieldKind::Record) {
            CHECK(answer(schema, field, cbor::make_array({good(field).back()})) == "statement.bad_field(" + std::string{field.name} + ")");
        }
        if (field.nested != nullptr) look_at(*field.nested);
    }
}

}  // namespace

TEST_CASE("schema: each field of each statement is taken at its limits and refused beside them", "[limits][record]") {
    for (const cose::StatementType type : story_types()) look_at(*schema_of(type));
}

TEST_CASE("schema: each field of the field data likewise", "[limits][record]") { look_at(field_data_schema()); }

TEST_CASE("schema: numbers that mean something with their owner alone have one", "[limits][record]") {
    const Schema& notice = *schema_of(cose::StatementType::Notice);
    for (const std::int64_t owned : notice.owned) {
        auto entries = least(notice);
        entries.emplace_back(owned, cbor::make_array({text(1)}));
        CHECK(without_offset(answer_of(check_schema(map(entries), notice, 0))) == "statement.missing_field(producer)");
        for (const std::int64_t owner : notice.owners) {
            auto with_owner = entries;
            with_owner.emplace_back(owner, owner == statement_key::producer ? text(1) : cbor::make_array({text(1)}));
            CHECK(without_offset(answer_of(check_schema(map(with_owner), notice, 0))) == "ok");
        }
    }
}

TEST_CASE("schema: an error tells where the value stands in the message", "[limits][record]") {
    const Bytes encoded = cbor::encode(map({{1, text(1)}, {2, text(1)}}));
    const auto decoded = cbor::decode(encoded, cbor::Rules::deterministic).value();
    CHECK(answer_of(check_schema(decoded, *schema_of(cose::StatementType::Receipt), 100)) == "statement.bad_field@105(issued)");
}

TEST_CASE("micro: up to nine digits before the point and six behind it, both there", "[limits][record]") {
    using Row = std::pair<std::string_view, std::optional<std::int64_t>>;
    for (const auto& [written, value] : {Row{"0.36", 360'000}, Row{"0", 0}, Row{"999999999", 999'999'999'000'000},
        Row{"000000001", 1'000'000}, Row{"0.000001", 1}, Row{"12.5", 12'500'000},
                                         Row{"1000000000", {}}, Row{"0.0000001", {}}, Row{"", {}}, Row{".", {}}, Row{"1.", {}},
                                             Row{".5", {}}, Row{"1.5.0", {}}, Row{"1a", {}}, Row{"1.a", {}},
                                         Row{"-1", {}}, Row{"1/", {}}, Row{"1:", {}}}) {
        INFO(written);
        CHECK(parse_micro(written) == value);
    }
    CHECK(format_micro(360'000) == "0.36");
    CHECK(format_micro(0) == "0");
    CHECK(format_micro(1) == "0.000001");
    CHECK(format_micro(12'000'000) == "12");
}
