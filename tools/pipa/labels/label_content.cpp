#include "pipa/labels/label_content.hpp"

#include "embedded/labels.hpp"
#include "page/format.hpp"
#include "host/embedded_catalogues.hpp"

namespace pipa::labels {
namespace {

// 临平区塘栖镇: a street or village is named together with the district above it.
std::string full_origin(const Catalogue& chinese, const TrustStore& trust, std::int64_t code) {
    constexpr std::int64_t lowest_street = 100'000'000;
    const LocalText* own = trust.division_name(code);
    const LocalText* above = code >= lowest_street ? trust.division_name(code / 1000) : nullptr;
    const std::string name = show_division(chinese, trust, code);
    return own != nullptr && above != nullptr && above != own ? above->zh_hans + name : name;
}

void add_promise(const Certificate& certificate, LabelContent& label) {
    const Catalogue& words = label_words();
    label.promise_head = words.text(certificate.form == Form::Buyer2025 ? "promise.buyer" : "promise");
    const std::string key = "promise." + std::string{form_name(certificate.form)} + ".";
    for (int i = 1; words.has(key + std::to_string(i)); ++i) label.promise.push_back(words.text(key + std::to_string(i)));
    const Catalogue& chinese = *embedded_catalogue("zh-Hans");
    for (const Basis basis : all_bases)
        if (has_basis(bases_of(certificate.form), basis))
            label.bases.push_back({has_basis(certificate.bases, basis), chinese.text("basis." + std::string{basis_name(basis)})});
}

Result<void> add_issuer(const SignedCertificate& signed_certificate, const TrustStore& trust, LabelContent& label) {
    const auto key = trust.find_key(signed_certificate.statement.kid);
    if (key == nullptr) {
        label.warnings.push_back(trust.is_loaded() ? "the trust pack does not know the key; the promisor is not printed"
                                                   : "without a trust pack the promisor and other names are not printed");
        return {};
    }
    // Printing many copies of a code that no phone will accept helps nobody.
    if (verify_statement(signed_certificate.statement, key->public_key) != crypto::SignatureCheck::Valid)
        return fail(ErrorCode::CoseWrongSignature, {}, label.number);
    const auto party = trust.find_party(key->party);
    if (party == nullptr) return {};
    // Not masked: the law wants the promisor's name and contact on the certificate that the promisor hands out.
    label.promisor = party->name.zh_hans;
    label.contact = party->contact;
    return {};
}

}  // namespace

Result<LabelContent> make_label(std::string_view text, const TrustStore& trust) {
    const auto qr = parse_qr_text(text);
    if (!qr) return std::unexpected(qr.error());
    const auto parsed = parse_certificate(qr->certificate);
    if (!parsed) return std::unexpected(parsed.error());
    auto code = draw_qr_code(text, CorrectionLevel::M);
    if (!code) return std::unexpected(code.error());
    const Certificate& certificate = parsed->certificate;
    const Catalogue& chinese = *embedded_catalogue("zh-Hans");
    LabelContent label{.number = certificate.number,
                       .code = std::move(*code),
                       .product = show_product(chinese, trust, certificate),
                       .quantity = show_quantity(chinese, certificate.quantity),
                       .origin = full_origin(chinese, trust, certificate.origin_division),
                       .issued = show_day(chinese, day_of(certificate.issued_unix_s)),
                       .harvested = certificate.harvest_day ? show_day(chinese, *certificate.harvest_day) : "",
                       .lot = certificate.lot,
                       .demo = trust.is_loaded() && trust.pack().demo};
    add_promise(certificate, label);
    if (const auto ok = add_issuer(*parsed, trust, label); !ok) return std::unexpected(ok.error());
    return label;
}

const Catalogue& label_words() {
    static const Catalogue words = Catalogue::parse("zh-Hans", embedded::label_words).value_or(Catalogue{});
    return words;
}

}  // namespace pipa::labels
