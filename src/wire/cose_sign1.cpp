#include "wire/cose_sign1.hpp"

#include <algorithm>

namespace pipa::cose {
namespace {

using cbor::Type;
using cbor::Value;

bool is_label(const Value& value) noexcept { return value.integer().has_value() || value.is(Type::Text); }

bool same_label(const Value& a, const Value& b) noexcept {
    return a.type == b.type && a.number == b.number && a.bytes == b.bytes;
}

const Value* find_label(const Value& header, const Value& label) noexcept {
    for (std::size_t i = 0; i < header.items.size(); i += 2)
        if (same_label(header.items[i], label)) return &header.items[i + 1];
    return nullptr;
}

Result<void> check_labels(const Value& header, std::size_t base) {
    for (std::size_t i = 0; i < header.items.size(); i += 2)
        if (!is_label(header.items[i])) return fail(ErrorCode::CoseBadLabel, base + header.items[i].offset);
    return {};
}

// RFC 9052 section 3.1: crit is protected, not empty, and names headers that are there and understood.
Result<void> check_critical(const Sign1& message, std::size_t base) {
    static constexpr std::array known = {header_algorithm, header_critical, header_content_type, header_kid, header_type};
    if (const Value* misplaced = message.unprotected_header.find(header_critical))
        return fail(ErrorCode::CoseBadCritical, misplaced->offset);
    const Value* critical = message.protected_header.find(header_critical);
    if (critical == nullptr) return {};
    const std::size_t at = base + critical->offset;
    if (!critical->is(Type::Array) || critical->items.empty()) return fail(ErrorCode::CoseBadCritical, at);
    for (const Value& label : critical->items) {
        if (!is_label(label)) return fail(ErrorCode::CoseBadCritical, base + label.offset);
        const auto number = label.integer();
        if (!number || std::ranges::find(known, *number) == known.end())
            return fail(ErrorCode::CoseUnknownCritical, base + label.offset);
        if (find_label(message.protected_header, label) == nullptr)
            return fail(ErrorCode::CoseBadCritical, base + label.offset);
    }
    return {};
}

Result<std::int64_t> algorithm_of(const Sign1& message, std::size_t at) {
    const Value* algorithm = message.protected_header.find(header_algorithm);
    if (algorithm == nullptr) algorithm = message.unprotected_header.find(header_algorithm);
    if (algorithm == nullptr) return fail(ErrorCode::CoseNoAlgorithm, at);
    const auto number = algorithm->integer();
    if (number != algorithm_ed25519 && number != algorithm_eddsa) return fail(ErrorCode::CoseWrongAlgorithm, at);
    return *number;
}

// The array of four, out of its tag where it has one.
Result<Value*> array_of(Value& root) {
    Value* array = &root;
    if (root.is(Type::Tag)) {
        if (root.number != tag_sign1) return fail(ErrorCode::CoseNotSign1, root.offset);
        array = &root.items.front();
    }
    if (!array->is(Type::Array) || array->items.size() != 4) return fail(ErrorCode::CoseNotSign1, array->offset);
    return array;
}

// A byte string's content starts behind its head, and ends where the item ends.
std::size_t content_offset(const Value& string) noexcept { return string.end - string.bytes.size(); }

Result<Value> protected_map(const Value& item, cbor::Rules rules) {
    if (!item.is(Type::Bytes)) return fail(ErrorCode::CoseBadProtected, item.offset);
    if (item.bytes.empty()) return Value{.type = Type::Map, .number = 0};
    auto map = cbor::decode(item.bytes, rules);
    if (!map) return fail(map.error().code, content_offset(item) + map.error().byte_offset.value_or(0));
    if (!map->is(Type::Map)) return fail(ErrorCode::CoseBadProtected, item.offset);
    return map;
}

}  // namespace

Result<Sign1> parse_sign1(ByteView message, cbor::Limits limits) {
    auto root = cbor::decode(message, cbor::Rules::well_formed, limits);
    if (!root) return std::unexpected(root.error());
    const auto array = array_of(*root);
    if (!array) return std::unexpected(array.error());
    const Value& protected_item = (*array)->items[0];
    const Value& unprotected = (*array)->items[1];
    const Value& payload = (*array)->items[2];
    const Value& signature = (*array)->items[3];

    Sign1 out;
    auto header = protected_map(protected_item, cbor::Rules::well_formed);
    if (!header) return std::unexpected(header.error());
    const std::size_t base = content_offset(protected_item);
    out.protected_header = std::move(*header);
    if (!out.protected_header.items.empty()) out.protected_bytes = protected_item.bytes;

    if (!unprotected.is(Type::Map)) return fail(ErrorCode::CoseBadUnprotected, unprotected.offset);
    out.unprotected_header = unprotected;
    if (const auto ok = check_labels(out.protected_header, base); !ok) return std::unexpected(ok.error());
    if (const auto ok = check_labels(unprotected, 0); !ok) return std::unexpected(ok.error());
    for (std::size_t i = 0; i < unprotected.items.size(); i += 2)
        if (find_label(out.protected_header, unprotected.items[i]) != nullptr)
            return fail(ErrorCode::CoseDuplicateLabel, unprotected.items[i].offset);
    if (const auto ok = check_critical(out, base); !ok) return std::unexpected(ok.error());
    const auto algorithm = algorithm_of(out, protected_item.offset);
    if (!algorithm) return std::unexpected(algorithm.error());
    out.algorithm = *algorithm;

    if (payload.is(Type::Bytes)) out.payload = payload.bytes;
    else if (!payload.is_null()) return fail(ErrorCode::CoseBadPayload, payload.offset);
    if (!signature.is(Type::Bytes) || signature.bytes.size() != signature_size)
        return fail(ErrorCode::CoseBadSignature, signature.offset);
    out.signature = signature.bytes;
    return out;
}

namespace {

// {1: -19, 4: h'...', 16: typ} as statement_header() writes it for a typ of two bytes. Nearly every statement has it, so it is read
// without a decoder; any other header goes the long way.
bool read_usual_header(ByteView bytes, Statement& out) {
    static constexpr std::array<std::uint8_t, 5> before_kid = {0xA3, 0x01, 0x32, 0x04, 0x48};
    static constexpr std::array<std::uint8_t, 2> before_type = {0x10, 0x19};
    if (bytes.size() != 17 || !std::ranges::equal(bytes.first(5), before_kid) || !std::ranges::equal(bytes.subspan(13, 2), before_type) || bytes[15] == 0) return false;
    out.algorithm = algorithm_ed25519;
    std::ranges::copy(bytes.subspan(5, kid_size), out.kid.begin());
    out.type = static_cast<StatementType>(bytes[15] << 8 | bytes[16]);
    return true;
}
constexpr std::size_t usual_type_offset = 14;

Result<void> read_header(const Value& header, std::size_t base, std::optional<StatementType> type, Statement& out) {
    const Value* algorithm = header.find(header_algorithm);
    if (algorithm == nullptr) return fail(ErrorCode::CoseNoAlgorithm, base);
    const auto number = algorithm->integer();
    if (number != algorithm_ed25519 && number != algorithm_eddsa)
        return fail(ErrorCode::CoseWrongAlgorithm, base + algorithm->offset);
    out.algorithm = *number;
    const Value* kid = header.find(header_kid);
    if (kid == nullptr || !kid->is(Type::Bytes) || kid->bytes.size() != kid_size)
        return fail(ErrorCode::CoseBadKid, base + (kid != nullptr ? kid->offset : 0));
    std::ranges::copy(kid->bytes, out.kid.begin());
    const Value* statement_type = header.find(header_type);
    const auto type_number = statement_type != nullptr ? statement_type->integer() : std::nullopt;
    if (!type_number || *type_number < 0 || *type_number > UINT16_MAX || (type && *type_number != static_cast<std::int64_t>(*type)))
        return fail(ErrorCode::CoseWrongType, base + (statement_type != nullptr ? statement_type->offset : 0));
    out.type = static_cast<StatementType>(*type_number);
    if (header.items.size() != 6) return fail(ErrorCode::CoseUnknownHeader, base);
    return {};
}

}  // namespace

Result<Statement> parse_statement(ByteView message, std::optional<StatementType> type, cbor::Limits limits) {
    auto root = cbor::decode(message, cbor::Rules::deterministic, limits);
    if (!root) return std::unexpected(root.error());
    if (!root->is(Type::Tag) || root->number != tag_sign1) return fail(ErrorCode::CoseNotSign1, 0);
    if (const Value* tag = find_tag(root->items.front())) return fail(ErrorCode::CborTag, tag->offset);  // none but the outermost
    const auto array = array_of(*root);
    if (!array) return std::unexpected(array.error());
    Value& protected_item = (*array)->items[0];
    const Value& unprotected = (*array)->items[1];
    Value& payload = (*array)->items[2];
    Value& signature = (*array)->items[3];

    Statement out;
    const std::size_t base = content_offset(protected_item);
    const bool usual = read_usual_header(protected_item.bytes, out) && protected_item.is(Type::Bytes);
    const auto header = usual ? Result<Value>{} : protected_map(protected_item, cbor::Rules::deterministic);
    if (!header) return std::unexpected(header.error());
    if (const Value* tag = find_tag(*header)) return fail(ErrorCode::CborTag, base + tag->offset);
    if (!unprotected.is(Type::Map)) return fail(ErrorCode::CoseBadUnprotected, unprotected.offset);
    if (!unprotected.items.empty()) return fail(ErrorCode::CoseUnprotectedNotEmpty, unprotected.offset);
    if (usual && type && out.type != *type) return fail(ErrorCode::CoseWrongType, base + usual_type_offset);
    if (!usual)
        if (auto ok = read_header(*header, base, type, out); !ok) return std::unexpected(ok.error());

    if (!payload.is(Type::Bytes)) return fail(ErrorCode::CoseBadPayload, payload.offset);
    if (!signature.is(Type::Bytes) || signature.bytes.size() != signature_size)
        return fail(ErrorCode::CoseBadSignature, signature.offset);
    out.payload_offset = content_offset(payload);
    out.protected_bytes = std::move(protected_item.bytes);
    out.payload = std::move(payload.bytes);
    out.signature = std::move(signature.bytes);
    return out;
}

Bytes statement_header(const Kid& kid, StatementType type) {
    return cbor::encode(cbor::MapBuilder{}
                            .add(header_algorithm, cbor::make_integer(algorithm_ed25519))
                            .add(header_kid, cbor::make_bytes(kid))
                            .add(header_type, cbor::make_unsigned(static_cast<std::uint64_t>(type)))
                            .finish());
}

Bytes assemble_statement(ByteView protected_bytes, ByteView payload, ByteView signature) {
    return cbor::encode(cbor::make_tag(
        tag_sign1, cbor::make_array({cbor::make_bytes(protected_bytes), cbor::MapBuilder{}.finish(),
                                     cbor::make_bytes(payload), cbor::make_bytes(signature)})));
}

Bytes to_be_signed(ByteView protected_bytes, ByteView external_aad, ByteView payload) {
    Bytes out;
    out.reserve(protected_bytes.size() + external_aad.size() + payload.size() + 32);
    cbor::append_head(out, Type::Array, 4);
    constexpr std::string_view context = "Signature1";
    cbor::append_head(out, Type::Text, context.size());
    out.insert(out.end(), context.begin(), context.end());
    for (const ByteView part : {protected_bytes, external_aad, payload}) {
        cbor::append_head(out, Type::Bytes, part.size());
        out.insert(out.end(), part.begin(), part.end());
    }
    return out;
}

}  // namespace pipa::cose
