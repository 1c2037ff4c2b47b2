// The rules of the dossier: small pure functions over statements and field data. Each adds the reasons
// it finds, with the ids of the statements they rest on. What a rule cannot show it says as such; a missing record is
// never a passed one.
#pragma once

#include "judge/judge.hpp"

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
};

// A phone's clock may run a little behind the office's.
inline constexpr std::int64_t clock_tolerance_s = 600;

// How each statement of the dossier is to be taken for this certificate; `input.bearings` is not looked at.
[[nodiscard]] std::vector<Bearing> bearings_of(const RuleInput& input);

// A further reason, to be completed in place.
Reason& add(std::vector<Reason>& reasons, ReasonId id);

void run_rules(const RuleInput& input, std::vector<Reason>& reasons);

// The rules, by file.
void judge_notices(const RuleInput& input, std::vector<Reason>& reasons);
void judge_tests(const RuleInput& input, std::vector<Reason>& reasons);
void judge_inputs(const RuleInput& input, std::vector<Reason>& reasons);
void judge_labels(const RuleInput& input, std::vector<Reason>& reasons);
void judge_season(const RuleInput& input, std::vector<Reason>& reasons);
void judge_quarantine(const RuleInput& input, std::vector<Reason>& reasons);
void judge_record(const RuleInput& input, std::vector<Reason>& reasons);
void judge_upstream(const RuleInput& input, std::vector<Reason>& reasons);

// Does a standing statement speak of this lot: by lot, certificate number, or a plot the lot was harvested from?
[[nodiscard]] bool is_about_lot(const RuleInput& input, const ParsedStatement& statement);
// Is it about something upstream of the certificate?
[[nodiscard]] bool is_about_upstream(const RuleInput& input, const ParsedStatement& statement);
// Does the notice match this certificate?
[[nodiscard]] bool notice_matches(const RuleInput& input, const ParsedStatement& notice);
// The day that intervals are counted to; empty where the certificate states no harvest.
[[nodiscard]] inline std::optional<DayNumber> harvest_day(const RuleInput& input) noexcept { return input.certificate.harvest_day; }
[[nodiscard]] std::uint32_t product_class_of(const Certificate& certificate) noexcept;  // 0 without a code
[[nodiscard]] bool covers_product(std::span<const std::uint32_t> products, std::span<const std::uint32_t> classes,
                                  const Certificate& certificate) noexcept;

// The standing statements of one type, optionally only those about this lot.
template <typename Visit>
void for_each_standing(const RuleInput& input, cose::StatementType type, Visit visit) {
    for (std::size_t i = 0; i < input.bearings.size(); ++i)
        if (input.bearings[i].standing == Standing::Stands && input.dossier.statements[i].is(type)) visit(input.dossier.statements[i]);
}

}  // namespace pipa
