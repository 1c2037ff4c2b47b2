// GS1 Digital Link URI, uncompressed form, to element strings. Source: GS1 Digital Link Standard: URI Syntax 1.5, section 4.
//
//   https://HOST[/stem...]/<primary key>/<value>[/<qualifier>/<value>...][?<AI>=<value>&<other>=<value>...][#...]
//
// Any host and any stem; the rightmost primary key of the path begins. Scheme in lower or upper case, not mixed. Names in
// words ("gtin", withdrawn with 1.3) are no keys. Values are percent-decoded and held against their AI's format.
// Nothing is opened. Errors: gs1.*, the AI as detail; byte offsets are into the URI.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace pipa::gs1 {

inline constexpr std::size_t max_uri_bytes = 8192;
inline constexpr std::size_t max_parameters = 64;  // of path and query together

struct Element {
    std::string identifier{};  // "01"
    std::string value{};
    friend bool operator==(const Element&, const Element&) = default;
};

struct DigitalLink {
    std::vector<Element> elements{};  // of the path, then of the query, in their order
    std::size_t in_path{};            // so many of them
    std::vector<Element> others{};    // keys of the query that are no AIs, as they stand, undecoded; "" where no '=' follows
};

[[nodiscard]] Result<DigitalLink> parse_digital_link(std::string_view uri);

}  // namespace pipa::gs1
