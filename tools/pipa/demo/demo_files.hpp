// The demo district as files: keys, registry, trust packs, codes, labels, and the site when it is built.
//
//   certificates.json          the cases: [{id, number, text, url, path, case, expect_verdict, ...}]
//   certificates.csv           number and text of the 18 certificates, for pipa sheet
//   office.pub  trust.cose  trust-old.cose  registry.json
//   bundle.cbor  bundle-old.cbor  root.pin   the update repository in one file, and SHA-256 of its root
//   learn.cose                 the education pack, also in the site
//   records/                   the record files that bundle.cbor vouches for; also in the site
//   dossiers/NUMBER.dossier    the statements behind each certificate, one by one
//   keys/NAME.key              worthless outside the demo, and private all the same
//   labels/                    pictures of a few labels in each size, and sheet.pdf with all certificates
//   log/                       the public log of the certificates, and the proof of each; also in the site
//   site/                      the browser site, when one was given
#pragma once

#include <filesystem>

#include "pipa/demo/demo_district.hpp"

namespace pipa {

inline constexpr std::string_view demo_marker = "certificates.json";

// Fills `folder`, which exists. `built_site` may be empty. Errors: file.*, qr.*, and those of labels.
[[nodiscard]] Result<void> write_demo(const DemoDistrict& district, const std::filesystem::path& folder,
                                      const std::filesystem::path& built_site);

// The cases whose verdict differs from what their author expects; empty when the district is in order.
[[nodiscard]] std::vector<std::string> check_demo(const DemoDistrict& district);

}  // namespace pipa
