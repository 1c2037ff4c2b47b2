// The judgement: from what a code says, whom we trust, what is known beyond it and what time it is, to one of six answers with its
// reasons. Pure: no clock, no files; which files to ask for is src/inquiry's matter.
#pragma once

#include <memory>

#include "tlog/log_entry.hpp"
#include "judge/field_data.hpp"
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

// What a code says, read and its signature checked once; what cannot be judged further carries why.
struct ReadCode {
    std::optional<Reason> refusal{};                 // nothing beyond this can be said of the code
    std::optional<SignedCertificate> certificate{};  // vouched for or not
    std::shared_ptr<const KeyEntry> key{};           // who signed; null when unknown
    std::shared_ptr<const Party> issuer{};
    bool signature_valid{};
    std::string host{};                              // of the link, lower case; empty when there was none
    std::string link_lot{};                          // that a GS1 link names in its path; empty without one
    bool link_agrees{true};                          // with what is signed
    ForeignCode foreign_code{ForeignCode::Unknown};  // set with check.foreign_code
    std::optional<Error> error{};                    // set when parsing failed: code and byte offset

    // The dossier of a certificate that nobody vouches for is nobody's: where this is false no further file changes the answer.
    [[nodiscard]] bool may_have_dossier() const noexcept { return signature_valid && issuer != nullptr; }
};
[[nodiscard]] ReadCode read_code(std::string_view text, const TrustStore& trust);
// The same of a signed message that came without a link.
[[nodiscard]] ReadCode read_certificate(ByteView message, const TrustStore& trust);
// In place of a code: nothing but a reason ("number.unknown"), with the number or text that it speaks of.
[[nodiscard]] ReadCode refused(ReasonId id, std::string_view about = {});

// What looking the code up told the server of the files, for the sentence that says so.
struct Disclosure {
    std::uint64_t fewest{};        // certificates that share the record file that was asked for; 0: none was
    std::uint64_t certificates{};  // in all records
    bool status_asked{};           // a part of a status list, which 32,768 certificates share
};

struct Judgement : ReadCode {
    Verdict verdict{Verdict::CouldNotCheck};
    Level level{Level::Unknown};
    std::vector<Reason> reasons{};  // gravest first, never empty
    Freshness freshness{};
    std::optional<Error> trust_error{};  // why the newest trust was refused
    UnixSeconds now_unix_s{};       // as of when it was judged: the device's clock, or the newest signed date where the clock is behind that
    bool clock_behind{};            // it is the latter

    std::optional<Result<tlog::LogInclusion>> public_log{};  // set where a proof was given and the trust pack names a log

    std::shared_ptr<const CheckedDossier> dossier{};  // where one was given and the signature fits
    std::vector<Bearing> bearings{};
    Disclosure disclosure{};
};

// What became of the record behind the certificate.
enum class Record : std::uint8_t {
    NotAsked,      // nobody looked for one, and nothing is said about it
    Given,         // `dossier` is it
    GivenByHand,   // the same, but nothing signed says that it is the published one
    NotFetched,    // it should be there, and did not arrive
    NotPublished,  // the district publishes records, and none for this certificate
    Unreadable,    // something arrived that is no record
};

// What became of the newest trust that was asked for.
enum class TrustNews : std::uint8_t { None, Offline, Refused, RolledBack };

// A certificate that went into this one, judged by the same rules.
struct Upstream {
    UpstreamReference reference{};
    enum class State : std::uint8_t { Stands, Stopped, NotChecked, NotOnRecord } state{};
};

// What there is beyond the certificate itself. Without it the certificate alone is judged.
struct Evidence {
    Record record{Record::NotAsked};
    std::shared_ptr<const CheckedDossier> dossier{};
    const FieldData* field_data{};  // instead of the trust pack's own
    std::span<const CheckedStatement> notices{};  // that came with the trust: they hold whether there is a dossier or not
    std::string log_proof{};        // that the certificate is in a public log (C2SP tlog-proof); empty: none
    bool notices_missing{};         // those of the delegated store that the certificate belongs to, or one that cannot be read
    std::optional<bool> on_file{};  // the signed records have this very certificate, byte for byte; empty: they were not looked at, or there are none
    std::span<const Upstream> upstream{};
    TrustNews trust_news{TrustNews::None};
    std::optional<Error> trust_error{};  // why the newest trust was refused
    Disclosure disclosure{};

    [[nodiscard]] static Evidence with(std::shared_ptr<const CheckedDossier> dossier);
    // Opens a dossier; one that is none becomes Record::Unreadable.
    [[nodiscard]] static Evidence open(ByteView file, const TrustStore& trust);
};

// The judgement. `device_now` is what the device's clock says.
[[nodiscard]] Judgement judge(ReadCode code, const TrustStore& trust, UnixSeconds device_now, const Evidence& evidence = {});
[[nodiscard]] inline Judgement judge(std::string_view text, const TrustStore& trust, UnixSeconds device_now, const Evidence& evidence = {}) {
    return judge(read_code(text, trust), trust, device_now, evidence);
}

[[nodiscard]] std::string_view verdict_name(Verdict verdict) noexcept;  // "out_of_date"
[[nodiscard]] std::string_view level_name(Level level) noexcept;        // "caution"
[[nodiscard]] std::string_view relation_name(Relation relation) noexcept;  // "upstream"
[[nodiscard]] std::string_view grade_name(Grade grade) noexcept;        // "stale"

}  // namespace pipa
