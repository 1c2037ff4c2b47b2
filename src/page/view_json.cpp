#include "page/view_json.hpp"

#include <nlohmann/json.hpp>

#include "base/hex.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;

// Texts were checked as UTF-8 when they were read; the replacing handler only keeps a later slip from ending the program.
std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json json_of(const VerdictView& verdict) {
    return {{"code", verdict.code}, {"level", verdict.level}, {"icon", verdict.icon}, {"word", verdict.word},
            {"reason_code", verdict.reason_code}, {"reason", verdict.reason}, {"next_step", verdict.next_step},
            {"does_not_prove", verdict.does_not_prove}};
}

Json json_of(const SectionView& section) {
    Json rows = Json::array();
    for (const RowView& row : section.rows) {
        Json out = {{"id", row.id}, {"label", row.label}, {"value", row.value}, {"voucher", row.voucher}};
        if (!row.note.empty()) out["note"] = row.note;
        rows.push_back(std::move(out));
    }
    return {{"id", section.id}, {"title", section.title}, {"rows", std::move(rows)}};
}

Json json_of(const Certificate& certificate) {
    Json bases = Json::array();
    for (const Basis basis : all_bases)
        if (has_basis(certificate.bases, basis)) bases.push_back(basis_name(basis));
    const Quantity& quantity = certificate.quantity;
    Json amount = {{"amount", quantity.amount}, {"unit", unit_name(quantity.unit)}};
    if (quantity.pack != Pack::None) {
        amount["packs"] = quantity.packs;
        amount["pack"] = pack_name(quantity.pack);
    }
    Json out = {{"number", certificate.number}, {"issued", format_rfc3339(certificate.issued_unix_s)}};
    if (certificate.expires_unix_s) out["expires"] = format_rfc3339(*certificate.expires_unix_s);
    if (certificate.status_index) out["status_index"] = *certificate.status_index;
    if (certificate.product_code) out["product_code"] = *certificate.product_code;
    if (!certificate.product_name.empty()) out["product_name"] = certificate.product_name;
    out["quantity"] = std::move(amount);
    out["origin_division"] = std::to_string(certificate.origin_division);
    if (certificate.harvest_day) out["harvest_day"] = format_day(*certificate.harvest_day);
    out["form"] = form_name(certificate.form);
    out["bases"] = std::move(bases);
    if (!certificate.labels.empty()) out["labels"] = certificate.labels;
    if (!certificate.lot.empty()) out["lot"] = certificate.lot;
    if (!certificate.upstream.empty()) out["upstream"] = certificate.upstream;
    if (!certificate.quarantine_number.empty()) out["quarantine_number"] = certificate.quarantine_number;
    if (!certificate.gtin.empty()) out["gtin"] = certificate.gtin;
    return out;
}

Json json_of(const SignedCertificate& signed_certificate) {
    Json out = json_of(signed_certificate.certificate);
    out["kid"] = to_hex(signed_certificate.statement.kid);
    out["algorithm"] = signed_certificate.statement.algorithm;
    return out;
}

Json json_of(const Judgement& judgement) {
    Json reasons = Json::array();
    for (const Reason& reason : judgement.reasons) {
        const ReasonRule& rule = rule_of(reason.id);
        Json out = {{"code", rule.code}, {"level", level_name(rule.level)}};
        for (const Argument& argument : reason.arguments) out["arguments"][std::string{argument.name}] = argument.value;
        reasons.push_back(std::move(out));
    }
    Json out = {{"verdict", verdict_name(judgement.verdict)}, {"level", level_name(judgement.level)}, {"reasons", std::move(reasons)},
                {"freshness", {{"grade", grade_name(judgement.freshness.grade)}}}, {"signature_valid", judgement.signature_valid}};
    if (judgement.freshness.as_of) out["freshness"]["as_of"] = format_rfc3339(*judgement.freshness.as_of);
    if (!judgement.host.empty()) out["host"] = judgement.host;
    if (judgement.reasons.front().id == ReasonId::ForeignCode) out["foreign_code"] = foreign_code_name(judgement.foreign_code);
    if (judgement.error) {
        out["error"] = {{"code", code_name(judgement.error->code)}, {"message", code_message(judgement.error->code)}};
        if (judgement.error->byte_offset) out["error"]["at"] = *judgement.error->byte_offset;
        if (!judgement.error->detail.empty()) out["error"]["detail"] = judgement.error->detail;
    }
    if (judgement.certificate) out["certificate"] = json_of(*judgement.certificate);
    return out;
}

}  // namespace

std::string to_json(const View& view) {
    Json out = {{"version", view_version}, {"language", view.language}, {"title", view.title}, {"verdict", json_of(view.verdict)}};
    out["remarks"] = Json::array();
    for (const RemarkView& remark : view.remarks)
        out["remarks"].push_back({{"code", remark.code}, {"level", remark.level}, {"text", remark.text}});
    out["freshness"] = {{"grade", view.freshness.grade}, {"text", view.freshness.text}};
    if (!view.demo_notice.empty()) out["demo_notice"] = view.demo_notice;
    out["sections"] = Json::array();
    for (const SectionView& section : view.sections) out["sections"].push_back(json_of(section));
    out["vouchers"] = Json::array();
    for (const VoucherView& voucher : view.vouchers)
        out["vouchers"].push_back({{"id", voucher.id}, {"name", voucher.name}, {"role", voucher.role}, {"basis", voucher.basis}});
    return dump(out);
}

std::string to_json(const Judgement& judgement) { return dump(json_of(judgement)); }
std::string to_json(const SignedCertificate& certificate) { return dump(json_of(certificate)); }

}  // namespace pipa
