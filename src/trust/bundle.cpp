#include "trust/bundle.hpp"

#include <algorithm>

#include "wire/map_reader.hpp"

namespace pipa {
namespace {

using cbor::Type;
using cbor::Value;

constexpr FieldCodes codes{ErrorCode::BundleBadField, ErrorCode::BundleBadField, ErrorCode::BundleBadField};
constexpr std::int64_t form = 1;

namespace key {
constexpr std::int64_t form = 1, metadata = 2, targets = 3;
}

const Bytes* find_file(const std::vector<BundleFile>& files, std::string_view name) noexcept {
    const auto found = std::ranges::lower_bound(files, name, {}, &BundleFile::name);
    return found != files.end() && found->name == name ? &found->content : nullptr;
}

Result<Value> encode_files(std::vector<BundleFile>& files, std::string_view list) {
    if (files.empty() || files.size() > max_bundle_files) return fail(ErrorCode::BundleBadField, {}, std::string{list});
    std::ranges::sort(files, {}, &BundleFile::name);
    Value array = cbor::make_array();
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string& name = files[i].name;
        if (name.empty() || name.size() > max_bundle_name_bytes) return fail(ErrorCode::BundleBadField, {}, name.substr(0, 80));
        if (i > 0 && name == files[i - 1].name) return fail(ErrorCode::BundleDuplicateName, {}, name);
        array.items.push_back(cbor::make_array({cbor::make_text(name), cbor::make_bytes(files[i].content)}));
    }
    return array;
}

void read_files(MapReader& bundle, std::int64_t list_key, std::string_view list, std::vector<BundleFile>& files) {
    const auto* items = bundle.array(list_key, list, max_bundle_files);
    bundle.need(items != nullptr, list);
    if (items == nullptr) return;
    files.reserve(items->size());
    for (const Value& item : *items) {
        const bool pair = item.is(Type::Array) && item.items.size() == 2 && item.items[0].is(Type::Text) && item.items[1].is(Type::Bytes);
        if (!pair) return bundle.bad(item, list);
        const std::string_view name = item.items[0].text();
        if (name.empty() || name.size() > max_bundle_name_bytes) return bundle.bad(item, list);
        // In rising order, so that a name stands once and is found by halves.
        if (!files.empty() && name <= files.back().name) {
            const ErrorCode code = name == files.back().name ? ErrorCode::BundleDuplicateName : ErrorCode::BundleBadField;
            return bundle.fail_with({code, item.offset, std::string{name}});
        }
        files.push_back({std::string{name}, item.items[1].bytes});
    }
}

}  // namespace

std::string in_store(std::string_view store, std::string_view path) { return (store.empty() ? std::string{} : std::string{store} + "/") + std::string{path}; }

const Bytes* Bundle::find_metadata(std::string_view name) const noexcept { return find_file(metadata, name); }
const Bytes* Bundle::find_target(std::string_view path) const noexcept { return find_file(targets, path); }

Result<Bytes> encode_bundle(Bundle bundle) {
    auto metadata = encode_files(bundle.metadata, "metadata");
    if (!metadata) return std::unexpected(metadata.error());
    auto targets = encode_files(bundle.targets, "targets");
    if (!targets) return std::unexpected(targets.error());
    Bytes out = cbor::encode(cbor::MapBuilder{}
                                 .add(key::form, cbor::make_integer(form))
                                 .add(key::metadata, std::move(*metadata))
                                 .add(key::targets, std::move(*targets))
                                 .finish());
    if (out.size() > max_bundle_bytes) return fail(ErrorCode::BundleTooLarge, max_bundle_bytes);
    return out;
}

Result<Bundle> decode_bundle(ByteView file) {
    if (file.size() > max_bundle_bytes) return fail(ErrorCode::BundleTooLarge, max_bundle_bytes);
    const auto root = cbor::decode(file, cbor::Rules::deterministic, {.max_bytes = max_bundle_bytes, .max_depth = 4});
    if (!root) return std::unexpected(root.error());
    Bundle out;
    MapReader reader(*root, 0, codes);
    static_cast<void>(reader.need_integer(key::form, "form", {form, form}));
    read_files(reader, key::metadata, "metadata", out.metadata);
    read_files(reader, key::targets, "targets", out.targets);
    if (auto ok = reader.finish(); !ok) return std::unexpected(ok.error());
    return out;
}

Result<Bytes> encode_notices(const std::vector<Bytes>& messages) {
    if (messages.size() > max_bundle_notices) return fail(ErrorCode::BundleBadField, {}, "notices");
    Value array = cbor::make_array();
    for (const Bytes& message : messages) array.items.push_back(cbor::make_bytes(message));
    return cbor::encode(array);
}

Result<std::vector<Bytes>> decode_notices(ByteView file) {
    auto root = cbor::decode(file, cbor::Rules::deterministic, {.max_bytes = max_bundle_bytes, .max_depth = 2});
    if (!root) return std::unexpected(root.error());
    if (!root->is(Type::Array) || root->items.size() > max_bundle_notices) return fail(ErrorCode::BundleBadField, 0, "notices");
    std::vector<Bytes> out;
    out.reserve(root->items.size());
    for (Value& item : root->items) {
        if (!item.is(Type::Bytes)) return fail(ErrorCode::BundleBadField, item.offset, "notices");
        out.push_back(std::move(item.bytes));
    }
    return out;
}

}  // namespace pipa
