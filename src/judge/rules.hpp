// The rules of the dossier: small pure functions over statements and field data. Each adds the reasons
// it finds, with the ids of the statements they rest on. What a rule cannot show it says as such; a missing record is
// never a passed one.
#pragma once

#include "judge/findings.hpp"

namespace pipa {

struct RuleInput {
    const Certificate& certificate;
    const Party& issuer;
    const CheckedDossier& dossier;
    const FieldData& field;
    UnixSeconds now{};
    bool clock_behind{};  // `now` is the newest signed date, and what is dated later is not therefore of the future
    bool has_dossier{};  // false: nothing was given, so nothing is said about what is missing
    std::span<const Bearing> bearings{};  // beside dossier.statements
    std::span<const CheckedStatement> notices{};  // that came with the trust
    std::span<const Upstream> upstream{};  // what became of the certificates that went into this one
    const TrustStore* trust{};             // for what status lists say of those
};

// Whether a statement is the very certificate that is referred to.
[[nodiscard]] inline bool is_referred_to(const UpstreamReference& reference, const CheckedStatement& told) {
    return told.is(cose::StatementType::Certificate) && refers_to(reference, told.statement->id(), told.statement->statement.kid, told.digest);
}

// A phone's clock may run a little behind the office's.
inline constexpr std::int64_t clock_tolerance_s = 600;

// How each statement of the dossier is to be taken for this certificate; `input.bearings` is not looked at.
[[nodiscard]] std::vector<Bearing> bearings_of(const RuleInput& input);

// The same without what the certificates upstream of it are about.
[[nodiscard]] std::vector<Bearing> lot_bearings_of(const RuleInput& input);

void run_rules(const RuleInput& input, std::vector<Reason>& reasons);

// The rules, by file.
void judge_notices(const RuleInput& input, Findings& reasons);
void judge_tests(const RuleInput& input, Findings& reasons);
void judge_inputs(const RuleInput& input, Findings& reasons);
void judge_labels(const RuleInput& input, Findings& reasons);
void judge_season(const RuleInput& input, Findings& reasons);
void judge_quarantine(const RuleInput& input, Findings& reasons);
void judge_record(const RuleInput& input, Findings& reasons);
void judge_upstream(const RuleInput& input, Findings& reasons);

// What a proof says of the certificate; nothing where there is none, or no log that the trust pack names.
[[nodiscard]] std::optional<Result<tlog::LogInclusion>> find_in_public_log(const ReadCode& code, const TrustStore& trust, std::string_view proof);

// The certificates upstream of this one that the dossier has and that stand, as indices of its statements: those that it names, those that
// they name, and so on, as far as a judgement goes back.
inline constexpr std::size_t max_upstream_depth = 3;
inline constexpr std::size_t max_upstream_judged = 32;
[[nodiscard]] std::vector<std::size_t> known_upstream(const RuleInput& input);
// The same question for one of them, with its bearings to be filled in.
[[nodiscard]] RuleInput for_upstream(const RuleInput& input, std::size_t statement);
// Where the device's clock is behind, a notice that begins later may well have begun.
[[nodiscard]] bool is_in_force(const ParsedStatement& notice, UnixSeconds now, bool clock_behind) noexcept;
// Does the notice match this certificate?
[[nodiscard]] bool notice_matches(const RuleInput& input, const ParsedStatement& notice);
// Whose the certificates upstream of it are, as subject ids in their order; empty where nobody knows the key.
[[nodiscard]] std::vector<std::string> upstream_owners(const RuleInput& input);
// Does it name this certificate upstream? Where nobody knows whose it is, the number alone tells.
[[nodiscard]] bool notice_names(const ParsedStatement& notice, const UpstreamReference& upstream, std::string_view owner);
// Whether a notice speaks of this producer: of the one it names, of several, or of whoever fits the rest of it.
[[nodiscard]] bool speaks_of(const ParsedStatement& notice, std::string_view subject);
// Whether a key of this scope has a say in these goods: in the place where their issuer is registered or they come from, and in their class.
[[nodiscard]] bool reaches(const RuleInput& input, const Scope& scope) noexcept;
// Whether a statement about this lot tells a harvest of it, and not of something else on the same plot.
[[nodiscard]] bool is_harvest_of_lot(const ParsedStatement& work);
// The days on which the lot was harvested, as the certificate and signed harvests say, rising.
[[nodiscard]] std::vector<DayNumber> harvest_days(const RuleInput& input);

// The standing statements of one type.
template <typename Visit>
void for_each_standing(const RuleInput& input, cose::StatementType type, Visit visit) {
    for (std::size_t i = 0; i < input.bearings.size(); ++i)
        if (input.bearings[i].standing == Standing::Stands && input.dossier.statements[i].is(type)) visit(input.dossier.statements[i]);
}

// The same, of those about this lot: by lot, certificate number, or a plot that it was harvested from, and always of its producer.
template <typename Visit>
void for_each_of_lot(const RuleInput& input, cose::StatementType type, Visit visit) {
    for (std::size_t i = 0; i < input.bearings.size(); ++i)
        if (input.bearings[i].standing == Standing::Stands && input.bearings[i].relation == Relation::Lot && input.dossier.statements[i].is(type))
            visit(input.dossier.statements[i]);
}

}  // namespace pipa
