// The demo district as the kiosk meets it: its certificates, and the site that publishes them (bundle with notices, status lists and the
// head of the records; record files). Keys are the tests' own. Everything in it is invented.
#pragma once

#include "pipa/demo/demo_district.hpp"
#include "samples.hpp"

namespace pipa::kiosk::test {

[[nodiscard]] const DemoDistrict& demo();
[[nodiscard]] const DemoCase& demo_case(std::string_view id);  // "C06"
// When the demo's cases are to be looked at.
[[nodiscard]] Moment demo_now();

struct DemoSite {
    Files files{};
    crypto::Digest pin{};

    // Which has seen nothing yet, and stands still at the demo's time.
    [[nodiscard]] std::shared_ptr<inquiry::Session> session() const;
};

struct SiteWish {
    std::string_view status_of{};          // the status list says this of one case, and that all others are valid
    Status status{Status::Valid};
    bool without_status{};                 // no status list is published
    bool without_notices{};
    bool without_dossiers{};               // no record holds more than its certificate
    std::uint64_t edition{1};              // the later, the newer; all are of one repository
};
[[nodiscard]] DemoSite demo_site(const SiteWish& wish = {});
// The name of the record file that this number is in.
[[nodiscard]] std::string record_file_of(const DemoSite& site, std::string_view number);

}  // namespace pipa::kiosk::test
