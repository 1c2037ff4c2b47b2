// What of a table the store has already, what it refers to there, and putting the rest in.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/hex.hpp"
#include "pipa/field/import_table.hpp"
#include "pipa/issue/issuing.hpp"
#include "trust/cose_verify.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t statements_a_transaction = 200;

bool is_reference(const Field& field) { return field.kind == FieldKind::Binary && !field.is_list; }

// What a statement says, but for the time at which it was signed.
std::string content_of(const cbor::Value& payload, const Schema& schema) {
    Json json = Json::parse(payload_to_json(payload, schema));
    json.erase("issued");
    return json.dump();
}

Result<void> compare_certificates(std::vector<Draft>& drafts, const OfficeStore& store) {
    for (Draft& draft : drafts) {
        const auto stored = store.certificate(draft.id);
        if (!stored && stored.error().code == ErrorCode::StoreNoSuchCertificate) continue;
        if (!stored) return std::unexpected(stored.error());
        const auto statement = cose::parse_statement(stored->message, {});
        draft.state = statement && statement->payload == draft.certificate_payload ? Draft::State::Unchanged : Draft::State::Changed;
    }
    return {};
}

}  // namespace

Result<void> resolve_references(std::vector<Draft>& drafts, const ImportMapping& mapping, const crypto::SecretKey& key, const OfficeStore& store) {
    if (std::ranges::all_of(drafts, [](const Draft& draft) { return draft.waiting.empty(); })) return {};
    std::map<std::pair<std::string, std::string>, std::string> digests;  // by producer and id
    const auto know = [&](const ParsedStatement& statement, const crypto::Digest& digest) -> std::string& {
        return digests[{std::string{statement.text(statement_key::producer)}, std::string{statement.id()}}] = to_hex(digest);
    };
    const auto sign = [&](const Draft& draft) { return Signer(key, mapping.type).sign(cbor::encode(draft.payload)); };
    for (const Draft& draft : drafts) {
        const Bytes message = draft.waiting.empty() ? sign(draft) : Bytes{};
        if (const auto parsed = parse_any_statement(message)) know(*parsed, crypto::sha256(message));
    }
    auto walked = store.each_statement({}, [&](const StoredStatement& stored) -> Result<void> {
        if (const auto parsed = parse_any_statement(stored.message); parsed && !parsed->certificate) know(*parsed, crypto::sha256(stored.message));
        return {};
    });
    if (!walked) return walked;
    for (Draft& draft : drafts) {
        if (draft.waiting.empty()) continue;
        for (const Field& field : mapping.schema->fields) {
            const std::string name{field.name};
            if (!is_reference(field) || !draft.waiting.contains(name)) continue;
            const std::string id = draft.waiting[name].get<std::string>();
            const auto found = digests.find({draft.waiting.value("producer", ""), id});
            if (found == digests.end()) return fail(ErrorCode::ImportUnknownReference, {}, id.substr(0, 40) + ", line " + std::to_string(draft.line));
            draft.waiting[name] = found->second;
        }
        auto value = payload_from_json(draft.waiting.dump(), *mapping.schema);
        if (!value) return std::unexpected(value.error());
        draft.payload = std::move(*value);
        draft.waiting = {};
    }
    return {};
}

Result<void> compare_drafts(std::vector<Draft>& drafts, const ImportMapping& mapping, const cose::Kid& kid, const OfficeStore& store) {
    if (mapping.schema == nullptr) return compare_certificates(drafts, store);
    std::unordered_map<std::string, Draft*> by_id;
    for (Draft& draft : drafts) by_id.emplace(draft.id, &draft);
    // Later statements of one id come later, so the last comparison holds.
    return store.each_statement({.type = mapping.type}, [&](const StoredStatement& stored) -> Result<void> {
        if (stored.kid != kid) return {};
        const auto parsed = parse_any_statement(stored.message);
        if (!parsed) return {};
        const auto found = by_id.find(std::string{parsed->text(statement_key::id)});
        if (found == by_id.end()) return {};
        const bool same = content_of(parsed->payload, *mapping.schema) == content_of(found->second->payload, *mapping.schema);
        found->second->state = same ? Draft::State::Unchanged : Draft::State::Changed;
        return {};
    });
}

Result<void> sign_and_put(std::span<const Draft> drafts, const ImportMapping& mapping, const crypto::SecretKey& key, OfficeStore& store, UnixSeconds now,
                          const std::function<void(std::size_t)>& done) {
    const Signer signer(key, mapping.type);
    const Actor actor{kid_of(key.public_key()), now};
    std::vector<Bytes> messages;
    std::size_t put = 0;
    const auto flush = [&]() -> Result<void> {
        const auto stored = store.put_statements(messages, actor);
        if (!stored) return std::unexpected(stored.error());
        put += messages.size();
        messages.clear();
        done(put);
        return {};
    };
    for (const Draft& draft : drafts) {
        if (draft.state == Draft::State::Unchanged) continue;
        messages.push_back(signer.sign(mapping.schema == nullptr ? ByteView{draft.certificate_payload} : ByteView{cbor::encode(draft.payload)}));
        if (messages.size() < statements_a_transaction) continue;
        if (auto ok = flush(); !ok) return ok;
    }
    return messages.empty() ? Result<void>{} : flush();
}

}  // namespace pipa
