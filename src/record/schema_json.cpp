#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "record/schema.hpp"

namespace pipa {
namespace {

using cbor::Type;
using cbor::Value;
using Json = nlohmann::ordered_json;

const std::string* text_of(const Json& json) { return json.get_ptr<const std::string*>(); }

// One value of a field's kind; empty where the JSON has another shape. Limits are check_schema's business.
std::optional<Value> scalar_from_json(const Json& json, const Field& field) {
    const std::string* text = text_of(json);
    switch (field.kind) {
        case FieldKind::Text:
            if (text != nullptr) return cbor::make_text(*text);
            return {};
        case FieldKind::Integer:
            if (json.is_number_unsigned()) return cbor::make_unsigned(json.get<std::uint64_t>());
            return {};
        case FieldKind::Micro:
            if (const auto value = text != nullptr ? parse_micro(*text) : std::nullopt) return cbor::make_integer(*value);
            return {};
        case FieldKind::Day:
            if (text == nullptr) return {};
            if (const auto day = parse_day(*text)) return cbor::make_integer(*day);
            return {};
        case FieldKind::Time:
            if (text == nullptr) return {};
            if (const auto time = parse_time(*text)) return cbor::make_integer(*time);
            return {};
        case FieldKind::Flag:
            if (json.is_boolean() && json.get<bool>()) return cbor::make_bool(true);
            return {};
        case FieldKind::Choice: {
            if (text == nullptr) return {};
            const auto found = std::ranges::find(field.choices, *text);
            if (found == field.choices.end()) return {};
            return cbor::make_integer(found - field.choices.begin() + 1);
        }
        case FieldKind::Division:
            if (text == nullptr || text->empty() || text->size() > 12 || text->find_first_not_of("0123456789") != std::string::npos) return {};
            return cbor::make_unsigned(std::stoull(*text));
        case FieldKind::Binary:
            if (const auto bytes = text != nullptr ? from_hex(*text) : Result<Bytes>{std::unexpect, Error{}}) return cbor::make_bytes(*bytes);
            return {};
        case FieldKind::Local:
        case FieldKind::Record: return {};
    }
    return {};
}

std::optional<Value> local_from_json(const Json& json) {
    if (!json.is_object()) return {};
    cbor::MapBuilder map;
    for (const auto& [tag, text] : json.items()) {
        const std::int64_t key = tag == "zh-Hans" ? 1 : tag == "en" ? 2 : 0;
        if (key == 0 || text_of(text) == nullptr) return {};
        map.add(key, cbor::make_text(*text_of(text)));
    }
    return map.finish();
}

Result<Value> map_from_json(const Json& json, const Schema& schema, const std::string& path);

Result<Value> one_from_json(const Json& json, const Field& field, const std::string& path) {
    if (field.kind == FieldKind::Record) return map_from_json(json, *field.nested, path + "/");
    auto value = field.kind == FieldKind::Local ? local_from_json(json) : scalar_from_json(json, field);
    if (!value) return fail(ErrorCode::StatementBadField, {}, path);
    return std::move(*value);
}

Result<Value> field_from_json(const Json& json, const Field& field, const std::string& path) {
    if (!field.is_list) return one_from_json(json, field, path);
    if (!json.is_array()) return fail(ErrorCode::StatementBadField, {}, path);
    Value list = cbor::make_array();
    for (const Json& item : json) {
        auto value = one_from_json(item, field, path + "/" + std::to_string(list.items.size()));
        if (!value) return value;
        list.items.push_back(std::move(*value));
    }
    return list;
}

Result<Value> map_from_json(const Json& json, const Schema& schema, const std::string& path) {
    if (!json.is_object()) return fail(ErrorCode::StatementBadField, {}, path);
    cbor::MapBuilder map;
    for (const auto& [name, member] : json.items()) {
        const auto field = std::ranges::find(schema.fields, name, &Field::name);
        if (field == schema.fields.end()) return fail(ErrorCode::StatementUnknownField, {}, path + name.substr(0, 40));
        auto value = field_from_json(member, *field, path + name);
        if (!value) return value;
        map.add(field->key, std::move(*value));
    }
    return map.finish();
}

Json map_to_json(const Value& map, const Schema& schema);

Json one_to_json(const Value& value, const Field& field) {
    const std::int64_t number = value.integer().value_or(0);
    switch (field.kind) {
        case FieldKind::Text: return value.text();
        case FieldKind::Integer: return number;
        case FieldKind::Micro: return format_micro(number);
        case FieldKind::Day: return format_day(static_cast<DayNumber>(number));
        case FieldKind::Time: return format_rfc3339(number);
        case FieldKind::Flag: return true;
        case FieldKind::Choice: return field.choices[static_cast<std::size_t>(number - 1)];
        case FieldKind::Division: return std::to_string(number);
        case FieldKind::Binary: return to_hex(value.bytes);
        case FieldKind::Local: {
            Json out = {{"zh-Hans", value.find(1)->text()}};
            if (const Value* english = value.find(2)) out["en"] = english->text();
            return out;
        }
        case FieldKind::Record: return map_to_json(value, *field.nested);
    }
    return {};
}

Json map_to_json(const Value& map, const Schema& schema) {
    Json out = Json::object();
    for (const Field& field : schema.fields) {
        const Value* value = map.find(field.key);
        if (value == nullptr) continue;
        Json& member = out[std::string{field.name}];
        if (!field.is_list) {
            member = one_to_json(*value, field);
            continue;
        }
        member = Json::array();
        for (const Value& item : value->items) member.push_back(one_to_json(item, field));
    }
    return out;
}

}  // namespace

Result<Value> payload_from_json(std::string_view json, const Schema& schema) {
    const Json parsed = Json::parse(json, nullptr, false);
    if (parsed.is_discarded()) return fail(ErrorCode::JsonInvalid);
    auto payload = map_from_json(parsed, schema, "");
    if (!payload) return payload;
    // Through the bytes and back: what is signed is what the reader will accept, offsets and all.
    auto decoded = cbor::decode(cbor::encode(*payload), cbor::Rules::deterministic);
    if (!decoded) return fail(decoded.error().code);
    if (auto ok = check_schema(*decoded, schema, 0); !ok) return fail(ok.error().code, {}, ok.error().detail);
    return decoded;
}

std::string payload_to_json(const Value& payload, const Schema& schema) { return map_to_json(payload, schema).dump(); }

}  // namespace pipa
