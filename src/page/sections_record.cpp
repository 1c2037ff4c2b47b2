// Notices, labels, upstream certificates, grades, visits, variety, and who the producer is.
#include <algorithm>

#include "page/section_rows.hpp"

namespace pipa {
namespace {

using cose::StatementType;

std::string voucher_of(const ViewInput& input, const Piece& piece) { return voucher_id(input.judgement, piece.checked, piece.bearings.standing); }

std::string period(const Catalogue& catalogue, std::optional<DayNumber> from, std::optional<DayNumber> until) {
    if (from && until) return catalogue.format("value.period", {{"from", show_day(catalogue, *from)}, {"until", show_day(catalogue, *until)}});
    if (from) return catalogue.format("value.since", {{"from", show_day(catalogue, *from)}});
    return {};
}

const CheckedStatement* find_upstream(const ViewInput& input, const UpstreamReference& reference) {
    for (const Piece& piece : standing_pieces(input.judgement, StatementType::Certificate, Relation::Upstream))
        if (refers_to(reference, piece.said.id(), piece.said.statement.kid, piece.checked.digest)) return &piece.checked;
    return nullptr;
}

// What stops this upstream certificate: a notice, a failed test, or another reason of its own.
const Reason* find_stop(const ViewInput& input, std::string_view number) {
    const auto is_upstream = [](ReasonId id) { return id == ReasonId::UpstreamStopped || id == ReasonId::UpstreamTestFailed || id == ReasonId::UpstreamWanting; };
    for (const Reason& reason : input.judgement.reasons)
        if (is_upstream(reason.id) && std::ranges::any_of(reason.arguments, [&](const Argument& argument) { return argument.name == "number" && argument.value == number; }))
            return &reason;
    return nullptr;
}

void add_label(const ViewInput& input, const Piece& piece, Rows& rows) {
    const Catalogue& catalogue = input.catalogue;
    const ParsedStatement& label = piece.said;
    const Finding finding = finding_of(input, label.id());
    Notes notes(catalogue, {finding.text, catalogue.pick(label.local(label_key::product_name)), period(catalogue, label.day(label_key::valid_from), label.day(label_key::valid_until))});
    if (const auto copied = label.day(label_key::transcribed)) notes.add(catalogue.format("value.transcribed", {{"date", show_day(catalogue, *copied)}}));
    rows.put({"label", catalogue.text("label_kind." + std::string{label.choice(label_key::kind)}), std::string{label.text(label_key::number)},
              notes.text(), voucher_of(input, piece), finding.level == "ok" ? "" : finding.level});
}

}  // namespace

SectionView notices_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "notices", voucher::device);
    for (const Piece& piece : standing_pieces(input.judgement, StatementType::Notice)) {
        if (piece.bearings.relation == Relation::Other) continue;
        const Finding finding = finding_of(input, piece.said.id());
        Notes notes(catalogue, {period(catalogue, piece.said.day(notice_key::since), piece.said.day(notice_key::ended)), catalogue.pick(piece.said.local(notice_key::text))});
        if (piece.bearings.relation != Relation::Lot) notes.add(catalogue.text("relation." + std::string{relation_name(piece.bearings.relation)}));
        rows.put({"notice", show_choice(catalogue, piece.said, notice_key::kind, "kind"), catalogue.pick(piece.said.local(notice_key::title)),
                  notes.text(), voucher_of(input, piece), finding.level});
    }
    rows.explain({"notice"});
    return rows.finish();
}

SectionView labels_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "labels", voucher::device);
    const auto labels = standing_pieces(input.judgement, StatementType::Label, Relation::Label);
    for (const std::uint32_t reference : input.judgement.certificate->certificate.labels) {
        const auto found = std::ranges::find_if(labels, [&](const Piece& piece) { return piece.said.integer(label_key::reference) == reference; });
        if (found != labels.end()) add_label(input, *found, rows);
        else rows.put({"label", catalogue.text("row.labels"), std::to_string(reference), catalogue.text("value.label_unknown"), std::string{voucher::nobody}, "caution"});
    }
    rows.explain({"label"});
    return rows.finish();
}

