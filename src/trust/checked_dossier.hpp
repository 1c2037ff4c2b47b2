// A dossier held against what this device trusts: which statement stands, and what the manifest says of each.
// Nothing is dropped: a statement that does not stand is kept with the reason why.
#pragma once

#include "crypto/ed25519.hpp"
#include "record/dossier.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

enum class Standing : std::uint8_t {
    Stands,          // signed rightly by a key that was entitled to say this then
    Unreadable,      // does not parse; `error` says why
    UnknownKey,
    WrongSignature,
    KeyNotValidThen,
    RoleMayNot,      // this role does not sign this type
    NotItsOwn,       // a producer speaking of another producer
    OutOfScope,      // the key's scope leaves out this type, place or kind of product
    NotYet,          // dated in the future
    KeyLostLater,    // the key was lost later, and nothing shows that this was signed before
};

struct CheckedStatement {  // one statement of the dossier
    Standing standing{Standing::Unreadable};
    bool in_manifest{};
    std::uint32_t bytes{};               // of the message
    std::optional<ParsedStatement> statement{};
    std::optional<Error> error{};
    std::shared_ptr<const KeyEntry> key{};  // null where it is not known
    std::shared_ptr<const Party> party{};
    crypto::Digest digest{};
    bool received{};                     // an office's receipt shows it from before its key's end
    bool shows{};                        // a receipt that something in the dossier rests on

    [[nodiscard]] bool stands() const noexcept { return standing == Standing::Stands; }
    [[nodiscard]] bool is(cose::StatementType type) const noexcept { return statement && statement->type() == type; }
};

struct CheckedDossier {
    CheckedStatement manifest{};
    std::int64_t sequence{};             // of the manifest; 0 when it does not stand
    UnixSeconds issued_unix_s{};
    std::size_t missing{};               // listed in the manifest, not in the file
    std::vector<CheckedStatement> statements{};      // in the file's order
};

// Errors: dossier.*, cbor.*; one bad statement is no error.
[[nodiscard]] Result<CheckedDossier> open_dossier(ByteView file, const TrustStore& trust);

// The receipt in the dossier, of an office that has a say in these goods, that shows that a certificate was there before a time; of several
// the one whose key lasts longest, and null where there is none. `message`: the digest of the signed certificate.
[[nodiscard]] const CheckedStatement* find_receipt(const CheckedDossier& dossier, const Certificate& certificate, const crypto::Digest& message, UnixSeconds before);

// Each message once, in the order of their digests.
void keep_each_once(std::vector<const CheckedStatement*>& statements);

// One statement held against the keys.
[[nodiscard]] CheckedStatement check_statement(DossierEntry entry, const TrustStore& trust);

// The id by which statements name a party: its USCC, or "local:<id>" for those without one.
[[nodiscard]] std::string subject_id(const Party& party);
[[nodiscard]] inline bool is_subject(const Party& party, std::string_view id) { return party.uscc.empty() ? id == subject_id(party) : id == party.uscc; }

// A scope without classes covers them all.
[[nodiscard]] bool covers_class(const Scope& scope, std::uint32_t wanted) noexcept;

[[nodiscard]] std::string_view standing_name(Standing standing) noexcept;  // "wrong_signature"

}  // namespace pipa
