#include "trust/supplement.hpp"

#include <algorithm>

#include "record/certificate.hpp"
#include "trust/bundle.hpp"
#include "tuf/path_pattern.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

constexpr std::uint32_t max_bin_bits = 16;

// The bins of a role are named after the role (TAP 15), and their number only grows: the last of the largest number that the snapshot lists
// tells how many there are, without the role's own file.
std::uint64_t bin_version(const tuf::TrustedSet& trusted, const std::string& role, std::string_view path) {
    for (std::uint32_t bits = max_bin_bits; bits > 0; --bits) {
        const tuf::SuccinctRoles bins{.bit_length = bits, .name_prefix = role};
        if (trusted.listed(tuf::last_bin_name(bins)) == nullptr) continue;
        const tuf::MetaFile* bin = trusted.listed(tuf::bin_name(bins, path));
        return bin == nullptr ? 0 : bin->version;
    }
    return 0;  // no bins: the role lists its targets itself
}

}  // namespace

std::string status_path(const StatusPlace& place) {
    return in_store(place.store, target_path::status) + std::to_string(place.shard);
}

std::optional<StatusPlace> parse_status_path(std::string_view path) {
    constexpr std::size_t max_digits = 6;
    StatusPlace place;
    if (const std::size_t slash = path.find('/'); !path.starts_with(target_path::status) && slash != std::string_view::npos) {
        place.store = path.substr(0, slash);
        if (!is_delegate_name(place.store)) return {};
        path.remove_prefix(slash + 1);
    }
    if (!path.starts_with(target_path::status)) return {};
    const std::string_view digits = path.substr(target_path::status.size());
    if (digits.empty() || digits.size() > max_digits || (digits.size() > 1 && digits[0] == '0')) return {};
    for (const char c : digits) {
        if (c < '0' || c > '9') return {};
        place.shard = place.shard * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return place;
}

std::optional<SupplementPlace> supplement_place_of(const Certificate& certificate, const KeyEntry& key, const TrustStore& trust) {
    if (!trust.keeps_status()) return {};
    SupplementPlace place{.store = key.store};
    if (certificate.status_index) place.shard = status_shard_of(*certificate.status_index);
    const bool lacks_status = certificate.status_index && !trust.status_of(*certificate.status_index, key.store);
    const bool lacks_store = !key.store.empty() && !trust.knows_store(key.store);
    if (!lacks_status && !lacks_store) return {};
    return place;
}

std::optional<SupplementPlace> missing_supplement(const TrustStore& trust, std::string_view qr_text) {
    const auto qr = parse_qr_text(qr_text);
    if (!qr) return {};
    const auto parsed = parse_certificate(qr->certificate);
    if (!parsed) return {};
    const auto key = trust.find_key(parsed->statement.kid);
    if (key == nullptr) return {};
    return supplement_place_of(parsed->certificate, *key, trust);
}

std::string supplement_name(const tuf::TrustedSet& trusted, const SupplementPlace& place) {
    const std::vector<std::string> paths = supplement_targets(place);
    const auto targets = trusted.targets();
    if (targets == nullptr || paths.empty()) return {};
    const auto leads = [&](const tuf::Delegation& delegation) { return is_delegated_path(delegation, paths.front()); };
    const auto role = std::ranges::find_if(targets->delegations, leads);
    const tuf::MetaFile* listed = role == targets->delegations.end() ? nullptr : trusted.listed(role->name);
    if (listed == nullptr) return {};
    const std::string part = place.shard ? std::to_string(*place.shard) : "-";
    std::string name = in_store(place.store, target_path::status) + part + "." + std::to_string(listed->version);
    for (const std::string& path : paths) name += "." + std::to_string(bin_version(trusted, role->name, path));
    return name + ".cbor";
}

std::vector<std::string> supplement_targets(const SupplementPlace& place) {
    std::vector<std::string> out;
    if (place.shard) out.push_back(status_path({place.store, *place.shard}));
    if (place.store.empty()) return out;
    out.push_back(in_store(place.store, target_path::notices));
    out.push_back(in_store(place.store, target_path::records));
    return out;
}

}  // namespace pipa
