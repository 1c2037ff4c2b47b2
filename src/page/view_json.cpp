#include "page/view_json.hpp"

#include "base/hex.hpp"
#include "page/view_json_parts.hpp"

namespace pipa {

void write_rows(JsonWriter& json, std::string_view key, std::span<const RowView> rows) {
    json.key(key).begin_array();
    for (const RowView& row : rows)
        json.begin_object()
            .member("id", row.id)
            .member("label", row.label)
            .member("value", row.value)
            .member("voucher", row.voucher)
            .optional_member("note", row.note)
            .optional_member("level", row.level)
            .end_object();
    json.end_array();
}

void write_drawings(JsonWriter& json, std::span<const DrawingView> drawings) {
    if (drawings.empty()) return;
    json.key("drawings").begin_array();
    for (const DrawingView& drawing : drawings) {
        json.begin_object().member("kind", drawing.kind).member("row", drawing.row).member("filled", drawing.filled);
        json.optional_member("level", drawing.level);
        json.key("marks").begin_array();
        for (const MarkView& mark : drawing.marks)
            json.begin_object()
                .member("kind", mark.kind)
                .member("from", mark.from)
                .member("to", mark.to)
                .optional_member("text", mark.text)
                .optional_member("voucher", mark.voucher)
                .end_object();
        json.end_array().end_object();
    }
    json.end_array();
}

void write(JsonWriter& json, const RemarkView& remark) {
    json.begin_object().member("code", remark.code).member("level", remark.level).member("text", remark.text).end_object();
}

namespace {

void write_strings(JsonWriter& json, std::string_view key, std::span<const std::string> texts) {
    json.key(key).begin_array();
    for (const std::string& text : texts) json.value(text);
    json.end_array();
}

void write(JsonWriter& json, const VerdictView& verdict) {
    json.begin_object()
        .member("code", verdict.code)
        .member("level", verdict.level)
        .member("icon", verdict.icon)
        .member("word", verdict.word)
        .member("reason_code", verdict.reason_code)
        .member("reason", verdict.reason)
        .member("next_step", verdict.next_step);
    write_strings(json, "does_not_prove", verdict.does_not_prove);
    json.optional_member("retry", verdict.retry);
    json.end_object();
}

void write(JsonWriter& json, const SummaryView& summary) {
    json.begin_object().optional_member("picture", summary.picture);
    write_rows(json, "rows", summary.rows);
    write_rows(json, "badges", summary.badges);
    if (!summary.further.text.empty()) {
        json.key("further");
        write(json, summary.further);
    }
    write_strings(json, "to_come", summary.to_come);
    json.end_object();
}

void write(JsonWriter& json, const SectionView& section) {
    json.begin_object().member("id", section.id).member("title", section.title).optional_member("hint", section.hint);
    if (section.folded) json.member("folded", true);
    write_rows(json, "rows", section.rows);
    if (!section.explain.empty()) {
        json.key("explain").begin_array();
        for (const ExplainView& explain : section.explain) json.begin_object().member("term", explain.term).member("text", explain.text).end_object();
        json.end_array();
    }
    write_drawings(json, section.drawings);
    json.end_object();
}

void write(JsonWriter& json, const Quantity& quantity) {
    json.begin_object().member("amount", quantity.amount).member("unit", unit_name(quantity.unit));
    if (quantity.pack != Pack::None) json.member("packs", quantity.packs).member("pack", pack_name(quantity.pack));
    json.end_object();
}

void write(JsonWriter& json, const SignedCertificate& signed_certificate) {
    const Certificate& certificate = signed_certificate.certificate;
    json.begin_object().member("number", certificate.number).member("issued", format_rfc3339(certificate.issued_unix_s));
    if (certificate.expires_unix_s) json.member("expires", format_rfc3339(*certificate.expires_unix_s));
    if (certificate.status_index) json.member("status_index", *certificate.status_index);
    if (certificate.product_code) json.member("product_code", *certificate.product_code);
    json.optional_member("product_name", certificate.product_name);
    json.key("quantity");
    write(json, certificate.quantity);
    json.member("origin_division", std::to_string(certificate.origin_division));
    if (certificate.harvest_day) json.member("harvest_day", format_day(*certificate.harvest_day));
    json.member("form", form_name(certificate.form)).key("bases").begin_array();
    for (const Basis basis : all_bases)
        if (has_basis(certificate.bases, basis)) json.value(basis_name(basis));
    json.end_array();
    if (!certificate.labels.empty()) {
        json.key("labels").begin_array();
        for (const std::uint32_t label : certificate.labels) json.value(label);
        json.end_array();
    }
    json.optional_member("lot", certificate.lot);
    if (!certificate.upstream.empty()) write_strings(json, "upstream", upstream_numbers(certificate));
    json.optional_member("quarantine_number", certificate.quarantine_number)
        .optional_member("gtin", certificate.gtin)
        .member("kid", to_hex(signed_certificate.statement.kid))
        .member("algorithm", signed_certificate.statement.algorithm)
        .end_object();
}

void write(JsonWriter& json, const Reason& reason) {
    const ReasonRule& rule = rule_of(reason.id);
    json.begin_object().member("code", rule.code).member("level", level_name(rule.level));
    if (!reason.arguments.empty()) {
        json.key("arguments").begin_object();
        for (const Argument& argument : reason.arguments) json.member(argument.name, argument.value);
        json.end_object();
    }
    if (!reason.evidence.empty()) write_strings(json, "evidence", reason.evidence);
    json.end_object();
}

void write(JsonWriter& json, const Error& error) {
    json.begin_object().member("code", code_name(error.code));
    if (error.byte_offset) json.member("at", *error.byte_offset);
    json.optional_member("detail", error.detail).end_object();
}

void write_dossier(JsonWriter& json, const Judgement& judgement) {
    const CheckedDossier& dossier = *judgement.dossier;
    json.key("dossier").begin_object().member("sequence", dossier.sequence).member("missing", dossier.missing).member("manifest", standing_name(dossier.manifest.standing));
    json.key("statements").begin_array();
    for (std::size_t i = 0; i < dossier.statements.size(); ++i) {
        const CheckedStatement& checked = dossier.statements[i];
        json.begin_object();
        if (checked.statement) json.member("type", static_cast<std::int64_t>(checked.statement->type())).member("id", checked.statement->id());
        json.member("standing", standing_name(judgement.bearings[i].standing)).member("relation", relation_name(judgement.bearings[i].relation)).end_object();
    }
    json.end_array().end_object();
}

void write(JsonWriter& json, const Result<tlog::LogInclusion>& found) {
    if (!found) {
        json.begin_object().key("error");
        write(json, found.error());
        json.end_object();
        return;
    }
    json.begin_object().member("log", found->log).member("index", static_cast<std::int64_t>(found->index)).member("tree_size", static_cast<std::int64_t>(found->tree_size));
    if (found->since) json.member("since", format_rfc3339(*found->since));
    json.key("witnesses").begin_array();
    for (const note::Signer& witness : found->witnesses) json.value(witness.name);
    json.end_array().end_object();
}

void write(JsonWriter& json, const Judgement& judgement) {
    json.begin_object().member("verdict", verdict_name(judgement.verdict)).member("level", level_name(judgement.level));
    json.key("reasons").begin_array();
    for (const Reason& reason : judgement.reasons) write(json, reason);
    json.end_array().key("freshness").begin_object().member("grade", grade_name(judgement.freshness.grade));
    if (judgement.freshness.as_of) json.member("as_of", format_rfc3339(*judgement.freshness.as_of));
    json.end_object().member("signature_valid", judgement.signature_valid).optional_member("host", judgement.host);
    if (judgement.reasons.front().id == ReasonId::ForeignCode) json.member("foreign_code", foreign_code_name(judgement.foreign_code));
    if (judgement.error) {
        json.key("error");
        write(json, *judgement.error);
    }
    if (judgement.trust_error) {
        json.key("trust_error");
        write(json, *judgement.trust_error);
    }
    if (judgement.certificate) {
        json.key("certificate");
        write(json, *judgement.certificate);
    }
    if (judgement.dossier) write_dossier(json, judgement);
    if (judgement.public_log) {
        json.key("public_log");
        write(json, *judgement.public_log);
    }
    json.end_object();
}

void write_answer(JsonWriter& json, const AnswerView& view) {
    json.member("version", view_version).member("language", view.language).member("title", view.title);
    json.key("verdict");
    write(json, view.verdict);
    json.key("remarks").begin_array();
    for (const RemarkView& remark : view.remarks) write(json, remark);
    json.end_array().key("freshness").begin_object();
    json.member("grade", view.freshness.grade).member("text", view.freshness.text).end_object();
    json.optional_member("demo_notice", view.demo_notice);
    write_strings(json, "privacy", view.privacy);
    json.key("summary");
    write(json, view.summary);
    json.key("vouchers").begin_array();
    for (const VoucherView& voucher : view.vouchers)
        json.begin_object()
            .member("id", voucher.id)
            .member("name", voucher.name)
            .member("role", voucher.role)
            .member("basis", voucher.basis)
            .end_object();
    json.end_array();
}

void write(JsonWriter& json, const AnswerView& view) {
    json.begin_object();
    write_answer(json, view);
    json.key("lessons").raw("[]").key("sections").raw("[]").end_object();
}

void write(JsonWriter& json, const View& view) {
    json.begin_object();
    write_answer(json, view);
    json.key("lessons").begin_array();
    for (const LessonView& lesson : view.lessons) json.begin_object().member("id", lesson.id).member("title", lesson.title).end_object();
    json.end_array().key("sections").begin_array();
    for (const SectionView& section : view.sections) write(json, section);
    json.end_array().end_object();
}

std::string as_json(const auto& what) {
    JsonWriter json;
    write(json, what);
    return json.finish();
}

}  // namespace

std::string to_json(const Judgement& judgement, const View& view) {
    JsonWriter json;
    json.begin_object().member("version", 1).key("judgement");
    write(json, judgement);
    json.key("view");
    write(json, view);
    json.end_object();
    return json.finish();
}
std::string to_json(const AnswerView& view) { return as_json(view); }
std::string to_json(const View& view) { return as_json(view); }
std::string to_json(const Judgement& judgement) { return as_json(judgement); }
std::string to_json(const SignedCertificate& certificate) { return as_json(certificate); }

}  // namespace pipa
