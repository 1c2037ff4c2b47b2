// The demo's update repository, packed as phone bundles, and its record files: keys of its own drawn anew, the state of today and an older
// one, metadata and records by the publisher's own writers (publish/tuf_metadata, publish/record_making). An office's real repository comes
// from `pipa publish`.
#pragma once

#include "pipa/demo/demo_district.hpp"
#include "record/record_file.hpp"

namespace pipa {

struct DemoBundle {
    Bytes file{};
    Bytes older_file{};  // version 1, with the older trust pack: what an attacker would like a phone to take
    crypto::Digest root_pin{};
    std::vector<std::pair<std::string, Bytes>> record_files{};  // by name: "records/0/1/0"
};

struct DemoBundleContents {
    std::vector<Bytes> notices{};
    std::vector<std::pair<std::uint32_t, Status>> statuses{};  // by status index, of those that are not valid
    std::vector<std::uint32_t> status_indices{};  // of all certificates: which shards there must be
    std::vector<CertificateRecord> records{};     // fewer than 64: they share one file
};
// Signed when the district's pack was issued. Errors: bundle.*, tuf.*, records.*.
[[nodiscard]] Result<DemoBundle> make_demo_bundle(const DemoDistrict& district, const DemoBundleContents& contents);

}  // namespace pipa
