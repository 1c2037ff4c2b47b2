// Putting the browser site together: the built files, the trust pack, and the office's key in its HTML.
// Errors: file.*, key.*.
#pragma once

#include <filesystem>

#include "base/civil_time.hpp"
#include "crypto/ed25519.hpp"
#include "host/staged_folder.hpp"

namespace pipa {

inline constexpr std::string_view site_trust_name = "trust.cose";
inline constexpr std::string_view site_key_name = "office.pub";
inline constexpr std::string_view site_bundle_name = "bundle.cbor";
inline constexpr std::string_view site_anchor_name = "anchor.json";
inline constexpr std::string_view office_key_placeholder = "@PIPA_OFFICE_KEY@";
inline constexpr std::string_view demo_now_placeholder = "@PIPA_DEMO_NOW@";

// The repository in one file, and the pin of the root that the pages carry (trust/open_bundle.hpp).
struct SiteBundle {
    ByteView file{};
    crypto::Digest root_pin{};
};

// Fills `folder`, which exists, from the built site. Links and other special files are refused: a site is plain files.
// A demo's pages stand still at `demo_now`; without it they use the reader's clock. `emergency` is when the office said last that every older
// page must go at once; empty: never.
[[nodiscard]] Result<void> fill_site(const std::filesystem::path& folder, const std::filesystem::path& built_site,
                                     ByteView trust, const crypto::PublicKey& office_key,
                                     std::optional<UnixSeconds> demo_now = {}, std::optional<SiteBundle> bundle = {},
                                     std::string_view emergency = {});

// Writes into the service worker which files it keeps, each with its hash, and the version that follows from them. Last of all, when
// they are what will be served. A site without a service worker is left as it is.
[[nodiscard]] Result<void> list_offline_files(const std::filesystem::path& folder, std::string_view emergency);

// How pages are filled; says how often `what` stood there.
std::size_t replace_all(std::string& text, std::string_view what, std::string_view with);

}  // namespace pipa
