#include "pipa/office/registered.hpp"

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "judge/rules.hpp"
#include "pipa/issue/issuing.hpp"

namespace pipa {
namespace {

constexpr const char* registry_name = "registry.cose";
constexpr const char* office_key_name = "office.pub";

Result<cose::Statement> parse_registry(ByteView message) {
    return cose::parse_statement(message, cose::StatementType::TrustPack, {.max_bytes = max_trust_pack_bytes});
}

// "a producer does not sign this; bureau does"
std::string who_may(const CheckedStatement& told) {
    std::string roles;
    for (const Role role : signers_of(told.statement->type())) roles += (roles.empty() ? "" : ", ") + std::string{role_name(role)};
    return "the key's role is " + std::string{role_name(told.key->role)} + "; this is signed by: " + roles;
}

std::string reason_of(const CheckedStatement& told) {
    const KeyEntry& key = *told.key;
    switch (told.standing) {
        case Standing::KeyNotValidThen:
            return "the key counts from " + format_rfc3339(key.valid_from) + (key.valid_until ? " until " + format_rfc3339(*key.valid_until) : std::string{}) +
                   (key.compromised_since ? ", and was lost " + format_rfc3339(*key.compromised_since) : std::string{}) + "; this is of " +
                   format_rfc3339(told.statement->issued());
        case Standing::RoleMayNot: return who_may(told);
        case Standing::NotItsOwn: return "a producer speaks for itself alone, not for " + std::string{told.statement->text(statement_key::producer)};
        case Standing::OutOfScope: return "the type, the place or the product lies outside of the key's scope";
        default: return std::string{standing_name(told.standing)};
    }
}

std::string name_of(const CheckedStatement& told) {
    const Schema* schema = schema_of(told.statement->type());
    return std::string{schema == nullptr ? std::string_view{"certificate"} : schema->name} + " " + std::string{told.statement->id()} + ": ";
}

// The one that the store's first line names.
bool made_store(const OfficeStore& store, const cose::Kid& kid) {
    bool found = false;
    constexpr ErrorCode enough = ErrorCode::StoreExhausted;  // ends the walk
    (void)store.journal(0, [&](const JournalEntry& entry) -> Result<void> {
        found = entry.actor.kid == kid;
        return fail(enough);
    });
    return found;
}

bool signs_registry(const OfficeStore& store, const cose::Kid& kid) {
    const auto message = store.document(registry_name);
    const auto statement = message && *message ? parse_registry(**message) : Result<cose::Statement>{std::unexpect, Error{}};
    return statement && statement->kid == kid;
}

// Whether phones look for the certificate's status in the list of this store.
Result<void> must_be_here(const OfficeStore& store, const KeyEntry& signer, std::string_view number) {
    const StoreIdentity& own = store.identity();
    const std::string_view here = own.prefix.empty() ? std::string_view{} : std::string_view{own.name};
    if (signer.store == here) return {};
    return fail(ErrorCode::FieldNotAllowed, {}, std::string{number} + ": readers look for it in the list of " +
                                                    (signer.store.empty() ? "the district's store" : "the store '" + signer.store + "'"));
}

}  // namespace

Result<TrustStore> open_registry(ByteView message) {
    const auto statement = parse_registry(message);
    if (!statement) return std::unexpected(statement.error());
    // A TrustStore opens nothing but what is verified, so what is said is sealed under a key of the moment.
    const auto seal = crypto::SecretKey::generate();
    if (!seal) return std::unexpected(seal.error());
    return TrustStore::open(Signer(*seal, cose::StatementType::TrustPack).sign(statement->payload), seal->public_key());
}

Result<std::optional<TrustStore>> registry_of(const OfficeStore& store) {
    const auto message = store.document(registry_name);
    if (!message) return std::unexpected(message.error());
    if (!*message) return std::optional<TrustStore>{};
    const auto office = store.document(office_key_name);
    if (!office) return std::unexpected(office.error());
    auto opened = *office ? TrustStore::open(**message, **office) : open_registry(**message);
    if (!opened) return fail(opened.error().code, opened.error().byte_offset, registry_name);
    return std::optional{std::move(*opened)};
}

Result<void> must_stand(const CheckedStatement& told, UnixSeconds now) {
    if (!told.statement) return std::unexpected(told.error.value_or(Error{}));
    if (told.standing == Standing::UnknownKey) return fail(ErrorCode::StoreNoSuchKey, {}, name_of(told) + to_hex(told.statement->statement.kid));
    if (told.standing == Standing::WrongSignature) return fail(ErrorCode::CoseWrongSignature, {}, name_of(told) + to_hex(told.statement->statement.kid));
    if (!told.stands()) return fail(ErrorCode::FieldNotAllowed, {}, name_of(told) + reason_of(told));
    if (told.statement->issued() > now + seconds_per_day)
        return fail(ErrorCode::FieldNotAllowed, {}, name_of(told) + "it is dated " + format_rfc3339(told.statement->issued()) + ", which has not come");
    return {};
}

Result<void> must_stand(ByteView message, const TrustStore& registry, UnixSeconds now) {
    return must_stand(check_statement({to_bytes(message), parse_any_statement(message)}, registry), now);
}

Result<void> must_follow(const OfficeStore& store, ByteView registry) {
    const auto statement = parse_registry(registry);
    if (!statement) return std::unexpected(statement.error());
    const auto pack = decode_trust_pack(statement->payload, statement->payload_offset);
    if (!pack) return std::unexpected(pack.error());
    const auto known = store.document(registry_name);
    if (!known) return std::unexpected(known.error());
    if (!*known) return {};
    const auto before = parse_registry(**known);
    if (!before) return std::unexpected(before.error());
    const auto old_pack = decode_trust_pack(before->payload, before->payload_offset);
    if (!old_pack) return std::unexpected(old_pack.error());
    if (statement->kid != before->kid) return fail(ErrorCode::TrustWrongSigner, {}, "the store's registry is signed by " + to_hex(before->kid));
    const bool same = pack->version == old_pack->version && std::ranges::equal(registry, **known);
    if (same || pack->version > old_pack->version) return {};
    return fail(ErrorCode::TufRollback, {}, "version " + std::to_string(pack->version) + " after " + std::to_string(old_pack->version));
}

Result<void> may_set_status(const OfficeStore& store, const std::optional<TrustStore>& registry, const StoredCertificate& certificate,
                            Status status, const Actor& actor) {
    const auto signer = registry ? registry->find_key(certificate.kid) : nullptr;
    if (signer)
        if (auto here = must_be_here(store, *signer, certificate.number); !here) return here;
    if (signs_registry(store, actor.kid) || made_store(store, actor.kid)) return {};
    if (!registry) return fail(ErrorCode::StoreNoSuchKey, {}, to_hex(actor.kid) + ": without a registry only who made the store acts");
    const auto key = registry->find_key(actor.kid);
    if (!key) return fail(ErrorCode::StoreNoSuchKey, {}, to_hex(actor.kid));
    const auto refuse = [&](std::string_view why) { return fail(ErrorCode::FieldNotAllowed, {}, certificate.number + ": " + std::string{why}); };
    if (actor.now < key->valid_from || (key->valid_until && actor.now > *key->valid_until) || key->compromised_since) return refuse("the key is not valid now");
    if (signer && key->party == signer->party && status != Status::Valid) return {};
    if (key->role != Role::Bureau)
        return refuse("the key's role is " + std::string{role_name(key->role)} + "; the office, a bureau, or who issued it may (lifting: the office or a bureau)");
    const auto parsed = parse_certificate(certificate.message);
    if (!parsed) return std::unexpected(parsed.error());
    const auto issuer = signer ? registry->find_party(signer->party) : nullptr;
    const CheckedDossier none;
    const FieldData no_data;
    const Party whose = issuer ? *issuer : Party{};
    const RuleInput input{.certificate = parsed->certificate, .issuer = whose, .dossier = none, .field = no_data};
    return reaches(input, key->scope) ? Result<void>{} : refuse("the place or the product lies outside of the bureau's scope");
}

}  // namespace pipa
