#include "tuf/strict_json.hpp"

#include "tuf/json_value.hpp"

namespace pipa::tuf {

// What the strict reader lets through, the library reads the same way.
Result<Json> parse_strict_json(ByteView text, std::size_t max_bytes) {
    const auto strict = read_json(text, max_bytes);
    if (!strict) return std::unexpected(strict.error());
    return Json::parse(as_text(text), nullptr, false);
}

std::string canonical_json(const Json& value) {
    const std::string text = value.dump();
    const auto strict = read_json(as_bytes(text), text.size());
    return strict ? canonical_json(*strict) : std::string{};
}

}  // namespace pipa::tuf
