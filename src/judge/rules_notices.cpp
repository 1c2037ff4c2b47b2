// Notices: recall, suspension, withdrawal, warning; on this certificate and on those upstream of it.
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

void add_upstream(const RuleInput& input, std::span<const std::string> owners, const ParsedStatement& notice, NoticeKind kind, Findings& reasons) {
    if (reason_of(kind) == ReasonId::Warning || notice.flag(notice_key::drill)) return;
    for (std::size_t i = 0; i < owners.size(); ++i)
        if (const auto& reference = input.certificate.upstream[i]; notice_names(notice, reference, owners[i]))
            add_about(notice, reasons, ReasonId::UpstreamStopped).with("number", reference.number);
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

bool names_producers(const ParsedStatement& notice) { return !notice.text(statement_key::producer).empty() || has(notice, notice_key::producers); }

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
    if (!names_lots && !names_producers(notice) && !has(notice, notice_key::products)) return false;  // about nothing in particular: read, not applied
    // Lots and numbers are their producer's: others may use the same.
    if (!speaks_of(notice, subject_id(input.issuer))) return false;
    const bool lot_fits = notice.lists_text(statement_key::certificates, certificate.number) ||
                          (!certificate.lot.empty() && notice.lists_text(statement_key::lots, certificate.lot));
    if (names_lots && !lot_fits) return false;
    // Goods without a product code may be any.
    if (has(notice, notice_key::products) && certificate.product_code && !notice.lists_integer(notice_key::products, *certificate.product_code))
        return false;
    return dates_match(notice, day_of(certificate.issued_unix_s));
}

bool speaks_of(const ParsedStatement& notice, std::string_view subject) {
    return !names_producers(notice) || notice.text(statement_key::producer) == subject || notice.lists_text(notice_key::producers, subject);
}

std::vector<std::string> upstream_owners(const RuleInput& input) {
    std::vector<std::string> out;
    for (const UpstreamReference& reference : input.certificate.upstream) {
        const auto key = reference.mark && input.trust != nullptr ? input.trust->find_key(reference.mark->signer) : nullptr;
        const auto owner = key != nullptr ? input.trust->find_party(key->party) : nullptr;
        out.push_back(owner != nullptr ? subject_id(*owner) : std::string{});
    }
    return out;
}

bool notice_names(const ParsedStatement& notice, const UpstreamReference& upstream, std::string_view owner) {
    return notice.lists_text(statement_key::certificates, upstream.number) && (owner.empty() || speaks_of(notice, owner));
}

void judge_notices(const RuleInput& input, Findings& reasons) {
    const std::vector<std::string> owners = upstream_owners(input);
    for_each_notice(input, [&](const CheckedStatement& told) {
        const ParsedStatement& notice = *told.statement;
        const auto kind = static_cast<NoticeKind>(notice.integer(notice_key::kind).value_or(1));
        if (!is_in_force(notice, input.now, input.clock_behind)) return;
        // Of what the certificate names as upstream, wherever it sits; what its issuer says of it is told where that certificate is judged.
        if (told.key->role == Role::Bureau) add_upstream(input, owners, notice, kind, reasons);
        if (!may_say(input, told, kind) || !notice_matches(input, notice)) return;
        add_about(notice, reasons, notice.flag(notice_key::drill) ? ReasonId::Drill : reason_of(kind));
    });
}

}  // namespace pipa
