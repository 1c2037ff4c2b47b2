#include "pipa/dossier/statement_signing.hpp"

#include "pipa/issue/issuing.hpp"

namespace pipa {

Result<Bytes> sign_statement(cose::StatementType type, std::string_view json, const crypto::SecretKey& key) {
    const Schema* schema = schema_of(type);
    if (schema == nullptr) return fail(ErrorCode::StatementUnknownType, {}, std::to_string(static_cast<int>(type)));
    const auto payload = payload_from_json(json, *schema);
    if (!payload) return std::unexpected(payload.error());
    Bytes message = Signer(key, type).sign(cbor::encode(*payload));
    if (const auto read_back = parse_any_statement(message); !read_back) return std::unexpected(read_back.error());
    return message;
}

}  // namespace pipa
