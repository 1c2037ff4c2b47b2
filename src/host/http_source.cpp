// A site over HTTP as a source of files (file_source.hpp).
#include "host/file_source.hpp"
#include "host/http.hpp"

namespace pipa {

FileSource http_source(std::string address) {
    if (!address.ends_with('/')) address += '/';
    auto client = std::make_shared<HttpClient>();
    return [address = std::move(address), client](const inquiry::Wanted& wanted) -> inquiry::Delivery {
        HttpAnswer answer = client->get(address + wanted.name, wanted.max_bytes, wanted.patience_ms);
        switch (answer.outcome) {
            case HttpAnswer::Outcome::Found: return {inquiry::Arrival::Here, std::move(answer.content)};
            case HttpAnswer::Outcome::Missing: return {inquiry::Arrival::NotThere, {}};
            case HttpAnswer::Outcome::TooLarge: return {inquiry::Arrival::TooLarge, {}};
            case HttpAnswer::Outcome::Unreachable: break;
        }
        return {inquiry::Arrival::Failed, {}};
    };
}

}  // namespace pipa
