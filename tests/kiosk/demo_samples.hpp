// The demo district as the kiosk meets it: its certificates, the lots files with their records, and the trust that an
// update repository brings (notices, status lists). Keys are the tests' own. Everything in it is invented.
#pragma once

#include "app/event.hpp"
#include "pipa/demo/demo_district.hpp"

namespace pipa::kiosk::test {

[[nodiscard]] const DemoDistrict& demo();
[[nodiscard]] const DemoCase& demo_case(std::string_view id);  // "C06"
// When the demo's cases are to be looked at.
[[nodiscard]] Moment demo_now();

// What the status list says of one certificate; all others are valid.
struct StatusOf {
    std::string_view id{};  // of the case
    Status status{Status::Valid};
};
// The registry with the notices in force and status lists, as a bundle brings them.
[[nodiscard]] Trust demo_trust(StatusOf exception = {});
// The same without the part of the status list that holds this case.
[[nodiscard]] Trust demo_trust_without_status();
// The one of the 256 files that this number is in, with every certificate of the demo that is.
[[nodiscard]] Bytes lots_file_with(std::string_view number);

[[nodiscard]] event::RecordArrived record_of(std::string_view id);
[[nodiscard]] event::RecordArrived no_record_of(std::string_view number, Delivery delivery);

}  // namespace pipa::kiosk::test
