#include "record/dossier.hpp"

#include <algorithm>

namespace pipa {

using cbor::Type;
using cbor::Value;

std::string_view ParsedStatement::text(std::int64_t key) const noexcept {
    const Value* value = payload.find(key);
    return value == nullptr ? std::string_view{} : value->text();
}

std::optional<std::int64_t> ParsedStatement::integer(std::int64_t key) const noexcept {
    const Value* value = payload.find(key);
    return value == nullptr ? std::nullopt : value->integer();
}

std::optional<DayNumber> ParsedStatement::day(std::int64_t key) const noexcept {
    const auto number = integer(key);
    if (!number) return {};
    return static_cast<DayNumber>(*number);
}

LocalText ParsedStatement::local(std::int64_t key) const {
    const Value* value = payload.find(key);
    return value == nullptr ? LocalText{} : local_text(*value);
}

ByteView ParsedStatement::binary(std::int64_t key) const noexcept {
    const Value* value = payload.find(key);
    return value == nullptr ? ByteView{} : ByteView{value->bytes};
}

std::span<const Value> ParsedStatement::list(std::int64_t key) const noexcept {
    const Value* value = payload.find(key);
    return value == nullptr ? std::span<const Value>{} : std::span<const Value>{value->items};
}

UnixSeconds ParsedStatement::issued() const noexcept {
    return certificate ? certificate->issued_unix_s : integer(statement_key::issued).value_or(0);
}

std::string_view ParsedStatement::id() const noexcept {
    return certificate ? std::string_view{certificate->number} : text(statement_key::id);
}

std::string_view ParsedStatement::choice(std::int64_t key) const noexcept {
    const Schema* schema = schema_of(type());
    return schema == nullptr ? std::string_view{} : choice_word(*schema, payload, key);
}

std::string_view choice_word(const Schema& schema, const Value& record, std::int64_t key) noexcept {
    const auto field = std::ranges::find(schema.fields, key, &Field::key);
    const Value* value = record.find(key);
    const auto number = value == nullptr ? std::nullopt : value->integer();
    if (field == schema.fields.end() || !number) return {};
    return field->choices[static_cast<std::size_t>(*number - 1)];
}

bool ParsedStatement::lists_text(std::int64_t key, std::string_view wanted) const noexcept {
    return std::ranges::any_of(list(key), [&](const Value& item) { return item.text() == wanted; });
}

bool ParsedStatement::lists_integer(std::int64_t key, std::int64_t wanted) const noexcept {
    return std::ranges::any_of(list(key), [&](const Value& item) { return item.integer() == wanted; });
}

Result<ParsedStatement> parse_any_statement(ByteView message) {
    if (message.size() > max_manifest_bytes) return fail(ErrorCode::StatementTooLarge, max_manifest_bytes);
    auto statement = cose::parse_statement(message, {});
    if (!statement) return std::unexpected(statement.error());
    if (message.size() > max_statement_bytes && statement->type != cose::StatementType::Manifest)
        return fail(ErrorCode::StatementTooLarge, max_statement_bytes);
    if (statement->type == cose::StatementType::Certificate) {
        auto parsed = parse_certificate(message);
        if (!parsed) return std::unexpected(parsed.error());
        return ParsedStatement{std::move(parsed->statement), cbor::MapBuilder{}.finish(), std::move(parsed->certificate)};
    }
    const Schema* schema = schema_of(statement->type);
    if (schema == nullptr)
        return fail(ErrorCode::StatementUnknownType, {}, std::to_string(static_cast<int>(statement->type)));
    auto payload = cbor::decode(statement->payload, cbor::Rules::deterministic);
    if (!payload) return fail(payload.error().code, statement->payload_offset + payload.error().byte_offset.value_or(0));
    if (auto ok = check_schema(*payload, *schema, statement->payload_offset); !ok) return std::unexpected(ok.error());
    return ParsedStatement{std::move(*statement), std::move(*payload), {}};
}

Result<Dossier> parse_dossier(ByteView file) {
    auto root = cbor::decode(file, cbor::Rules::deterministic, {.max_bytes = max_dossier_bytes});
    if (!root && root.error().code == ErrorCode::CborTooLarge) return fail(ErrorCode::DossierTooLarge, max_dossier_bytes);
    if (!root) return std::unexpected(root.error());
    const bool shaped = root->is(Type::Array) && root->items.size() == 2 && root->items[0].is(Type::Bytes) &&
                        root->items[1].is(Type::Array);
    if (!shaped) return fail(ErrorCode::DossierMalformed, 0);
    Value& list = root->items[1];
    if (list.items.size() > max_dossier_statements) return fail(ErrorCode::DossierTooLarge, list.offset);
    const auto entry = [](Value& item) {
        auto statement = parse_any_statement(item.bytes);
        return DossierEntry{std::move(item.bytes), std::move(statement)};
    };
    Dossier out{.manifest = entry(root->items[0])};
    out.entries.reserve(list.items.size());
    for (Value& item : list.items) {
        if (!item.is(Type::Bytes)) return fail(ErrorCode::DossierMalformed, item.offset);
        out.entries.push_back(entry(item));
    }
    return out;
}

Bytes encode_dossier(ByteView manifest, std::span<const Bytes> statements) {
    Value list = cbor::make_array();
    for (const Bytes& statement : statements) list.items.push_back(cbor::make_bytes(statement));
    return cbor::encode(cbor::make_array({cbor::make_bytes(manifest), std::move(list)}));
}

}  // namespace pipa
