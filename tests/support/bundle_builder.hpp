// Phone bundles for tests: the small district's trust pack as a target of the tests' repository, packed.
#pragma once

#include "support/district.hpp"
#include "support/record_files.hpp"
#include "trust/open_bundle.hpp"
#include "support/tuf_repository.hpp"

namespace pipa::test {

inline constexpr UnixSeconds bundle_signed_at = 1'795'132'800;  // the district's pack was issued then

struct BundledDistrict {
    BundledDistrict();  // version 1 of everything, with office.pub and registry.cose, the timestamp with our own members

    Repository repository{};
    std::map<std::string, Bytes> contents{};  // of targets, by path

    void put(const std::string& path, Bytes content, const std::string& role = "targets");
    void set_status(std::uint32_t shard, const std::vector<std::pair<std::uint32_t, std::uint8_t>>& statuses, const std::string& role = "targets");
    // Signs targets, snapshot and timestamp anew, the latter as of then.
    void publish(UnixSeconds signed_at = bundle_signed_at);
    // The newest metadata and all targets.
    [[nodiscard]] Bundle bundle() const;
    [[nodiscard]] Bytes file() const { return encode_bundle(bundle()).value(); }
    [[nodiscard]] crypto::Digest pin() const;  // of 1.root.json

    std::vector<std::string> delegated{};  // roles whose metadata goes along
};

}  // namespace pipa::test
