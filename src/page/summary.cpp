// The part of the summary that every answer has; a phone loads this before it shows the verdict.
#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "page/format.hpp"
#include "page/section_rows.hpp"
#include "page/view_sections.hpp"

namespace pipa {
namespace {

RemarkView further_of(const Catalogue& catalogue, std::span<const RemarkView> remarks) {
    const auto weighs = [](const RemarkView& remark) { return remark.level != level_name(Level::Ok); };
    const auto first = std::ranges::find_if(remarks, weighs);
    if (first == remarks.end()) return {};
    RemarkView out = *first;
    const auto more = std::ranges::count_if(first + 1, remarks.end(), weighs);
    if (more > 0) out.text = catalogue.format("further", {{"text", out.text}, {"count", std::to_string(more)}});
    return out;
}

}  // namespace

std::string show_age(const ViewInput& input) {
    for (const Reason& reason : input.judgement.reasons)
        if (reason.id == ReasonId::IssuedDaysAgo) return show_reason(input.catalogue, input.judgement, reason);
    return {};
}

bool is_vouched_for(const Judgement& judgement) noexcept {
    return judgement.signature_valid && judgement.verdict != Verdict::UnknownIssuer && judgement.verdict != Verdict::Altered;
}

SummaryView make_summary(const ViewInput& input, std::span<const RemarkView> remarks) {
    const Judgement& judgement = input.judgement;
    const Catalogue& catalogue = input.catalogue;
    const Certificate& certificate = judgement.certificate->certificate;
    SummaryView out;
    const auto add = [&](std::string_view id, std::string value, std::string_view voucher, std::string note = {}) {
        if (value.empty()) return;
        out.rows.push_back({std::string{id}, catalogue.text_at({"row", id}), std::move(value), std::move(note), std::string{voucher}});
    };
    const std::string_view promised = is_vouched_for(judgement) ? voucher::producer : voucher::nobody;
    add("product", show_product(catalogue, input.trust, certificate), promised);
    add("quantity", show_quantity(catalogue, certificate.quantity), promised);
    if (judgement.issuer != nullptr && judgement.signature_valid)
        add("promised_by", show_party(catalogue, *judgement.issuer), voucher::district);
    add("origin", show_division(catalogue, input.trust, certificate.origin_division), promised);
    if (certificate.harvest_day) add("harvest", show_day(catalogue, *certificate.harvest_day), promised);
    add("issued", show_day(catalogue, day_of(certificate.issued_unix_s)), promised, show_age(input));
    out.further = further_of(catalogue, remarks);
    if (judgement.dossier) {
        out.to_come.emplace_back("tests");
        if (!certificate.labels.empty()) out.to_come.emplace_back("badges");
    }
    return out;
}

}  // namespace pipa
