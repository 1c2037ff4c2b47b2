#include "trust/checked_dossier.hpp"

#include <algorithm>
#include <array>

#include "base/heap_sort.hpp"

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

bool role_may(const ParsedStatement& statement, Role role) {
    const auto roles = signers_of(statement.type());
    if (std::ranges::find(roles, role) == roles.end()) return false;
    const auto rule = std::ranges::find(narrower, role, &Narrower::role);
    if (rule == narrower.end()) return true;
    const std::int64_t said = statement.integer(rule->key).value_or(0);
    return said >= rule->lowest && said <= rule->highest;
}

// What the registry says, looked up once a dossier: its statements have few signers and name few producers.
class Registered {
public:
    explicit Registered(const TrustStore& trust) : m_trust(trust) {}

    static constexpr std::size_t few_subjects = 4;

    struct Signer {
        cose::Kid kid{};
        std::shared_ptr<const KeyEntry> key{};  // null where the registry does not know it
        std::shared_ptr<const Party> party{};
    };
    const Signer& signer(const cose::Kid& kid) {
        const auto known = std::ranges::find(m_signers, kid, &Signer::kid);
        return known != m_signers.end() ? *known : look_up(kid);
    }

    // Where a producer is registered, by the id that statements name it with; the registry is sorted by other ids. 0 where it does
    // not know it.
    std::int64_t division(std::string_view subject) {
        const auto known = std::ranges::find(m_known, subject, &std::pair<std::string, std::int64_t>::first);
        return known != m_known.end() ? known->second : m_known.size() < few_subjects ? look_up(subject) : read_all(subject);
    }

private:
    const Signer& look_up(const cose::Kid& kid) {
        auto key = m_trust.find_key(kid);
        auto party = key ? m_trust.find_party(key->party) : nullptr;
        return m_signers.emplace_back(kid, std::move(key), std::move(party));
    }
    std::int64_t look_up(std::string_view subject) {
        const auto party = m_trust.find_party_if([&](const Party& one) { return is_subject(one, subject); });
        return m_known.emplace_back(std::string{subject}, party ? party->division : 0).second;
    }
    std::int64_t read_all(std::string_view subject) {
        // A dossier that names many has the registry read once.
        if (m_all.empty()) {
            (void)m_trust.find_party_if([&](const Party& one) { return m_all.emplace_back(subject_id(one), one.division), false; });
            heap_sort(m_all);
        }
        const auto at = std::ranges::lower_bound(m_all, subject, {}, [](const auto& one) { return std::string_view{one.first}; });
        return at != m_all.end() && at->first == subject ? at->second : 0;
    }

    const TrustStore& m_trust;
    std::vector<Signer> m_signers{};
    std::vector<std::pair<std::string, std::int64_t>> m_known{};  // few
    std::vector<std::pair<std::string, std::int64_t>> m_all{};    // by id, once there are more
};

// The place that a statement speaks of: its own, or that of the producer it names.
std::int64_t division_of(const ParsedStatement& statement, Registered& registered) {
    if (statement.certificate) return statement.certificate->origin_division;
    if (statement.type() == StatementType::Card) return statement.integer(card_key::division).value_or(0);
    if (statement.type() == StatementType::Work && statement.integer(work_key::division)) return *statement.integer(work_key::division);
    const std::string_view subject = statement.text(statement_key::producer);
    return subject.empty() ? 0 : registered.division(subject);
}

