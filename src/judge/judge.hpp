// The judgement: from what a code says, whom we trust and what time it is, to one of six answers with its reasons.
// Pure: no clock, no files. Rules are the district design's section 7 as far as certificate and trust pack carry them.
#pragma once

#include <memory>

#include "judge/field_data.hpp"
#include "tlog/log_entry.hpp"
#include "trust/checked_dossier.hpp"
#include "wire/qr_text.hpp"

namespace pipa {

// The six answers. CouldNotCheck never means forged; Genuine never means safe to eat.
enum class Verdict : std::uint8_t { Genuine, OutOfDate, Revoked, Altered, UnknownIssuer, CouldNotCheck };

// How a shopper should take it: go on, look closer, stop, or we do not know.
enum class Level : std::uint8_t { Ok, Caution, Stop, Unknown };

enum class ReasonId : std::uint8_t {
#define PIPA_REASON(name, code, verdict, level) name,
#include "judge/reasons.def"
#undef PIPA_REASON
};

struct ReasonRule {
    ReasonId id;
    std::string_view code;  // "issuer.unknown_key"
    Verdict verdict;
    Level level;
};
[[nodiscard]] const ReasonRule& rule_of(ReasonId id) noexcept;

struct Argument {  // a value for a named placeholder of the reason's text
    std::string_view name;
    std::string value;
};

struct Reason {
    ReasonId id{};
    std::vector<Argument> arguments{};
    std::vector<std::string> evidence{};  // ids of the statements it rests on

    Reason& with(std::string_view name, std::string_view value);
    Reason& because_of(std::string_view statement_id);
};

// What a statement of the dossier has to do with the certificate that is judged.
enum class Relation : std::uint8_t {
    Lot,       // it speaks of this lot or this certificate
    Label,     // a label that the certificate refers to
    Upstream,  // something that went into this lot, or a notice about it
    Issuer,    // the issuer, not this lot in particular
    Product,   // this product or variety
    District,  // figures of the whole district
    Other,     // somebody or something else
};

struct Bearing {  // one statement, as it is taken for this certificate; beside CheckedDossier::statements, in the same order
    Standing standing{};     // the dossier's own, or stricter: this lot's product may lie outside the key's scope
    Relation relation{Relation::Other};
    bool after_issue{};      // written down after the certificate was issued
};

enum class Grade : std::uint8_t { Fresh, Stale, Unknown };

struct Freshness {  // of what this device knows about keys
    Grade grade{Grade::Unknown};
    std::optional<UnixSeconds> as_of{};
};

struct Judgement {
    Verdict verdict{Verdict::CouldNotCheck};
    Level level{Level::Unknown};
    std::vector<Reason> reasons{};  // gravest first, never empty
    Freshness freshness{};
    UnixSeconds now_unix_s{};       // when it was judged

    std::optional<SignedCertificate> certificate{};  // what the code says, vouched for or not
    std::shared_ptr<const KeyEntry> key{};           // who signed; null when unknown
    std::shared_ptr<const Party> issuer{};
    bool signature_valid{};
    std::string host{};                              // of the link, lower case; empty when there was none
    ForeignCode foreign_code{ForeignCode::Unknown};  // set with check.foreign_code
    std::optional<Error> error{};                    // set when parsing failed: code and byte offset
    std::optional<Result<tlog::LogInclusion>> public_log{};  // set where a proof was given and the trust pack names a log

    std::shared_ptr<const CheckedDossier> dossier{};            // the dossier, where one was given and the signature fits
    std::vector<Bearing> bearings{};
};

// What became of the record behind the certificate.
enum class Record : std::uint8_t {
    NotAsked,      // nobody looked for one, and nothing is said about it
    Given,         // `dossier` is it
    NotFetched,    // it should be there, and did not arrive
    NotPublished,  // the district publishes records, and none for this certificate
    Unreadable,    // something arrived that is no dossier
};

// What there is beyond the certificate itself. Without it the certificate alone is judged.
struct Evidence {
    Record record{Record::NotAsked};
    std::shared_ptr<const CheckedDossier> dossier{};
    const FieldData* field_data{};  // instead of the trust pack's own
    std::span<const CheckedStatement> notices{};  // that came with the trust: they hold whether there is a dossier or not
    std::string log_proof{};        // that the certificate is in a public log (C2SP tlog-proof); empty: none

    [[nodiscard]] static Evidence with(std::shared_ptr<const CheckedDossier> dossier);
    // Opens a dossier; one that is none becomes Record::Unreadable.
    [[nodiscard]] static Evidence open(ByteView file, const TrustStore& trust);
};

// `text` is what the QR code says. Three steps, so that a phone need not have loaded the code for the later ones.
// By certificate and trust alone: final where no record was published. `record` says what became of it.
[[nodiscard]] Judgement judge_certificate(std::string_view text, const TrustStore& trust, UnixSeconds now, Record record = Record::NotAsked,
                                          std::span<const CheckedStatement> notices = {});
// By the record too. The answer with its reasons is final; what changes neither (the public log) is not looked at.
[[nodiscard]] Judgement judge_answer(std::string_view text, const TrustStore& trust, UnixSeconds now, const Evidence& evidence = {});
// The same, and all that there is to say beside it.
[[nodiscard]] Judgement judge(std::string_view text, const TrustStore& trust, UnixSeconds now, const Evidence& evidence = {});

// The dossier of a certificate that nobody vouches for is nobody's dossier: where this is false no record changes the answer.
[[nodiscard]] inline bool may_have_dossier(const Judgement& judgement) noexcept { return judgement.signature_valid && judgement.issuer != nullptr; }

[[nodiscard]] std::string_view verdict_name(Verdict verdict) noexcept;  // "out_of_date"
[[nodiscard]] std::string_view level_name(Level level) noexcept;        // "caution"
[[nodiscard]] std::string_view relation_name(Relation relation) noexcept;  // "upstream"
[[nodiscard]] std::string_view grade_name(Grade grade) noexcept;        // "stale"

}  // namespace pipa
