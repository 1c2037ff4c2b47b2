#include "learn/cheat.hpp"

#include <algorithm>

#include "page/format.hpp"

namespace pipa {
namespace {

constexpr std::size_t options_each = 3;

std::string host_of(const TrustStore& trust) {
    const bool known = trust.is_loaded() && !trust.pack().hosts.empty();
    return known ? trust.pack().hosts.front() : "pipa.invalid";
}

std::string qr_text(ByteView certificate, const TrustStore& trust) { return make_qr_text(host_of(trust), certificate); }

Certificate changed(Certificate certificate, const CheatChange& change) {
    switch (change.field) {
        case CheatField::Weight: certificate.quantity.amount = change.value; break;
        case CheatField::Origin: certificate.origin_division = change.value; break;
        case CheatField::Date:
            // Whole days, so that the hour stays believable; the harvest moves along, as a cheat would see to.
            const std::int64_t days = change.value - day_of(certificate.issued_unix_s);
            certificate.issued_unix_s += days * seconds_per_day;
            if (certificate.harvest_day) *certificate.harvest_day = static_cast<DayNumber>(*certificate.harvest_day + days);
            break;
    }
    return certificate;
}

std::string show_value(const Certificate& certificate, CheatField field, const TrustStore& trust, const Catalogue& catalogue) {
    switch (field) {
        case CheatField::Weight: return show_quantity(catalogue, certificate.quantity);
        case CheatField::Origin: return show_division(catalogue, trust, certificate.origin_division);
        case CheatField::Date: return show_day(catalogue, day_of(certificate.issued_unix_s));
    }
    return {};
}

std::vector<std::int64_t> values_for(const Certificate& certificate, CheatField field, const TrustStore& trust, UnixSeconds now) {
    std::vector<std::int64_t> out;
    const auto offer = [&](std::int64_t value, std::int64_t original) {
        if (value != original && out.size() < options_each && std::ranges::find(out, value) == out.end()) out.push_back(value);
    };
    if (field == CheatField::Weight) {
        // From the smallest lie there is to a bold one.
        const std::int64_t amount = certificate.quantity.amount;
        for (const std::int64_t value : {amount + 1, amount * 2, amount * 10})
            if (value <= amount_range.highest) offer(value, amount);
    }
    if (field == CheatField::Origin)
        for (const NamedCode& place : trust.pack().divisions)
            if (is_division_code(place.code) && place.code >= 100'000'000) offer(place.code, certificate.origin_division);
    if (field == CheatField::Date) {
        const DayNumber issued = day_of(certificate.issued_unix_s);
        const DayNumber today = day_of(now);
        for (const DayNumber value : {today, today - 1, issued + 1, issued - 1, issued - 7}) offer(value, issued);
    }
    return out;
}

View judged(std::string_view text, const TrustStore& trust, UnixSeconds now, const Catalogue& catalogue) {
    return make_view(judge(text, trust, now), trust, catalogue);
}

std::vector<std::string> texts(const Catalogue& catalogue, std::initializer_list<std::string_view> keys) {
    std::vector<std::string> out;
    for (const std::string_view key : keys) out.push_back(catalogue.text(key));
    return out;
}

}  // namespace

std::string_view cheat_field_name(CheatField field) noexcept {
    switch (field) {
        case CheatField::Weight: return "weight";
        case CheatField::Origin: return "origin";
        case CheatField::Date: return "date";
    }
    return {};
}

Result<std::string> forge(const SignedCertificate& certificate, const CheatChange& change, const TrustStore& trust) {
    // A day outside every calendar would overflow before the certificate's own limits could refuse it.
    if (change.field == CheatField::Date && !is_plausible_day(change.value)) return fail(ErrorCode::CertificateBadField, {}, "issued");
    const auto payload = encode_certificate(changed(certificate.certificate, change));
    if (!payload) return std::unexpected(payload.error());
    const cose::Statement& statement = certificate.statement;
    return qr_text(cose::assemble_statement(statement.protected_bytes, *payload, statement.signature), trust);
}

std::string copy_of(ByteView certificate, const TrustStore& trust) { return qr_text(certificate, trust); }

std::optional<CheatLessonView> make_cheat_lesson(ByteView certificate, const TrustStore& trust, UnixSeconds now, const Catalogue& catalogue) {
    if (!trust.is_loaded()) return {};
    const Judgement judgement = judge(copy_of(certificate, trust), trust, now);
    if (judgement.verdict != Verdict::Genuine || !judgement.certificate) return {};
    const Certificate& original = judgement.certificate->certificate;
    CheatLessonView out{.language = catalogue.language(), .title = catalogue.text("learn.cheat.title")};
    out.introduction = texts(catalogue, {"learn.cheat.intro.1", "learn.cheat.intro.2"});
    out.original = make_view(judgement, trust, catalogue);
    for (const CheatField field : all_cheat_fields) {
        const std::string name{cheat_field_name(field)};
        CheatFieldView view{cheat_field_name(field), catalogue.text("learn.cheat." + name), show_value(original, field, trust, catalogue), {}};
        for (const std::int64_t value : values_for(original, field, trust, now)) {
            const CheatChange change{field, value};
            view.options.push_back({change, show_value(changed(original, change), field, trust, catalogue)});
        }
        if (!view.options.empty()) out.fields.push_back(std::move(view));
    }
    out.copy_label = catalogue.text("learn.cheat.copy");
    out.again_label = catalogue.text("learn.cheat.again");
    return out;
}

Result<CheatOutcomeView> try_cheat(ByteView certificate, const CheatChange& change, const TrustStore& trust, UnixSeconds now, const Catalogue& catalogue) {
    const auto original = parse_certificate(certificate);
    if (!original) return std::unexpected(original.error());
    const auto text = forge(*original, change, trust);
    if (!text) return std::unexpected(text.error());
    const Certificate& honest = original->certificate;
    CheatOutcomeView out;
    out.did = catalogue.format("learn.cheat.did." + std::string{cheat_field_name(change.field)},
                               {{"before", show_value(honest, change.field, trust, catalogue)},
                                {"after", show_value(changed(honest, change), change.field, trust, catalogue)}});
    out.view = judged(*text, trust, now, catalogue);
    out.explanation = texts(catalogue, {"learn.cheat.why.1", "learn.cheat.why.2", "learn.cheat.why.3"});
    return out;
}

CheatOutcomeView try_copy(ByteView certificate, const TrustStore& trust, UnixSeconds now, const Catalogue& catalogue) {
    return {.did = catalogue.text("learn.cheat.did.copy"),
            .view = judged(copy_of(certificate, trust), trust, now, catalogue),
            .explanation = texts(catalogue, {"learn.cheat.copied.1", "learn.cheat.copied.2", "learn.cheat.copied.3"})};
}

}  // namespace pipa
