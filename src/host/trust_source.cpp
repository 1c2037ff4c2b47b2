#include "host/trust_source.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "host/files.hpp"
#include "trust/open_bundle.hpp"
#include "host/repository_folder.hpp"
#include "trust/supplement.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

constexpr std::uint8_t map_of_three = 0xA3;             // how a bundle begins (bundle.cddl); a pack begins with tag 18
constexpr std::size_t max_supplement_bytes = std::size_t{1} << 20;  // 16 KB, and the notices of a delegated store
constexpr std::string_view how_to_prove = "a bundle or repository needs --root-pin, or root.pin beside it";

constexpr std::size_t max_file_bytes = std::max(max_bundle_bytes, max_trust_pack_bytes);

bool is_bundle(ByteView file) { return !file.empty() && file.front() == map_of_three; }

Result<FoundTrust> open_pack(ByteView message, const TrustAnchor& anchor) {
    if (!anchor.office_key) return fail(ErrorCode::TrustWrongSigner, {}, "a trust pack needs the office's key");
    auto store = TrustStore::open(message, *anchor.office_key);
    if (!store) return std::unexpected(store.error());
    return FoundTrust{.store = std::move(*store)};
}

Result<OpenedBundle> open_with(ByteView file, const TrustAnchor& anchor, const crypto::Digest& pin) {
    auto opened = open_bundle(file, pin, {});
    if (opened && anchor.office_key && *anchor.office_key != opened->office_key) return fail(ErrorCode::TrustWrongSigner, {}, "its office.pub is another key");
    return opened;
}

Result<FoundTrust> open_bundle_file(ByteView file, const fs::path& path, const TrustAnchor& anchor) {
    if (!anchor.root_pin) return fail(ErrorCode::TufNoTrustedRoot, {}, std::string{how_to_prove});
    auto opened = open_with(file, anchor, *anchor.root_pin);
    if (!opened) return std::unexpected(opened.error());
    return FoundTrust{std::move(opened->trust), std::move(opened->notices), std::move(opened->client), path.parent_path() / "tuf" / supplement_folder, false};
}

Result<Bytes> root_to_begin_with(const RepositoryFolder& folder, const TrustAnchor& anchor) {
    if (anchor.root_file) {
        if (anchor.root_pin && crypto::sha256(*anchor.root_file) != *anchor.root_pin) return fail(ErrorCode::BundleWrongRoot, {}, "the root file has another pin");
        return *anchor.root_file;
    }
    if (!anchor.root_pin) return fail(ErrorCode::TufNoTrustedRoot, {}, std::string{how_to_prove} + ", or --root");
    return folder.root_with(*anchor.root_pin);
}

// Notices may be missing from a mirror that was not asked for them; then there are none.
std::vector<std::string> needed_targets(bool with_notices) {
    std::vector<std::string> out = {std::string{target_path::registry}, std::string{target_path::office}};
    if (with_notices) out.emplace_back(target_path::notices);
    return out;
}

Result<Bundle> collect_needed(ByteView root, const GetFile& files) {
    auto whole = collect_bundle(root, 0, files, needed_targets(true));
    const bool lacks_notices = !whole && whole.error().detail == target_path::notices &&
                               (whole.error().code == ErrorCode::TufNotFound || whole.error().code == ErrorCode::TufNoSuchTarget);
    return lacks_notices ? collect_bundle(root, 0, files, needed_targets(false)) : std::move(whole);
}

Result<std::optional<Bytes>> find_supplement(FoundTrust& found, const StatusPlace& place) {
    if (!found.is_repository) {
        const fs::path path = found.folder / supplement_name(found.client->trusted(), place);
        std::error_code error;
        if (!fs::is_regular_file(path, error)) return std::optional<Bytes>{};
        auto file = read_file(path, max_supplement_bytes);
        if (!file) return std::unexpected(file.error());
        return std::optional{std::move(*file)};
    }
    const auto folder = RepositoryFolder::find(found.folder);
    if (!folder) return std::unexpected(folder.error());
    auto collected = collect_supplement(*found.client, folder->files(), supplement_targets(place));
    if (!collected) return std::unexpected(collected.error());
    if (collected->targets.empty()) return std::optional<Bytes>{};
    auto file = encode_bundle(std::move(*collected));
    if (!file) return std::unexpected(file.error());
    return std::optional{std::move(*file)};
}

Result<FoundTrust> open_repository(const fs::path& path, const TrustAnchor& anchor) {
    const auto folder = RepositoryFolder::find(path);
    if (!folder) return std::unexpected(folder.error());
    const auto root = root_to_begin_with(*folder, anchor);
    if (!root) return std::unexpected(root.error());
    auto collected = collect_needed(*root, folder->files());
    if (!collected) return std::unexpected(collected.error());
    const auto file = encode_bundle(std::move(*collected));
    if (!file) return std::unexpected(file.error());
    auto opened = open_with(*file, anchor, crypto::sha256(*root));
    if (!opened) return std::unexpected(opened.error());
    return FoundTrust{std::move(opened->trust), std::move(opened->notices), std::move(opened->client), path, true};
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

Result<FoundTrust> open_trust_source(const fs::path& path, const TrustAnchor& anchor) {
    std::error_code error;
    if (fs::is_directory(path, error)) return open_repository(path, anchor);
    const auto file = read_file(path, max_file_bytes);  // once: it may be a pipe
    if (!file) return std::unexpected(file.error());
    if (is_bundle(*file)) return open_bundle_file(*file, path, anchor);
    if (file->size() > max_trust_pack_bytes) return fail(ErrorCode::FileTooLarge, max_trust_pack_bytes, path.string());
    return open_pack(*file, anchor);
}

Result<void> bring_status(FoundTrust& found, std::string_view qr_text) {
    if (!found.client) return {};
    const auto place = missing_status(found.store, qr_text);
    if (!place) return {};
    const auto file = find_supplement(found, *place);
    if (!file) return std::unexpected(file.error());
    if (!*file) return {};
    auto notices = add_supplement(found.store, *found.client, **file);
    if (!notices) return std::unexpected(notices.error());
    add_notices(found.notices, std::move(*notices));
    return {};
}

}  // namespace pipa
