// A site over HTTP as a source of files (file_source.hpp).
#include <utility>

#include "host/file_source.hpp"
#include "host/http.hpp"

namespace pipa {
namespace {

constexpr std::uint32_t stamp_patience_ms = 2'500;

std::string address_of(std::string site, const std::string& name) {
    if (!site.ends_with('/')) site += '/';
    return site + name;
}

inquiry::Delivery delivery_of(HttpAnswer answer) {
    switch (answer.outcome) {
        case HttpAnswer::Outcome::Found: return {inquiry::Arrival::Here, std::move(answer.content)};
        case HttpAnswer::Outcome::Missing: return {inquiry::Arrival::NotThere, {}};
        case HttpAnswer::Outcome::TooLarge: return {inquiry::Arrival::TooLarge, {}};
        case HttpAnswer::Outcome::Unreachable: break;
    }
    return {inquiry::Arrival::Failed, {}};
}

}  // namespace

StampedSource stamped_http_source(std::string address) {
    auto client = std::make_shared<HttpClient>();
    return [address = std::move(address), client](const inquiry::Wanted& wanted) -> StampedDelivery {
        HttpAnswer answer = client->get(address_of(address, wanted.name), wanted.max_bytes, wanted.patience_ms);
        auto stamp = std::move(answer.stamp);
        return {delivery_of(std::move(answer)), std::move(stamp)};
    };
}

FileSource http_source(std::string address) {
    return [source = stamped_http_source(std::move(address))](const inquiry::Wanted& wanted) { return source(wanted).delivery; };
}

std::optional<std::string> stamp_over_http(std::string address, const std::string& name) {
    return HttpClient().stamp(address_of(std::move(address), name), stamp_patience_ms);
}

}  // namespace pipa
