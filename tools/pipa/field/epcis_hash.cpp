#include "pipa/field/epcis_hash.hpp"

#include <algorithm>
#include <array>

#include "base/civil_time.hpp"
#include "base/hex.hpp"
#include "crypto/ed25519.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;

std::string number_or_text(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

// UTC with milliseconds.
std::string utc(const std::string& time) {
    const UnixSeconds seconds = parse_time(time).value_or(0) - china_offset_s;
    std::string text = format_rfc3339(seconds);  // shifted, so that the digits are those of UTC
    return text.substr(0, 19) + ".000Z";
}

std::string sorted_list(std::string_view name, std::vector<std::string> parts) {
    if (parts.empty()) return {};
    std::ranges::sort(parts);
    std::string out{name};
    for (const std::string& part : parts) out += part;
    return out;
}

std::string quantities(std::string_view name, const Json& list) {
    std::vector<std::string> parts;
    for (const Json& item : list) {
        std::string part = "quantityElementepcClass=" + item["epcClass"].get<std::string>();
        if (item.contains("quantity")) part += "quantity=" + number_or_text(item["quantity"]);
        if (item.contains("uom")) part += "uom=" + item["uom"].get<std::string>();
        parts.push_back(std::move(part));
    }
    return sorted_list(name, std::move(parts));
}

std::string extensions(const Json& event, const Json& prefixes) {
    std::vector<std::string> parts;
    for (const auto& [name, value] : event.items()) {
        const std::size_t colon = name.find(':');
        if (colon == std::string::npos) continue;
        const std::string key = "{" + prefixes[name.substr(0, colon)].get<std::string>() + "}" + name.substr(colon + 1) + "=";
        if (!value.is_array()) parts.push_back(key + number_or_text(value));
        else for (const Json& item : value) parts.push_back(key + number_or_text(item));
    }
    return sorted_list("", std::move(parts));
}

}  // namespace

std::string epcis_pre_hash(const Json& event, const Json& prefixes) {
    std::string out = "eventType=" + event["type"].get<std::string>() + "eventTime=" + utc(event["eventTime"].get<std::string>()) +
                      "eventTimeZoneOffset=" + event["eventTimeZoneOffset"].get<std::string>();
    for (const char* list : {"quantityList", "inputQuantityList", "outputQuantityList"})
        if (event.contains(list)) out += quantities(list, event[list]);
    if (event.contains("action")) out += "action=" + event["action"].get<std::string>();
    if (event.contains("bizStep")) out += "bizStep=https://ref.gs1.org/cbv/BizStep-" + event["bizStep"].get<std::string>();
    if (event.contains("disposition")) out += "disposition=https://ref.gs1.org/cbv/Disp-" + event["disposition"].get<std::string>();
    for (const char* place : {"readPoint", "bizLocation"})
        if (event.contains(place)) out += std::string{place} + "id=" + event[place]["id"].get<std::string>();
    return out + extensions(event, prefixes);
}

std::string epcis_event_id(const Json& event, const Json& prefixes) {
    return "ni:///sha-256;" + to_hex(crypto::sha256(as_bytes(epcis_pre_hash(event, prefixes)))) + "?ver=CBV2.0";
}

}  // namespace pipa
