// bundle.cbor of a published tree (trust/README.md says what is in it), made by following the tree with our own client and opened
// as a phone opens it before anybody gets it. Errors: tuf.*, bundle.*, trust.*, seen.*.
#pragma once

#include "pipa/publish/plan.hpp"
#include "trust/open_bundle.hpp"

namespace pipa::publish {

// The bundle carries the newest parts of the district's own status list, where most of what is scanned today is: so many, and together
// so large in compressed form. The others, and those of delegated stores, are supplements (trust/supplement.hpp).
inline constexpr std::size_t max_bundle_shards = 4;
inline constexpr std::size_t max_bundle_status_bytes = 4096;
inline constexpr std::string_view bundle_file = "bundle.cbor";
inline constexpr std::string_view root_pin_file = "root.pin";

// Which targets the bundle must have, by what the signed roles list (target_files()); none where there is no registry yet or no key
// to open it with. Notices and records head go along where they are listed. And what the bundle leaves out: parts of status lists, and
// delegated stores.
struct PhoneTargets {
    std::vector<std::string> paths{};
    std::vector<SupplementPlace> supplements{};
};
// SHA-256 of the newest root file; zeros where the bundle has no version 1.
[[nodiscard]] crypto::Digest newest_root_pin(const Bundle& bundle);

[[nodiscard]] PhoneTargets phone_targets(const std::map<std::string, std::uint64_t>& listed);

struct PhoneBundle {
    Bytes file{};
    crypto::Digest root_pin{};  // SHA-256 of the newest root, which new pages carry; older pages know an older one of the bundle
    OpenedBundle opened;        // as a phone has it then
};
// `tuf`: where the files are that `files` does not have at hand. `before`: the bundle that phones may have seen, or nothing; what they
// would refuse after it is an error here.
[[nodiscard]] Result<PhoneBundle> make_phone_bundle(const TreeFiles& files, const std::filesystem::path& tuf, UnixSeconds now, ByteView before);

// One of the files that belong beside it; added to `bundle.opened` as a phone adds it.
[[nodiscard]] Result<Bytes> make_supplement(const SupplementPlace& place, PhoneBundle& bundle, const TreeFiles& files,
                                            const std::filesystem::path& tuf);

[[nodiscard]] Bytes read_bundle(const std::filesystem::path& out);  // empty where there is none
// Whether the bundle is of the timestamp in `files`.
[[nodiscard]] bool is_bundle_current(ByteView bundle, const TreeFiles& files);

}  // namespace pipa::publish
