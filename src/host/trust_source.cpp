#include "host/trust_source.hpp"

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "host/files.hpp"
#include "host/repository_folder.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

constexpr std::uint8_t map_of_three = 0xA3;  // how a bundle begins (bundle.cddl); a pack begins with tag 18
constexpr std::string_view how_to_prove = "a bundle or repository needs --root-pin, or root.pin beside it";
constexpr std::size_t max_file_bytes = std::max(max_bundle_bytes, max_trust_pack_bytes);

bool is_bundle(ByteView file) { return !file.empty() && file.front() == map_of_three; }

// A session that has taken in this file; else why it was refused.
Result<OpenedTrust> open_with(const inquiry::Anchor& anchor, ByteView file, FileSource files) {
    OpenedTrust out{inquiry::Session(anchor), std::move(files)};
    out.session.take_trust(inquiry::Arrival::Here, file);
    if (out.session.trust_error()) return std::unexpected(*out.session.trust_error());
    return out;
}

Result<OpenedTrust> open_pack(ByteView message, const TrustAnchor& anchor) {
    if (anchor.repository_only) return fail(ErrorCode::BundleWrongRoot, {}, "this is a trust pack, and a repository's root was given to prove it");
    if (!anchor.office_key) return fail(ErrorCode::TrustWrongSigner, {}, "a trust pack needs the office's key");
    crypto::PublicKey key{};
    if (anchor.office_key->size() != key.size()) return fail(ErrorCode::TrustWrongSigner, {}, "the office's key has 32 bytes");
    std::ranges::copy(*anchor.office_key, key.begin());
    return open_with(inquiry::Anchor::pack(key), message, [](const inquiry::Wanted&) { return inquiry::Delivery{inquiry::Arrival::NotThere, {}}; });
}

Result<OpenedTrust> open_bundle_with(ByteView file, const TrustAnchor& anchor, const crypto::Digest& pin, FileSource files) {
    auto opened = open_with(inquiry::Anchor::repository(pin), file, std::move(files));
    if (opened && anchor.office_key && !std::ranges::equal(*anchor.office_key, opened->session.office_key()))
        return fail(ErrorCode::TrustWrongSigner, {}, "its office.pub is another key");
    return opened;
}

Result<OpenedTrust> open_bundle_file(ByteView file, const fs::path& path, const TrustAnchor& anchor) {
    if (!anchor.root_pin) return fail(ErrorCode::TufNoTrustedRoot, {}, std::string{how_to_prove});
    return open_bundle_with(file, anchor, *anchor.root_pin, folder_source(path.parent_path()));
}

Result<Bytes> root_to_begin_with(const RepositoryFolder& folder, const TrustAnchor& anchor) {
    if (anchor.root_file) {
        if (anchor.root_pin && crypto::sha256(*anchor.root_file) != *anchor.root_pin) return fail(ErrorCode::BundleWrongRoot, {}, "the root file has another pin");
        return *anchor.root_file;
    }
    if (!anchor.root_pin) return fail(ErrorCode::TufNoTrustedRoot, {}, std::string{how_to_prove} + ", or --root");
    return folder.root_with(*anchor.root_pin);
}

// A mirror must have all that a bundle would: a target that is listed and not there may be what a certificate is recalled by.
Result<Bundle> collect_needed(ByteView root, const GetFile& files) {
    const std::array needed = {std::string{target_path::registry}, std::string{target_path::office}};
    const std::array if_listed = {std::string{target_path::notices}, std::string{target_path::records}};
    return collect_bundle(root, 0, files, needed, if_listed);
}

// "tuf/phone/tangqi/status/0.5.7.9.4.cbor" as supplement_name() writes it.
std::optional<SupplementPlace> place_in(std::string_view name) {
    constexpr std::string_view folder = "tuf/phone/", status = "status/";
    if (!name.starts_with(folder)) return {};
    name.remove_prefix(folder.size());
    const std::size_t at = name.find(status);
    if (at == std::string_view::npos) return {};
    SupplementPlace place{.store = std::string{name.substr(0, at == 0 ? 0 : at - 1)}};
    name.remove_prefix(at + status.size());
    if (name.starts_with('-')) return place;
    std::uint32_t shard = 0;
    for (; !name.empty() && name.front() >= '0' && name.front() <= '9'; name.remove_prefix(1)) shard = shard * 10 + static_cast<std::uint32_t>(name.front() - '0');
    place.shard = shard;
    return place;
}

