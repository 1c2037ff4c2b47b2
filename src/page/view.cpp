#include "page/view.hpp"

#include <algorithm>
#include <array>

#include "page/format.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

std::string_view icon_of(Verdict verdict, Level level) noexcept {
    switch (verdict) {
        case Verdict::Genuine: return level == Level::Ok ? "check" : level == Level::Stop ? "stop" : "attention";
        case Verdict::OutOfDate: return "clock";
        case Verdict::Revoked: return "stop";
        case Verdict::Altered: return "broken";
        case Verdict::UnknownIssuer: return "person";
        case Verdict::CouldNotCheck: return "question";
    }
    return "question";
}

// The signature is right, and what might speak against the goods did not arrive.
bool is_half_checked(const Judgement& judgement) noexcept { return judgement.verdict == Verdict::CouldNotCheck && judgement.signature_valid; }

// What is missing may come when it is asked for once more.
bool may_come(const Judgement& judgement) noexcept {
    const ReasonId gravest = judgement.reasons.front().id;
    constexpr std::array may = {ReasonId::NoTrust, ReasonId::NoTrustUnreadable, ReasonId::NoTrustForeign, ReasonId::NumberNotFetched, ReasonId::NumberUnreadable};
    return is_half_checked(judgement) || std::ranges::find(may, gravest) != may.end();
}

// What each answer leaves open; keys under limits.<verdict>.
std::span<const std::string_view> limits_of(const Judgement& judgement) noexcept {
    static constexpr std::array<std::string_view, 3> genuine = {"copy", "safe", "official"};
    static constexpr std::array<std::string_view, 1> half = {"half"};
    static constexpr std::array<std::string_view, 1> other = {"1"};
    if (judgement.verdict == Verdict::Genuine) return genuine;
    return is_half_checked(judgement) ? half : other;
}

std::string_view revocation_of(ReasonId gravest) noexcept {
    if (gravest == ReasonId::Recalled || gravest == ReasonId::StatusRecalled) return "recalled";
    return gravest == ReasonId::Withdrawn || gravest == ReasonId::StatusWithdrawn ? "withdrawn" : "suspended";
}

std::string word_key(const Judgement& judgement) {
    const std::string key = "verdict." + std::string{verdict_name(judgement.verdict)};
    if (is_half_checked(judgement)) return key + ".half";
    if (judgement.verdict == Verdict::Revoked) return key + "." + std::string{revocation_of(judgement.reasons.front().id)};
    return judgement.verdict != Verdict::Genuine || judgement.level == Level::Ok ? key : key + "." + std::string{level_name(judgement.level)};
}

VerdictView make_verdict(const ViewInput& input) {
    const Judgement& judgement = input.judgement;
    const Catalogue& catalogue = input.catalogue;
    const Reason& gravest = judgement.reasons.front();
    VerdictView out;
    out.code = verdict_name(judgement.verdict);
    out.level = level_name(judgement.level);
    out.icon = icon_of(judgement.verdict, judgement.level);
    out.word = word_of(judgement, catalogue);
    out.reason_code = rule_of(gravest.id).code;
    out.reason = show_reason(catalogue, judgement, gravest);
    out.next_step = catalogue.text("next." + out.reason_code);
    for (const std::string_view limit : limits_of(judgement))
        out.does_not_prove.push_back(catalogue.text("limits." + out.code + "." + std::string{limit}));
    if (may_come(judgement)) out.retry = catalogue.text("retry");
    return out;
}

std::vector<RemarkView> make_remarks(const ViewInput& input) {
    std::vector<RemarkView> out;
    const auto& reasons = input.judgement.reasons;
    for (std::size_t i = 1; i < reasons.size(); ++i) {
        const ReasonRule& rule = rule_of(reasons[i].id);
        // The age stands beside the issue date, and a right signature in the code section.
        if (rule.id == ReasonId::IssuedDaysAgo || rule.id == ReasonId::SignatureFits) continue;
        out.push_back({std::string{rule.code}, std::string{level_name(rule.level)}, show_reason(input.catalogue, input.judgement, reasons[i])});
    }
    return out;
}

FreshnessView make_freshness(const ViewInput& input) {
    const Freshness& freshness = input.judgement.freshness;
    FreshnessView out{.grade = std::string{grade_name(freshness.grade)}};
    if (!freshness.as_of) {
        out.text = input.catalogue.text("freshness.none");
        return out;
    }
    out.text = input.catalogue.format("freshness." + out.grade, {{"time", show_time(input.catalogue, *freshness.as_of)}});
    return out;
}

// What the check told others, from what it asked for: names of files and the link's own path, and nothing else leaves a device.
std::vector<std::string> make_privacy(const ViewInput& input) {
    const Judgement& judgement = input.judgement;
    const Disclosure& disclosure = judgement.disclosure;
    std::vector<std::string> out{input.catalogue.text("privacy.device")};
    if (disclosure.fewest == 1) out.push_back(input.catalogue.text("privacy.record_alone"));
    if (disclosure.fewest > 1)
        out.push_back(input.catalogue.format("privacy.record", {{"fewest", show_count(disclosure.fewest)}, {"certificates", show_count(disclosure.certificates)}}));
    if (disclosure.status_asked) out.push_back(input.catalogue.format("privacy.status", {{"certificates", show_count(status_shard_entries)}}));
    if (!judgement.host.empty() && !judgement.link_lot.empty()) out.push_back(input.catalogue.format("privacy.link_lot", {{"host", judgement.host}}));
    return out;
}

}  // namespace

std::string word_of(const Judgement& judgement, const Catalogue& catalogue) { return catalogue.text(word_key(judgement)); }

VoucherView make_voucher(const ViewInput& input, std::string_view id, std::string name) {
    const std::string key = "voucher." + std::string{id};
    return {std::string{id}, std::move(name), input.catalogue.text(key + ".role"), input.catalogue.text(key + ".basis")};
}

VoucherView find_voucher_of_facts(const ViewInput& input, std::string_view id) {
    const Party* issuer = input.judgement.issuer.get();
    if (id == voucher::district) return make_voucher(input, id, input.catalogue.pick(input.trust.pack().publisher));
    if (id == voucher::producer && issuer != nullptr) return make_voucher(input, id, show_party(input.catalogue, *issuer));
    return make_voucher(input, id, input.catalogue.text_at({"voucher", id, "name"}));
}

AnswerView make_answer(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue) {
    const ViewInput input{judgement, trust, catalogue};
    AnswerView out;
    out.language = catalogue.language();
    out.verdict = make_verdict(input);
    out.remarks = make_remarks(input);
    out.freshness = make_freshness(input);
    if (trust.is_loaded() && trust.pack().demo) out.demo_notice = catalogue.text("demo.notice");
    out.privacy = make_privacy(input);
    if (judgement.certificate) {
        out.summary = make_summary(input, out.remarks);
        add_vouchers(out, out.summary.rows, [&](std::string_view id) { return find_voucher_of_facts(input, id); });
    }
    out.title = out.verdict.word;
    if (judgement.certificate) out.title += " · " + show_product(catalogue, trust, judgement.certificate->certificate);
    return out;
}

}  // namespace pipa