// The products that a statement names by code; tests and inputs name none, and are held against their lot's later.
std::vector<std::int64_t> products_of(const ParsedStatement& statement) {
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

bool in_place_and_class(const ParsedStatement& statement, const Scope& scope, Registered& registered) {
    const std::int64_t division = scope.division_prefixes.empty() ? 0 : division_of(statement, registered);
    const auto covers = [&](std::int64_t prefix) { return is_in_division(division, prefix); };
    if (division != 0 && !std::ranges::any_of(scope.division_prefixes, covers)) return false;
    return std::ranges::all_of(products_of(statement), [&](std::int64_t code) { return covers_class(scope, product_class(static_cast<std::uint32_t>(code))); });
}

bool in_scope(const ParsedStatement& statement, const Scope& scope, Registered& registered) {
    if (!scope.types.empty() && std::ranges::find(scope.types, statement.type()) == scope.types.end()) return false;
    return in_place_and_class(statement, scope, registered);
}

// Who may say it: the role for the type, within the key's scope, and a producer only for itself.
Standing standing_of(const ParsedStatement& statement, const KeyEntry& key, const Party* party, Registered& registered) {
    const UnixSeconds issued = statement.issued();
    const bool in_time = issued >= key.valid_from && (!key.valid_until || issued <= *key.valid_until) &&
                         (!key.compromised_since || issued < *key.compromised_since);
    if (!in_time) return Standing::KeyNotValidThen;
    if (!role_may(statement, key.role)) return Standing::RoleMayNot;
    if (!in_scope(statement, key.scope, registered)) return Standing::OutOfScope;
    if (key.role != Role::Producer && key.role != Role::Buyer) return Standing::Stands;
    const std::string_view about = statement.text(statement_key::producer);
    const bool own = about.empty() || (party != nullptr && is_subject(*party, about));
    if (!own) return Standing::NotItsOwn;
    // What a dossier leaves out is its keeper's to say, so producers keep theirs only where the registry names them for it.
    const bool is_keeper = std::ranges::find(key.scope.types, StatementType::Manifest) != key.scope.types.end();
    return statement.type() != StatementType::Manifest || is_keeper ? Standing::Stands : Standing::RoleMayNot;
}

// Whoever found a lost key may write any day. What stops goods is heard all the same: a bureau that loses its key recalls nothing less.
bool needs_receipt(const CheckedStatement& told) { return told.stands() && told.key->compromised_since && !told.is(StatementType::Notice); }

// Receipts of keys that are still their holders'.
bool is_receipt(const CheckedStatement& told) { return told.stands() && told.is(StatementType::Receipt) && !told.key->compromised_since; }

struct Received {
    ByteView digest;
    UnixSeconds at;
    const KeyEntry* by;
};

// An office has before it what is of its place and goods; what names no goods may be of any.
bool may_show(const KeyEntry& office, const ParsedStatement& statement, Registered& registered) {
    return in_place_and_class(statement, office.scope, registered) && (office.scope.product_classes.empty() || !products_of(statement).empty());
}

void look_for_receipts(CheckedDossier& dossier, Registered& registered) {
    std::vector<Received> received;
    for (const CheckedStatement& told : dossier.statements)
        if (is_receipt(told))
            for (const cbor::Value& digest : told.statement->list(receipt_key::digests)) received.push_back({digest.bytes, told.statement->issued(), told.key.get()});
    const auto before = [](ByteView a, ByteView b) { return std::ranges::lexicographical_compare(a, b); };
    heap_sort(received, before, &Received::digest);
    const auto settle = [&](CheckedStatement& told) {
        if (!needs_receipt(told)) return;
        const auto shows = [&](const Received& one) { return one.at < *told.key->compromised_since && may_show(*one.by, *told.statement, registered); };
        if (std::ranges::none_of(std::ranges::equal_range(received, ByteView{told.digest}, before, &Received::digest), shows)) told.standing = Standing::KeyLostLater;
    };
    for (CheckedStatement& told : dossier.statements) settle(told);
    settle(dossier.manifest);
}

void compare_with_manifest(CheckedDossier& dossier) {
    if (!dossier.manifest.stands() || !dossier.manifest.is(StatementType::Manifest)) return;
    const ParsedStatement& manifest = *dossier.manifest.statement;
    dossier.sequence = manifest.integer(manifest_key::sequence).value_or(0);
    dossier.issued_unix_s = manifest.issued();
    std::vector<CheckedStatement*> here;
    for (CheckedStatement& statement : dossier.statements) here.push_back(&statement);
    const auto digest_of = [](const CheckedStatement* statement) { return ByteView{statement->digest}; };
    const auto before = [](ByteView a, ByteView b) { return std::ranges::lexicographical_compare(a, b); };
    heap_sort(here, before, digest_of);
    for (const cbor::Value& listed : manifest.list(manifest_key::digests)) {
        const auto same = std::ranges::equal_range(here, ByteView{listed.bytes}, before, digest_of);
        if (same.empty()) ++dossier.missing;
        for (CheckedStatement* statement : same) statement->in_manifest = true;
    }
}

// A statement held against the registry: who signed it, whether rightly, and whether that key may say so.
CheckedStatement check(DossierEntry entry, Registered& registered) {
    CheckedStatement out;
    out.digest = crypto::sha256(entry.message);
    out.bytes = static_cast<std::uint32_t>(entry.message.size());
    if (!entry.statement) {
        out.error = std::move(entry.statement.error());
        return out;
    }
    out.statement = std::move(*entry.statement);
    const Registered::Signer& signer = registered.signer(out.statement->statement.kid);
    out.key = signer.key;
    out.party = signer.party;
    if (out.key == nullptr) {
        out.standing = Standing::UnknownKey;
        return out;
    }
    const bool right = verify_statement(out.statement->statement, out.key->public_key) == crypto::SignatureCheck::Valid;
    out.standing = right ? standing_of(*out.statement, *out.key, out.party.get(), registered) : Standing::WrongSignature;
    return out;
}

}  // namespace

