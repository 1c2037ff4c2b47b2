// A lot's work as EPCIS 2.0 events in JSON-LD, for those who trace with EPCIS. Source: GS1 EPCIS 2.0 and CBV 2.0.
//   harvest             ObjectEvent ADD, creating_class_instance, active: the lot begins, with its quantity
//   pack, ship, receive ObjectEvent OBSERVE: packing, shipping (in_transit), receiving (in_progress)
//   sow, slaughter      ObjectEvent OBSERVE, other; pipa:step says which: CBV has no word for them
//   test                ObjectEvent OBSERVE, inspecting, conformant or non_conformant
//   certificate with certificates upstream   TransformationEvent, repackaging: their lots in, its own out
//
// No AggregationEvent: it needs a parent's identity, and boxes have none. A lot is named by its GTIN, else under `host`. Each
// event names its statement; README.md says more.
#pragma once

#include <nlohmann/json.hpp>

#include "oversight/monitoring.hpp"

namespace pipa {

struct EpcisDocument {
    nlohmann::ordered_json json{};
    std::size_t events{};
};

// Statements that do not stand are left out. Errors: export.nothing.
[[nodiscard]] Result<EpcisDocument> make_epcis(const Observations& evidence, std::string_view host);

}  // namespace pipa
