#include "demo_samples.hpp"

#include <algorithm>
#include <stdexcept>

#include "support/bundle_builder.hpp"
#include "support/signing.hpp"

namespace pipa::kiosk::test {
namespace {

constexpr std::uint32_t record_bits = 3;

std::uint32_t index_of(const DemoCase& one) { return parse_certificate(one.certificate).value().certificate.status_index.value(); }

std::vector<Bytes> notices_of_demo() {
    std::vector<Bytes> out;
    for (const DemoCase& one : demo().cases) {
        if (one.dossier.empty()) continue;
        const Dossier dossier = parse_dossier(one.dossier).value();
        for (const DossierEntry& entry : dossier.entries) {
            const bool is_notice = entry.statement && entry.statement->type() == cose::StatementType::Notice;
            if (is_notice && std::ranges::find(out, entry.message) == out.end()) out.push_back(entry.message);
        }
    }
    return out;
}

pipa::test::BuiltRecords records_of_demo(const SiteWish& wish) {
    std::vector<CertificateRecord> records;
    for (const DemoCase& one : demo().cases)
        if (!one.number.empty() && !one.dossier.empty()) records.push_back({.number = one.number, .certificate = one.certificate, .dossier = wish.without_dossiers ? Bytes{} : one.dossier});
    return pipa::test::build_records(records, record_bits, wish.edition);
}

}  // namespace

const DemoDistrict& demo() {
    static const DemoDistrict made = make_demo_district({"pipa.example"}, [](const std::string& name) -> Result<crypto::SecretKey> { return pipa::test::worthless_key("kiosk demo " + name); }).value();
    return made;
}

const DemoCase& demo_case(std::string_view id) {
    const DemoCase* found = demo().find(id);
    if (found == nullptr) throw std::out_of_range(std::string{id});
    return *found;
}

Moment demo_now() { return {.ms = 1'000'000, .unix_s = demo().now}; }

std::shared_ptr<inquiry::Session> DemoSite::session() const {
    auto out = std::make_shared<inquiry::Session>(inquiry::Anchor::repository(pin));
    out->set_demo_now(demo().now);
    return out;
}

DemoSite demo_site(const SiteWish& wish) {
    const auto records = records_of_demo(wish);
    DemoSite out;
    for (std::uint32_t index = 0; index < records.files.size(); ++index) out.files.emplace(record_file_name({}, records.head, index), records.files[index]);

    pipa::test::BundledDistrict district;
    const auto& office = demo().office().public_key();
    district.put(std::string{target_path::office}, to_bytes(office));
    district.put(std::string{target_path::registry}, demo().trust);
    district.put(std::string{target_path::records}, encode_records_head(records.head).value());
    if (!wish.without_notices) district.put(std::string{target_path::notices}, encode_notices(notices_of_demo()).value());
    std::vector<std::pair<std::uint32_t, std::uint8_t>> statuses;
    if (!wish.status_of.empty()) statuses.emplace_back(status_entry_of(index_of(demo_case(wish.status_of))), static_cast<std::uint8_t>(wish.status));
    if (!wish.without_status) district.set_status(status_shard_of(index_of(demo_case("C01"))), statuses);
    for (std::uint64_t edition = 1; edition <= wish.edition; ++edition) district.publish(demo().now - 7200 + static_cast<UnixSeconds>(edition) * 60);
    out.files.emplace("bundle.cbor", district.file());
    out.pin = district.pin();
    return out;
}

std::string record_file_of(const DemoSite& site, std::string_view number) {
    const std::uint32_t index = record_index(number, record_bits);
    for (const auto& [name, content] : site.files)
        if (name.starts_with(records_folder) && parse_record_envelope(content).value().index == index) return name;
    throw std::out_of_range(std::string{number});
}

}  // namespace pipa::kiosk::test
