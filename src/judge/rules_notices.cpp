// Notices: recall, suspension, withdrawal, warning; on this certificate and on those upstream of it.
#include <algorithm>

#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

bool has(const ParsedStatement& notice, std::int64_t key) { return !notice.list(key).empty(); }

ReasonId reason_of(NoticeKind kind) noexcept {
    switch (kind) {
        case NoticeKind::Recall: return ReasonId::Recalled;
        case NoticeKind::Suspension: return ReasonId::Suspended;
        case NoticeKind::Withdrawal: return ReasonId::Withdrawn;
        case NoticeKind::Warning:
        case NoticeKind::Disposal:
        case NoticeKind::Emergency: return ReasonId::Warning;
    }
    return ReasonId::Warning;
}

// A producer may take back its own certificates and nothing else; an office speaks of the goods that it has a say in.
bool may_say(const RuleInput& input, const CheckedStatement& told, NoticeKind kind) {
    if (told.key->role == Role::Bureau) return reaches(input, told.key->scope);
    return kind == NoticeKind::Withdrawal && told.party != nullptr && told.party->id == input.issuer.id;
}

Reason& add_about(const ParsedStatement& notice, Findings& reasons, ReasonId id) {
    const LocalText title = notice.local(notice_key::title);
    return add(reasons, id)
        .with("date", format_day(notice.day(notice_key::since).value_or(0)))
        .with("title", title.zh_hans)
        .with("title_en", title.en)
        .because_of(notice.id());
}

void add_upstream(const RuleInput& input, const ParsedStatement& notice, NoticeKind kind, Findings& reasons) {
    if (reason_of(kind) == ReasonId::Warning || notice.flag(notice_key::drill)) return;
    for (const std::string& number : input.certificate.upstream) {
        if (notice.lists_text(statement_key::certificates, number)) add_about(notice, reasons, ReasonId::UpstreamStopped).with("number", number);
    }
}

// Those of the dossier and those that came with the trust; one that came both ways counts once.
template <typename Visit>
void for_each_notice(const RuleInput& input, Visit visit) {
    for (const CheckedStatement& told : input.notices)
        if (told.stands() && told.is(StatementType::Notice)) visit(told);
    for_each_standing(input, StatementType::Notice, [&](const CheckedStatement& told) {
        if (std::ranges::find(input.notices, told.digest, &CheckedStatement::digest) == input.notices.end()) visit(told);
    });
}

bool dates_match(const ParsedStatement& notice, DayNumber issued) noexcept {
    const auto from = notice.day(notice_key::issued_from);
    const auto until = notice.day(notice_key::issued_until);
    return (!from || issued >= *from) && (!until || issued <= *until);
}

}  // namespace

bool is_in_force(const ParsedStatement& notice, UnixSeconds now, bool clock_behind) noexcept {
    const DayNumber today = day_of(now);
    const auto ended = notice.day(notice_key::ended);
    const bool begun = clock_behind || notice.day(notice_key::since).value_or(0) <= today;
    return begun && (!ended || today <= *ended);
}

bool notice_matches(const RuleInput& input, const ParsedStatement& notice) {
    const Certificate& certificate = input.certificate;
    const bool names_lots = has(notice, statement_key::lots) || has(notice, statement_key::certificates);
    const bool names_others = has(notice, notice_key::producers) || has(notice, notice_key::products);
    if (!names_lots && !names_others) return false;  // a notice about nothing in particular is read, not applied
    const std::string issuer = subject_id(input.issuer);
    // Lots and numbers are their producer's: others may use the same.
    const std::string_view owner = notice.text(statement_key::producer);
    const bool lot_fits = notice.lists_text(statement_key::certificates, certificate.number) ||
                          (!certificate.lot.empty() && notice.lists_text(statement_key::lots, certificate.lot));
    if (names_lots && !(lot_fits && (owner.empty() || owner == issuer))) return false;
    if (has(notice, notice_key::producers) && !notice.lists_text(notice_key::producers, issuer)) return false;
    // Goods without a product code may be any.
    if (has(notice, notice_key::products) && certificate.product_code && !notice.lists_integer(notice_key::products, *certificate.product_code))
        return false;
    return dates_match(notice, day_of(certificate.issued_unix_s));
}

void judge_notices(const RuleInput& input, Findings& reasons) {
    for_each_notice(input, [&](const CheckedStatement& told) {
        const ParsedStatement& notice = *told.statement;
        const auto kind = static_cast<NoticeKind>(notice.integer(notice_key::kind).value_or(1));
        if (!is_in_force(notice, input.now, input.clock_behind)) return;
        // Of a number that stands on the certificate, whoever issued it and wherever; what its issuer says of it is told where that certificate
        // is judged.
        if (told.key->role == Role::Bureau) add_upstream(input, notice, kind, reasons);
        if (!may_say(input, told, kind) || !notice_matches(input, notice)) return;
        add_about(notice, reasons, notice.flag(notice_key::drill) ? ReasonId::Drill : reason_of(kind));
    });
}

}  // namespace pipa
