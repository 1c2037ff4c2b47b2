#include "trust/story.hpp"

#include <algorithm>
#include <array>

namespace pipa {
namespace {

using cose::StatementType;

// What some roles may say of a type is narrower than the type: a shop sells, a carrier ships, a market receives.
struct Narrower {
    Role role;
    std::int64_t key;
    std::int64_t lowest;
    std::int64_t highest;
};
constexpr std::array narrower = {
    Narrower{Role::Supplier, input_key::action, static_cast<std::int64_t>(InputAction::Purchase), static_cast<std::int64_t>(InputAction::Return)},
    Narrower{Role::Carrier, work_key::step, static_cast<std::int64_t>(WorkStep::Ship), static_cast<std::int64_t>(WorkStep::Receive)},
    Narrower{Role::Market, work_key::step, static_cast<std::int64_t>(WorkStep::Ship), static_cast<std::int64_t>(WorkStep::Receive)},
};

bool role_may(const StoryStatement& statement, Role role) {
    const auto roles = signers_of(statement.type());
    if (std::ranges::find(roles, role) == roles.end()) return false;
    const auto rule = std::ranges::find(narrower, role, &Narrower::role);
    if (rule == narrower.end()) return true;
    const std::int64_t said = statement.integer(rule->key).value_or(0);
    return said >= rule->lowest && said <= rule->highest;
}

// Where producers are registered, by the id that statements name them with. The registry is sorted by other ids, so each is
// looked for once; a dossier names few.
class Registered {
public:
    explicit Registered(const TrustStore& trust) : m_trust(trust) {}

    // 0 where the registry does not know it.
    std::int64_t division(std::string_view subject) {
        const auto known = std::ranges::find(m_known, subject, &std::pair<std::string, std::int64_t>::first);
        if (known != m_known.end()) return known->second;
        const auto party = m_trust.find_party_if([&](const Party& one) { return subject_id(one) == subject; });
        return m_known.emplace_back(std::string{subject}, party ? party->division : 0).second;
    }

private:
    const TrustStore& m_trust;
    std::vector<std::pair<std::string, std::int64_t>> m_known{};
};

// The place that a statement speaks of: its own, or that of the producer it names.
std::int64_t division_of(const StoryStatement& statement, Registered& registered) {
    if (statement.certificate) return statement.certificate->origin_division;
    if (statement.type() == StatementType::Card) return statement.integer(card_key::division).value_or(0);
    if (statement.type() == StatementType::Work && statement.integer(work_key::division)) return *statement.integer(work_key::division);
    const std::string_view subject = statement.text(statement_key::producer);
    return subject.empty() ? 0 : registered.division(subject);
}

// The products that a statement names by code; tests and inputs name none, and are held against their lot's later.
std::vector<std::int64_t> products_of(const StoryStatement& statement) {
    static constexpr std::array lists = {std::pair{StatementType::Card, card_key::products}, std::pair{StatementType::Label, label_key::products},
                                         std::pair{StatementType::Notice, notice_key::products}};
    std::vector<std::int64_t> out;
    if (statement.certificate) out.push_back(statement.certificate->product_code.value_or(0));
    if (statement.type() == StatementType::Variety) out.push_back(statement.integer(variety_key::product).value_or(0));
    const auto found = std::ranges::find(lists, statement.type(), &std::pair<StatementType, std::int64_t>::first);
    if (found != lists.end())
        for (const cbor::Value& code : statement.list(found->second)) out.push_back(code.integer().value_or(0));
    return out;
}

bool in_scope(const StoryStatement& statement, const Scope& scope, Registered& registered) {
    if (!scope.types.empty() && std::ranges::find(scope.types, statement.type()) == scope.types.end()) return false;
    const std::int64_t division = scope.division_prefixes.empty() ? 0 : division_of(statement, registered);
    const auto covers = [&](std::int64_t prefix) { return is_in_division(division, prefix); };
    if (division != 0 && !std::ranges::any_of(scope.division_prefixes, covers)) return false;
    return std::ranges::all_of(products_of(statement), [&](std::int64_t code) { return covers_class(scope, product_class(static_cast<std::uint32_t>(code))); });
}

// Who may say it: the role for the type, within the key's scope, and a producer only for itself.
Standing standing_of(const StoryStatement& statement, const KeyEntry& key, const Party* party, Registered& registered) {
    const UnixSeconds issued = statement.issued();
    const bool in_time = issued >= key.valid_from && (!key.valid_until || issued <= *key.valid_until) &&
                         (!key.compromised_since || issued < *key.compromised_since);
    if (!in_time) return Standing::KeyNotValidThen;
    if (!role_may(statement, key.role)) return Standing::RoleMayNot;
    if (!in_scope(statement, key.scope, registered)) return Standing::OutOfScope;
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

Told tell_with(const DossierEntry& entry, const TrustStore& trust, Registered& registered) {
    Told told;
    told.digest = crypto::sha256(entry.message);
    told.bytes = static_cast<std::uint32_t>(entry.message.size());
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
    told.standing = right ? standing_of(*told.statement, *told.key, told.party.get(), registered) : Standing::WrongSignature;
    return told;
}

}  // namespace

Told tell(const DossierEntry& entry, const TrustStore& trust) {
    Registered registered(trust);
    return tell_with(entry, trust, registered);
}

std::string subject_id(const Party& party) { return party.uscc.empty() ? "local:" + std::to_string(party.id) : party.uscc; }

bool covers_class(const Scope& scope, std::uint32_t wanted) noexcept {
    return scope.product_classes.empty() || std::ranges::find(scope.product_classes, wanted) != scope.product_classes.end();
}

Result<Story> open_dossier(ByteView file, const TrustStore& trust) {
    const auto dossier = parse_dossier(file);
    if (!dossier) return std::unexpected(dossier.error());
    Story story;
    Registered registered(trust);
    story.manifest = tell_with(dossier->manifest, trust, registered);
    story.statements.reserve(dossier->entries.size());
    for (const DossierEntry& entry : dossier->entries) story.statements.push_back(tell_with(entry, trust, registered));
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
        case Standing::NotYet: return "not_yet";
    }
    return {};
}

}  // namespace pipa
