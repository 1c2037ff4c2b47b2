#include "learn/open_pack.hpp"

#include <algorithm>

namespace pipa {
namespace {

// An editor is named as one: a key without limits on its types is not meant for this by accident.
bool may_edit(const KeyEntry& key) noexcept {
    return key.role == Role::Bureau && std::ranges::find(key.scope.types, cose::StatementType::EducationPack) != key.scope.types.end();
}

bool was_valid(const KeyEntry& key, UnixSeconds issued) noexcept {
    return issued >= key.valid_from && !(key.valid_until && issued > *key.valid_until) && !key.compromised_since;
}

}  // namespace

Result<learn::EducationPack> open_education_pack(ByteView message, ByteView office_public_key, const TrustStore& trust) {
    if (office_public_key.size() != crypto::public_key_size) return fail(ErrorCode::Ed25519BadPublicKey);
    if (message.size() > learn::max_pack_bytes) return fail(ErrorCode::LearnTooLarge, learn::max_pack_bytes);
    const auto statement = cose::parse_statement(message, cose::StatementType::EducationPack, {.max_bytes = learn::max_pack_bytes});
    if (!statement) return std::unexpected(statement.error());

    const bool by_office = statement->kid == kid_of(office_public_key);
    const std::shared_ptr<const KeyEntry> editor = by_office ? nullptr : trust.find_key(statement->kid);
    if (!by_office && (editor == nullptr || !may_edit(*editor))) return fail(ErrorCode::LearnWrongSigner);
    const ByteView key = by_office ? office_public_key : ByteView{editor->public_key};
    if (verify_statement(*statement, key) != crypto::SignatureCheck::Valid) return fail(ErrorCode::LearnWrongSigner);

    auto pack = learn::decode_education_pack(statement->payload, statement->payload_offset);
    if (pack && editor != nullptr && !was_valid(*editor, pack->issued_unix_s)) return fail(ErrorCode::LearnWrongSigner);
    return pack;
}

}  // namespace pipa
