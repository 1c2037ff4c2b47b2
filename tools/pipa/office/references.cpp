#include "pipa/office/references.hpp"

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "pipa/store/store_sets.hpp"

namespace pipa {
namespace {

using cose::StatementType;

struct Reference {
    StatementType in;
    std::int64_t field;
    StatementType to;
    std::string_view name;
};
constexpr std::array references = {
    Reference{StatementType::Test, test_key::recheck_of, StatementType::Test, "recheck_of"},
    Reference{StatementType::Patrol, patrol_key::test, StatementType::Test, "test"},
    Reference{StatementType::Patrol, patrol_key::closes, StatementType::Patrol, "closes"},
};

std::unexpected<Error> refuse(const ParsedStatement& statement, std::string_view field, std::string_view why) {
    const Schema* schema = schema_of(statement.type());
    return fail(ErrorCode::FieldUnknownReference, {}, std::string{schema->name} + " " + std::string{statement.id()} + ", " + std::string{field} + ": " + std::string{why});
}

// The message with this digest, of the batch or the store; empty where there is none.
Result<Bytes> find_message(OfficeStore& store, ByteView wanted, std::span<const Bytes> batch) {
    for (const Bytes& message : batch)
        if (std::ranges::equal(crypto::sha256(message), wanted)) return message;
    crypto::Digest digest{};
    if (wanted.size() != digest.size()) return Bytes{};
    std::ranges::copy(wanted, digest.begin());
    auto stored = find_statement(store, digest);
    if (!stored) return std::unexpected(stored.error());
    return *stored ? std::move((*stored)->message) : Bytes{};
}

Result<void> check_manifest(OfficeStore& store, const ParsedStatement& manifest, std::span<const Bytes> batch) {
    std::size_t missing = 0;
    std::string first;
    for (const cbor::Value& digest : manifest.list(manifest_key::digests)) {
        const auto found = find_message(store, digest.bytes, batch);
        if (!found) return std::unexpected(found.error());
        if (found->empty() && missing++ == 0) first = to_hex(digest.bytes);
    }
    if (missing == 0) return {};
    return refuse(manifest, "digests", std::to_string(missing) + " of the statements that it lists are not here: " + first);
}

}  // namespace

Result<void> must_fit(const ParsedStatement& statement, std::int64_t field, const ParsedStatement& other) {
    const auto fits = [&](const Reference& one) { return one.in == statement.type() && one.field == field; };
    const auto reference = std::ranges::find_if(references, fits);
    if (reference == references.end()) return {};
    if (other.type() != reference->to) return refuse(statement, reference->name, "it is no " + std::string{schema_of(reference->to)->name} + ", but " + std::string{other.id()});
    const std::string_view own = statement.text(statement_key::producer), others = other.text(statement_key::producer);
    if (own != others) return refuse(statement, reference->name, std::string{other.id()} + " is about " + std::string{others} + ", and this about " + std::string{own});
    if (field == patrol_key::closes && other.local(patrol_key::order).zh_hans.empty()) return refuse(statement, reference->name, std::string{other.id()} + " orders nothing");
    return {};
}

Result<void> check_references(OfficeStore& store, const ParsedStatement& statement, std::span<const Bytes> batch) {
    if (statement.type() == StatementType::Manifest) return check_manifest(store, statement, batch);
    for (const Reference& reference : references) {
        const ByteView digest = reference.in == statement.type() ? statement.binary(reference.field) : ByteView{};
        if (digest.empty()) continue;
        const auto message = find_message(store, digest, batch);
        if (!message) return std::unexpected(message.error());
        if (message->empty()) return refuse(statement, reference.name, "no such statement is in the store: " + to_hex(digest));
        const auto other = parse_any_statement(*message);
        if (!other) return std::unexpected(other.error());
        if (auto fits = must_fit(statement, reference.field, *other); !fits) return fits;
    }
    return {};
}

}  // namespace pipa
