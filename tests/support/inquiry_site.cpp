#include "support/inquiry_site.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/hex.hpp"
#include "record/statement_types.hpp"
#include "support/signing.hpp"
#include "wire/qr_text.hpp"

namespace pipa::test {
namespace {

constexpr UnixSeconds issued = 1'795'046'400;  // 2026-11-19 08:00 in China

Bytes statement(const char* signer, cose::StatementType type, const std::string& json) {
    const auto payload = payload_from_json(json, *schema_of(type));
    if (!payload) throw std::runtime_error(answer_of(payload.error()));
    return sign_payload(worthless_key(signer), type, cbor::encode(*payload));
}

Bytes dossier_of(const std::string& number, const std::string& lot, bool failed, std::size_t filling) {
    const std::string about = R"("producer":"92330113XXDEM0023Q","lots":[")" + lot + R"("])";
    std::vector<Bytes> statements;
    statements.push_back(statement("laboratory", cose::StatementType::Test,
                                   R"({"id":"T1","issued":"2026-11-19T07:00:00+08:00",)" + about +
                                       R"(,"kind":"supervision","method":"GB 23200.113-2018","reported":"2026-11-18","verdict":")" + (failed ? "fail" : "pass") +
                                       R"(","items":[{"analyte":"毒死蜱","value":")" + (failed ? "0.36" : "0.01") + R"(","unit":"mg/kg","limit":"0.05"}]})"));
    for (std::size_t i = 0; i < filling; ++i)
        statements.push_back(statement("P2", cose::StatementType::Work, R"({"id":"W)" + std::to_string(i) + R"(","issued":"2026-11-19T07:00:00+08:00",)" + about + R"(,"step":"sow","day":"2026-06-01"})"));
    std::string digests;
    for (const Bytes& message : statements) digests += (digests.empty() ? "\"" : ",\"") + to_hex(crypto::sha256(message)) + "\"";
    const Bytes manifest = statement("bureau", cose::StatementType::Manifest,
                                     R"({"id":"M1","issued":"2026-11-19T09:00:00+08:00","certificates":[")" + number + R"("],"sequence":1,"digests":[)" + digests + "]}");
    return encode_dossier(manifest, statements);
}

struct Made {
    std::string number{};
    std::optional<std::uint32_t> status_index{};
    std::vector<UpstreamReference> upstream{};
};

Bytes sign(const Made& made) {
    Certificate certificate{.issued_unix_s = issued, .number = made.number, .status_index = made.status_index, .product_code = 1004,
                            .quantity = {.amount = 30, .unit = Unit::Kilogram}, .origin_division = 330113100, .form = made.upstream.empty() ? Form::Producer2025 : Form::Buyer2025, .bases = 1, .lot = "LOT-" + made.number, .upstream = made.upstream};
    return sign_certificate(worthless_key("P2"), certificate);
}

}  // namespace

