// What the native kiosk reads from its files: whom it trusts, its lessons, the records. Nothing here ends the program: what is
// missing or wrong is told to the operator on standard error and to visitors on the screen.
#pragma once

#include "learn/education_pack.hpp"
#include "platform/options.hpp"
#include "platform/record_source.hpp"
#include "platform/trust_source.hpp"

namespace pipa::kiosk {

struct Loaded {
    Trust trust{};
    std::shared_ptr<const learn::EducationPack> lessons{};
};

// The newest bundle of the site where a root is pinned, and the one that was verified last where that fails; else the pack of --trust.
// A bundle that was accepted is kept in --keep by atomic replacement, with the note of the versions seen.
[[nodiscard]] Loaded load_files(const Options& options);

// The files of <site>/lots; empty without a site.
[[nodiscard]] RecordSource records_of(const Options& options);

inline constexpr const char* kept_bundle_name = "bundle.cbor";
inline constexpr const char* kept_seen_name = "bundle.seen";

}  // namespace pipa::kiosk
