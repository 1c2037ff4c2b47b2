// The demo's update repository, packed as phone bundles: keys of its own drawn anew, the state of today and an older one, metadata by the
// publisher's own writer (publish/tuf_metadata). An office's real repository comes from `pipa publish`.
#pragma once

#include "pipa/demo/demo_district.hpp"

namespace pipa {

struct DemoBundle {
    Bytes file{};
    Bytes older_file{};  // version 1, with the older trust pack: what an attacker would like a phone to take
    crypto::Digest root_pin{};
};

struct DemoBundleContents {
    std::vector<Bytes> notices{};
    std::vector<std::pair<std::uint32_t, Status>> statuses{};  // by status index, of those that are not valid
    std::vector<std::uint32_t> status_indices{};  // of all certificates: which shards there must be
};
// Signed when the district's pack was issued. Errors: bundle.*, tuf.*.
[[nodiscard]] Result<DemoBundle> make_demo_bundle(const DemoDistrict& district, const DemoBundleContents& contents);

}  // namespace pipa