SectionView upstream_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "upstream", voucher::device);
    for (const UpstreamReference& reference : input.judgement.certificate->certificate.upstream) {
        const std::string& number = reference.number;
        const CheckedStatement* checked = find_upstream(input, reference);
        const Reason* stop = find_stop(input, number);
        Notes notes(catalogue, {stop != nullptr ? show_reason(catalogue, input.judgement, *stop) : std::string{}});
        if (checked == nullptr) {
            notes.add(stop == nullptr ? catalogue.text("value.upstream_not_here") : std::string{});
            rows.put({"upstream_certificate", catalogue.text("row.upstream"), number, notes.text(), std::string{voucher::nobody}, stop != nullptr ? "stop" : ""});
            continue;
        }
        notes.add(number);
        const Certificate& certificate = *checked->statement->certificate;
        notes.add(catalogue.format("value.issued_on", {{"date", show_day(catalogue, day_of(certificate.issued_unix_s))}}));
        rows.put({"upstream_certificate", show_product(catalogue, input.trust, certificate), checked->party != nullptr ? show_party(catalogue, *checked->party) : number,
                  notes.text(), voucher_id(input.judgement, *checked, Standing::Stands), stop != nullptr ? "stop" : ""});
    }
    rows.explain({"upstream"});
    return rows.finish();
}

SectionView grades_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "grades", voucher::device);
    for (const Piece& piece : standing_pieces(input.judgement, StatementType::Grade, Relation::Issuer))
        rows.put({"grade", catalogue.pick(piece.said.local(grade_key::scale_name)), catalogue.format("value.grade", {{"letter", std::string{piece.said.text(grade_key::letter)}}}),
                  period(catalogue, piece.said.day(grade_key::from), piece.said.day(grade_key::until)), voucher_of(input, piece)});
    rows.explain({"grade"});
    return rows.finish();
}

SectionView visits_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "visits", voucher::device);
    for (const Piece& piece : standing_pieces(input.judgement, StatementType::Patrol)) {
        const ParsedStatement& visit = piece.said;
        const bool of_issuer = input.judgement.issuer != nullptr && is_subject(*input.judgement.issuer, visit.text(statement_key::producer));
        if (piece.bearings.relation == Relation::Other && !of_issuer) continue;
        Notes notes(catalogue, {about_whom(catalogue, piece), catalogue.pick(visit.local(patrol_key::subject))});
        if (visit.flag(patrol_key::order)) notes.add(catalogue.format("value.order", {{"order", catalogue.pick(visit.local(patrol_key::order))}}));
        if (const auto closed = visit.day(patrol_key::closed)) notes.add(catalogue.format("value.closed", {{"date", show_day(catalogue, *closed)}}));
        else if (const auto due = visit.day(patrol_key::due)) notes.add(catalogue.format("value.due", {{"date", show_day(catalogue, *due)}}));
        if (const std::string_view contact = visit.text(patrol_key::contact); !contact.empty()) notes.add(catalogue.format("value.contact", {{"contact", mask_person(contact)}}));
        rows.put({"visit", show_day(catalogue, visit.day(patrol_key::visited).value_or(0)), show_choice(catalogue, visit, patrol_key::finding, "finding"),
                  notes.text(), voucher_of(input, piece)});
    }
    rows.explain({"visit"});
    return rows.finish();
}

SectionView variety_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "variety", voucher::device);
    for (const Piece& piece : standing_pieces(input.judgement, StatementType::Variety, Relation::Product)) {
        const std::string voucher = voucher_of(input, piece);
        const std::string_view from = piece.said.text(variety_key::season_from);
        const std::string_view until = piece.said.text(variety_key::season_until);
        Notes notes(catalogue);
        if (!from.empty() && !until.empty()) notes.add(catalogue.format("value.season", {{"from", show_month_day(catalogue, from)}, {"until", show_month_day(catalogue, until)}}));
        notes.add(catalogue.pick(piece.said.local(variety_key::bred_at)));
        rows.put({"variety", catalogue.pick(piece.said.local(variety_key::name)), catalogue.pick(piece.said.local(variety_key::text)), notes.text(), voucher});
    }
    return rows.finish();
}

SectionView card_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "card", voucher::device);
    for (const Piece& piece : standing_pieces(input.judgement, StatementType::Card, Relation::Issuer)) {
        const ParsedStatement& card = piece.said;
        const std::string voucher = voucher_of(input, piece);
        if (const auto area = card.integer(card_key::area_mu)) rows.add("area", catalogue.format("value.area", {{"area", format_micro(*area)}}), {}, voucher);
        std::vector<std::string> products;
        for (const cbor::Value& code : card.list(card_key::products)) {
            const LocalText* name = input.trust.product_name(static_cast<std::uint32_t>(code.integer().value_or(0)));
            if (name != nullptr) products.push_back(catalogue.pick(*name));
        }
        rows.add("products", join(catalogue, products), {}, voucher);
        for (const cbor::Value& change : card.list(card_key::changes))
            rows.add("change", catalogue.pick(local_text(*change.find(2))), show_day(catalogue, static_cast<DayNumber>(change.find(1)->integer().value_or(0))), voucher);
    }
    return rows.finish();
}

}  // namespace pipa
