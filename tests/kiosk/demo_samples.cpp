#include "demo_samples.hpp"

#include <algorithm>
#include <stdexcept>

#include "pipa/publish/contents.hpp"
#include "record/lots_file.hpp"
#include "support/signing.hpp"
#include "inquiry/record_place.hpp"

namespace pipa::kiosk::test {
namespace {

std::uint32_t index_of(const DemoCase& one) { return parse_certificate(one.certificate).value().certificate.status_index.value(); }

StatusList shard_with(StatusOf exception) {
    Bytes packed(status_shard_bytes);
    if (!exception.id.empty()) {
        const std::uint32_t entry = status_entry_of(index_of(demo_case(exception.id)));
        packed[entry / 4] = static_cast<std::uint8_t>(static_cast<unsigned>(exception.status) << (entry % 4 * status_bits));
    }
    return StatusList::unpack(publish::compress_status_shard(packed), status_bits, status_shard_bytes).value();
}

std::vector<CheckedStatement> notices_of(const TrustStore& trust) {
    std::vector<CheckedStatement> out;
    for (const DemoCase& one : demo().cases) {
        if (one.dossier.empty()) continue;
        const Dossier dossier = parse_dossier(one.dossier).value();
        for (const DossierEntry& entry : dossier.entries) {
            const bool is_notice = entry.statement && entry.statement->type() == cose::StatementType::Notice;
            if (is_notice && std::ranges::find(out, crypto::sha256(entry.message), &CheckedStatement::digest) == out.end()) out.push_back(check_statement(entry, trust));
        }
    }
    return out;
}

Trust trust_with(std::vector<StatusShard> shards) {
    const UnixSeconds signed_at = demo().now - 3600;
    RepositoryState repository{.expires = demo().now + 3 * seconds_per_day, .signed_at = signed_at, .shards = std::move(shards)};
    auto store = std::make_shared<const TrustStore>(TrustStore::open(demo().trust, demo().office().public_key(), std::move(repository)).value());
    auto notices = std::make_shared<const std::vector<CheckedStatement>>(notices_of(*store));
    return {.store = std::move(store), .notices = std::move(notices)};
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

Trust demo_trust(StatusOf exception) {
    std::vector<StatusShard> shards;
    shards.push_back({.number = status_shard_of(index_of(demo_case("C01"))), .list = shard_with(exception)});
    return trust_with(std::move(shards));
}

Trust demo_trust_without_status() { return trust_with({}); }

Bytes lots_file_with(std::string_view number) {
    std::vector<LotEntry> entries;
    for (const DemoCase& one : demo().cases)
        if (!one.dossier.empty() && lots_share_of(one.number) == lots_share_of(number)) entries.push_back({one.number, one.certificate, one.dossier});
    return encode_lots_file(std::move(entries)).value();
}

event::RecordArrived record_of(std::string_view id) {
    const std::string& number = demo_case(id).number;
    return {lots_file_name(lots_share_of(number)), Delivery::Whole, lots_file_with(number)};
}

event::RecordArrived no_record_of(std::string_view number, Delivery delivery) { return {lots_file_name(lots_share_of(number)), delivery, {}}; }

}  // namespace pipa::kiosk::test
