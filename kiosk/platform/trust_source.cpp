#include "platform/trust_source.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "trust/open_bundle.hpp"

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

Result<BundleTrust> open_bundle_trust(ByteView bundle, const crypto::Digest& root_pin, ByteView seen) {
    auto opened = open_bundle(bundle, root_pin, seen);
    if (!opened) return std::unexpected(opened.error());
    return BundleTrust{.trust = {.store = std::make_shared<const TrustStore>(std::move(opened->trust)),
                                 .notices = std::make_shared<const std::vector<CheckedStatement>>(std::move(opened->notices))},
                       .seen = encode_seen(opened->seen),
                       .office_key = std::move(opened->office_key)};
}

std::string_view trust_trouble(ErrorCode problem) noexcept {
    if (problem == ErrorCode::TufRollback) return "kiosk.trouble.trust_rolled_back";
    return problem == ErrorCode::FileUnreadable ? "kiosk.trouble.trust_offline" : "kiosk.trouble.trust_refused";
}

Trust kept_trust(Trust kept, const Error& problem) {
    if (!kept.store->is_loaded()) return no_trust(problem);
    kept.problem = code_name(problem.code);
    kept.trouble = trust_trouble(problem.code);
    return kept;
}

Result<crypto::Digest> read_root_pin(std::string_view hex) {
    const auto bytes = from_hex(trimmed(hex));
    if (!bytes) return std::unexpected(bytes.error());
    crypto::Digest pin{};
    if (bytes->size() != pin.size()) return fail(ErrorCode::BundleWrongRoot);
    std::ranges::copy(*bytes, pin.begin());
    return pin;
}

}  // namespace pipa::kiosk