// A mirror has the targets that a supplement is made of, and need not have the supplement.
Bytes make_supplement(const RepositoryFolder& folder, const Bundle& metadata, const crypto::Digest& pin, const SupplementPlace& place) {
    const auto file = encode_bundle(metadata);
    auto opened = file ? open_bundle(*file, pin, {}) : std::unexpected(file.error());
    if (!opened) return {};
    auto collected = collect_supplement(opened->client, folder.files(), supplement_targets(place));
    if (!collected || collected->targets.empty()) return {};
    auto made = encode_bundle(std::move(*collected));
    return made ? std::move(*made) : Bytes{};
}

FileSource repository_source(const fs::path& path, RepositoryFolder folder, Bundle bundle, const crypto::Digest& pin) {
    return [site = folder_source(path), folder = std::move(folder), bundle = std::move(bundle), pin](const inquiry::Wanted& wanted) {
        auto delivery = site(wanted);
        const auto place = delivery.arrival == inquiry::Arrival::Here ? std::nullopt : place_in(wanted.name);
        if (!place) return delivery;
        Bytes made = make_supplement(folder, bundle, pin, *place);
        return made.empty() ? delivery : inquiry::Delivery{inquiry::Arrival::Here, std::move(made)};
    };
}

Result<OpenedTrust> open_repository(const fs::path& path, const TrustAnchor& anchor) {
    auto folder = RepositoryFolder::find(path);
    if (!folder) return std::unexpected(folder.error());
    const auto root = root_to_begin_with(*folder, anchor);
    if (!root) return std::unexpected(root.error());
    auto collected = collect_needed(*root, folder->files());
    if (!collected) return std::unexpected(collected.error());
    const auto file = encode_bundle(*collected);
    if (!file) return std::unexpected(file.error());
    const crypto::Digest pin = crypto::sha256(*root);
    return open_bundle_with(*file, anchor, pin, repository_source(path, std::move(*folder), std::move(*collected), pin));
}

}  // namespace

Result<TrustKind> trust_kind_of(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) return TrustKind::Repository;
    const auto file = read_file(path, max_file_bytes);
    if (!file) return std::unexpected(file.error());
    return is_bundle(*file) ? TrustKind::Bundle : TrustKind::Pack;
}

Result<crypto::Digest> parse_root_pin(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    const auto bytes = from_hex(text);
    if (!bytes) return std::unexpected(bytes.error());
    crypto::Digest pin{};
    if (bytes->size() != pin.size()) return fail(ErrorCode::BundleWrongRoot, {}, "a pin has 64 hexadecimal digits");
    std::ranges::copy(*bytes, pin.begin());
    return pin;
}

Result<std::optional<crypto::Digest>> root_pin_beside(const fs::path& path) {
    constexpr std::string_view name = "root.pin";
    std::error_code error;
    fs::path file = fs::is_directory(path, error) ? path / name : path.parent_path() / name;
    if (!fs::exists(file, error)) return std::optional<crypto::Digest>{};
    const auto text = read_file(file, 200);
    if (!text) return std::unexpected(text.error());
    const auto pin = parse_root_pin(as_text(*text));
    if (!pin) return std::unexpected(pin.error());
    return std::optional{*pin};
}

Result<OpenedTrust> open_trust_source(const fs::path& path, const TrustAnchor& anchor) {
    std::error_code error;
    if (fs::is_directory(path, error)) return open_repository(path, anchor);
    const auto file = read_file(path, max_file_bytes);  // once: it may be a pipe
    if (!file) return std::unexpected(file.error());
    if (is_bundle(*file)) return open_bundle_file(*file, path, anchor);
    if (file->size() > max_trust_pack_bytes) return fail(ErrorCode::FileTooLarge, max_trust_pack_bytes, path.string());
    return open_pack(*file, anchor);
}

}  // namespace pipa
