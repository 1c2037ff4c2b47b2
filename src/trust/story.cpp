#include "trust/story.hpp"

#include <algorithm>

namespace pipa {
namespace {

using cose::StatementType;

// Who may say it: the role for the type, and a producer only for itself.
Standing standing_of(const StoryStatement& statement, const KeyEntry& key, const Party* party) {
    const UnixSeconds issued = statement.issued();
    const bool in_time = issued >= key.valid_from && (!key.valid_until || issued <= *key.valid_until) &&
                         (!key.compromised_since || issued < *key.compromised_since);
    if (!in_time) return Standing::KeyNotValidThen;
    const auto roles = signers_of(statement.type());
    if (std::ranges::find(roles, key.role) == roles.end()) return Standing::RoleMayNot;
    const auto& types = key.scope.types;
    if (!types.empty() && std::ranges::find(types, statement.type()) == types.end()) return Standing::OutOfScope;
    if (key.role != Role::Producer && key.role != Role::Buyer) return Standing::Stands;
    const std::string_view about = statement.text(statement_key::producer);
    const bool own = about.empty() || (party != nullptr && about == subject_id(*party));
    return own ? Standing::Stands : Standing::NotItsOwn;
}

void compare_with_manifest(Story& story) {
    if (!story.manifest.stands() || !story.manifest.is(StatementType::Manifest)) return;
    const StoryStatement& manifest = *story.manifest.statement;
    story.sequence = manifest.integer(manifest_key::sequence).value_or(0);
    story.issued_unix_s = manifest.issued();
    for (const cbor::Value& listed : manifest.list(manifest_key::digests)) {
        const auto same = [&](const Told& told) { return std::ranges::equal(told.digest, listed.bytes); };
        const auto found = std::ranges::find_if(story.statements, same);
        if (found == story.statements.end()) ++story.missing;
        else found->in_manifest = true;
    }
}

}  // namespace

Told tell(const DossierEntry& entry, const TrustStore& trust) {
    Told told;
    told.digest = crypto::sha256(entry.message);
    if (!entry.statement) {
        told.error = entry.statement.error();
        return told;
    }
    told.statement = *entry.statement;
    const cose::Statement& statement = told.statement->statement;
    told.key = trust.find_key(statement.kid);
    if (told.key == nullptr) {
        told.standing = Standing::UnknownKey;
        return told;
    }
    told.party = trust.find_party(told.key->party);
    const bool right = verify_statement(statement, told.key->public_key) == crypto::SignatureCheck::Valid;
    told.standing = right ? standing_of(*told.statement, *told.key, told.party.get()) : Standing::WrongSignature;
    return told;
}

std::string subject_id(const Party& party) { return party.uscc.empty() ? "local:" + std::to_string(party.id) : party.uscc; }

Result<Story> open_dossier(ByteView file, const TrustStore& trust) {
    const auto dossier = parse_dossier(file);
    if (!dossier) return std::unexpected(dossier.error());
    Story story;
    story.manifest = tell(dossier->manifest, trust);
    story.statements.reserve(dossier->entries.size());
    for (const DossierEntry& entry : dossier->entries) story.statements.push_back(tell(entry, trust));
    compare_with_manifest(story);
    return story;
}

std::string_view standing_name(Standing standing) noexcept {
    switch (standing) {
        case Standing::Stands: return "stands";
        case Standing::Unreadable: return "unreadable";
        case Standing::UnknownKey: return "unknown_key";
        case Standing::WrongSignature: return "wrong_signature";
        case Standing::KeyNotValidThen: return "key_not_valid_then";
        case Standing::RoleMayNot: return "role_may_not";
        case Standing::NotItsOwn: return "not_its_own";
        case Standing::OutOfScope: return "out_of_scope";
    }
    return {};
}

}  // namespace pipa
