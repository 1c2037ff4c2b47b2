#include "page/view_sections.hpp"

#include "base/hex.hpp"
#include "page/privacy.hpp"
#include "page/section_rows.hpp"
#include "record/uscc.hpp"

namespace pipa {
namespace {

std::string label_references(const Certificate& certificate) {
    std::string out;
    for (const std::uint32_t label : certificate.labels) out += (out.empty() ? "" : ", ") + std::to_string(label);
    return out;
}

}  // namespace

SectionView promise_section(const ViewInput& input) {
    const Certificate& certificate = input.judgement.certificate->certificate;
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "promise", is_vouched_for(input.judgement) ? voucher::producer : voucher::nobody);
    rows.add("product", show_product(catalogue, input.trust, certificate));
    rows.add("quantity", show_quantity(catalogue, certificate.quantity));
    rows.add("origin", show_division(catalogue, input.trust, certificate.origin_division));
    if (certificate.harvest_day) rows.add("harvest", show_day(catalogue, *certificate.harvest_day));
    rows.add("issued", show_day(catalogue, day_of(certificate.issued_unix_s)), show_age(input));
    if (certificate.expires_unix_s) rows.add("expires", show_time(catalogue, *certificate.expires_unix_s));
    rows.add("bases", show_bases(catalogue, certificate.bases), catalogue.text("note.bases"));
    rows.add("form", catalogue.text("form." + std::string{form_name(certificate.form)}));
    rows.add("lot", certificate.lot);
    const bool dossier = input.judgement.dossier != nullptr;  // sections of their own say more
    if (!dossier) rows.add("upstream", join(catalogue, upstream_numbers(certificate)), catalogue.text("note.upstream"));
    rows.add("quarantine", certificate.quarantine_number, catalogue.text("note.quarantine"));
    rows.add("gtin", certificate.gtin);
    if (!dossier) rows.add("labels", label_references(certificate), catalogue.text("note.labels"));
    return rows.finish();
}

SectionView promisor_section(const ViewInput& input) {
    const Party& party = *input.judgement.issuer;
    const Catalogue& catalogue = input.catalogue;
    const bool person = is_natural_person(party.kind);
    Rows rows(catalogue, "promisor", voucher::district);
    const std::string& name = catalogue.pick(party.name);
    // An English name of a person gives no less away than the Chinese one.
    rows.add("name", person ? mask_name(name) : name, !catalogue.is_chinese() && !person && name != party.name.zh_hans ? party.name.zh_hans : "");
    rows.add("kind", catalogue.text("kind." + std::string{party_kind_name(party.kind)}));
    if (party.uscc.empty() && person) rows.add("uscc", catalogue.text("value.no_uscc"));
    else rows.add("uscc", party.uscc, check_uscc(party.uscc) || party.uscc.empty() ? "" : catalogue.text("note.uscc_wrong"));
    rows.add("place", join(catalogue, std::vector<std::string>{show_division(catalogue, input.trust, party.division), catalogue.pick(party.place)}));
    rows.add("contact", person ? mask_contact(party.contact) : party.contact, person && !party.contact.empty() ? catalogue.text("note.masked") : "");
    return rows.finish();
}

SectionView code_section(const ViewInput& input) {
    const Judgement& judgement = input.judgement;
    const SignedCertificate& signed_certificate = *judgement.certificate;
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "code", voucher::device);
    rows.add("number", signed_certificate.certificate.number, {}, is_vouched_for(judgement) ? voucher::producer : voucher::nobody);
    rows.add("signature", catalogue.text(judgement.signature_valid ? "value.signature_right"
                                         : judgement.key != nullptr ? "value.signature_wrong" : "value.signature_unknown"));
    rows.add("key_id", to_hex(signed_certificate.statement.kid));
    rows.add("host", judgement.host);
    if (input.trust.is_loaded())
        rows.add("trust_version", catalogue.format("value.trust_version", {{"version", std::to_string(input.trust.pack().version)}}), {}, voucher::district);
    return rows.finish();
}

}  // namespace pipa
