#include "platform/trust_source.hpp"

#include "base/hex.hpp"

namespace pipa::kiosk {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

Trust no_trust(const Error& error) { return {.problem = std::string{code_name(error.code)}}; }

Trust open_trust(ByteView pack, std::string_view office_key_hex) {
    const auto key = from_hex(trimmed(office_key_hex));
    if (!key) return no_trust(key.error());
    auto store = TrustStore::open(pack, *key);
    if (!store) return no_trust(store.error());
    return {.store = std::make_shared<const TrustStore>(std::move(*store))};
}

}  // namespace pipa::kiosk
