// The EPCIS event hash id: ni:///sha-256;<hex>?ver=CBV2.0, made from an event's own content, so that anyone who has the event
// can make it again. Source: CBV 2.0 section 8.9 (the algorithm of the EPCIS event hash generator). For the kinds of fields that
// epcis.cpp writes; a test holds the result against the algorithm's reference program's recorded answers.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace pipa {

// `prefixes`: the namespaces that the document's context declares for names such as "pipa:statement".
[[nodiscard]] std::string epcis_pre_hash(const nlohmann::ordered_json& event, const nlohmann::ordered_json& prefixes);
[[nodiscard]] std::string epcis_event_id(const nlohmann::ordered_json& event, const nlohmann::ordered_json& prefixes);

}  // namespace pipa