CheckedStatement check_statement(DossierEntry entry, const TrustStore& trust) {
    Registered registered(trust);
    return check(std::move(entry), registered);
}

std::string subject_id(const Party& party) { return party.uscc.empty() ? "local:" + std::to_string(party.id) : party.uscc; }

bool covers_class(const Scope& scope, std::uint32_t wanted) noexcept {
    return scope.product_classes.empty() || std::ranges::find(scope.product_classes, wanted) != scope.product_classes.end();
}

Result<CheckedDossier> open_dossier(ByteView file, const TrustStore& trust) {
    auto parsed = parse_dossier(file);
    if (!parsed) return std::unexpected(parsed.error());
    CheckedDossier dossier;
    Registered registered(trust);
    dossier.manifest = check(std::move(parsed->manifest), registered);
    dossier.statements.reserve(parsed->entries.size());
    for (DossierEntry& entry : parsed->entries) dossier.statements.push_back(check(std::move(entry), registered));
    look_for_receipts(dossier, registered);
    compare_with_manifest(dossier);
    return dossier;
}

bool has_receipt(const CheckedDossier& dossier, const Certificate& certificate, const crypto::Digest& message, UnixSeconds before) {
    const auto has_a_say = [&](const Scope& scope) {
        const auto covers = [&](std::int64_t prefix) { return is_in_division(certificate.origin_division, prefix); };
        if (!scope.division_prefixes.empty() && std::ranges::none_of(scope.division_prefixes, covers)) return false;
        return covers_class(scope, product_class(certificate.product_code.value_or(0)));
    };
    const auto lists_it = [&](const CheckedStatement& told) {
        if (!is_receipt(told) || told.statement->issued() >= before || !has_a_say(told.key->scope)) return false;
        return std::ranges::any_of(told.statement->list(receipt_key::digests), [&](const cbor::Value& digest) { return std::ranges::equal(digest.bytes, message); });
    };
    return std::ranges::any_of(dossier.statements, lists_it);
}

void keep_each_once(std::vector<const CheckedStatement*>& statements) {
    const auto digest_of = [](const CheckedStatement* statement) -> const crypto::Digest& { return statement->digest; };
    heap_sort(statements, {}, digest_of);
    const auto repeated = std::ranges::unique(statements, {}, digest_of);
    statements.erase(repeated.begin(), repeated.end());
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
        case Standing::KeyLostLater: return "key_lost_later";
    }
    return {};
}

}  // namespace pipa