InquirySite make_site(std::uint64_t edition, const Bytes& notice) {
    InquirySite site;
    std::vector<CertificateRecord> records;
    const auto add = [&](const Made& made, Bytes dossier) {
        const Bytes certificate = sign(made);
        site.codes.emplace(made.number, make_qr_text("pipa.example", certificate));
        records.push_back({.number = made.number, .certificate = certificate, .dossier = std::move(dossier)});
    };
    add({.number = "FINE-1"}, dossier_of("FINE-1", "LOT-FINE-1", false, 0));
    add({.number = "FAILED-1"}, dossier_of("FAILED-1", "LOT-FAILED-1", true, 0));
    add({.number = "RECALLED-1"}, dossier_of("RECALLED-1", "LOT-RECALLED-1", false, 0));
    add({.number = "WITHDRAWN-1", .status_index = 1}, dossier_of("WITHDRAWN-1", "LOT-WITHDRAWN-1", false, 0));
    add({.number = "STANDING-1", .status_index = 2}, dossier_of("STANDING-1", "LOT-STANDING-1", false, 0));
    const auto promised = [](const char* number) { return reference_to(number, kid_of(worthless_key("P2").public_key()), crypto::sha256(sign({.number = number}))); };
    add({.number = "MIXED-1", .upstream = {promised("FAILED-1"), promised("FINE-1")}}, dossier_of("MIXED-1", "LOT-MIXED-1", false, 0));
    add({.number = "PLAIN-1"}, {});
    add({.number = "LARGE-1"}, {});
    const Bytes large = dossier_of("LARGE-1", "LOT-LARGE-1", true, 20);
    records.back().large_dossier = LargeDossier{crypto::sha256(large), large.size()};
    // Genuine, and on no record; the second names the place in the status list that is STANDING-1's.
    // The other two came of paper, and of another certificate than the one on record: what is there under that number answers for neither.
    for (const Made& stranger : {Made{.number = "UNLISTED-1"}, Made{.number = "BORROWED-1", .status_index = 2}, Made{.number = "PAPER-1", .upstream = {{.number = "FINE-1"}}},
                                 Made{.number = "OTHERS-1", .upstream = {reference_to("FINE-1", kid_of(worthless_key("P2").public_key()), Bytes(8, 0x5A))}}})
        site.codes.emplace(stranger.number, make_qr_text("pipa.example", sign(stranger)));

    const BuiltRecords built = build_records(records, 1, edition);
    for (std::uint32_t index = 0; index < built.files.size(); ++index) site.files.emplace(record_file_name({}, built.head, index), built.files[index]);
    site.files.emplace(large_dossier_name({}, crypto::sha256(large)), large);

    BundledDistrict district;
    district.set_status(0, {{1, 1}});
    district.put("records.cbor", encode_records_head(built.head).value());
    std::vector<Bytes> notices{statement("bureau", cose::StatementType::Notice,
        R"({"id":"N1","issued":"2026-11-20T06:00:00+08:00","kind":"recall","producer":"92330113XXDEM0023Q","certificates":["RECALLED-1"],"title":{"zh-Hans":"示例","en":"Example"},"since":"2026-11-20"})")};
    if (!notice.empty()) notices.push_back(notice);
    district.put("notices.cbor", encode_notices(notices).value());
    for (std::uint64_t day = 1; day <= edition; ++day) district.publish(bundle_signed_at + static_cast<UnixSeconds>(day - 1) * 3600);
    site.files.emplace("bundle.cbor", district.file());
    site.pin = district.pin();
    return site;
}

inquiry::Delivery deliver(const SiteFiles& files, const inquiry::Wanted& wanted) {
    const auto found = files.find(wanted.name);
    if (found == files.end()) return {inquiry::Arrival::NotThere, {}};
    return found->second.size() > wanted.max_bytes ? inquiry::Delivery{inquiry::Arrival::TooLarge, {}} : inquiry::Delivery{inquiry::Arrival::Here, found->second};
}

inquiry::Inquiry ask(inquiry::Session& session, const SiteFiles& files, std::string_view text, UnixSeconds now) {
    inquiry::Inquiry asked(session, text, now);
    for (int bound = 0; asked.next() != nullptr && bound < 100; ++bound) {
        const inquiry::Wanted wanted = *asked.next();
        asked.answer(wanted.name, deliver(files, wanted));
    }
    return asked;
}

Judgement ask_once(const InquirySite& site, const SiteFiles& files, std::string_view text, UnixSeconds now) {
    inquiry::Session session(site.anchor());
    return ask(session, files, text, now).judgement();
}

std::vector<std::string> codes_of(const Judgement& judgement) {
    std::vector<std::string> codes;
    for (const Reason& reason : judgement.reasons) codes.emplace_back(rule_of(reason.id).code);
    return codes;
}

bool has_reason(const Judgement& judgement, std::string_view code) { return std::ranges::count(codes_of(judgement), code) > 0; }

}  // namespace pipa::test
