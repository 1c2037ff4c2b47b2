#include "support/supplements.hpp"

#include <algorithm>

namespace pipa::test {
namespace {

bool is_of(std::string_view name, std::string_view part) { return name.find(part) != std::string_view::npos; }

const BundledDistrict& whole() {
    static const BundledDistrict once = [] {
        BundledDistrict given;
        given.repository.delegate("targets", "live", {{"paths", {"status/*"}}, {"terminating", true}});
        given.repository.delegate("targets", "tangqi", {{"paths", {"tangqi/*", "tangqi/*/*"}}, {"terminating", true}});
        given.delegated = {"live", "tangqi"};
        given.set_status(1, {{5, 1}}, "live");
        given.set_status(3051, {{5, 3}}, "live");
        given.put("tangqi/status/0", zlib_of(Bytes(status_shard_bytes)), "tangqi");
        given.put("tangqi/notices.cbor", encode_notices({Bytes{1}}).value(), "tangqi");
        given.put("tangqi/records.cbor", encode_records_head(build_records({{.number = "A", .certificate = {1}}}, 0).head).value(), "tangqi");
        given.publish();
        return given;
    }();
    return once;
}

}  // namespace

const OpenedBundle& phone() {
    static const OpenedBundle once = [] {
        Bundle bundle = whole().bundle();
        const auto is_left_out = [](const BundleFile& file) { return is_of(file.name, "status/") || is_of(file.name, "live") || is_of(file.name, "tangqi"); };
        std::erase_if(bundle.metadata, is_left_out);
        std::erase_if(bundle.targets, is_left_out);
        return open_bundle(encode_bundle(bundle).value(), whole().pin(), {}).value();
    }();
    return once;
}

const std::vector<SupplementPlace>& supplement_places() {
    static const std::vector<SupplementPlace> places = {{.shard = 0}, {.shard = 1}, {.shard = 3051}, {.store = "tangqi", .shard = 0}, {.store = "tangqi"}};
    return places;
}

std::vector<Bytes> supplements() {
    std::vector<Bytes> out;
    for (const SupplementPlace& place : supplement_places()) {
        const std::vector<std::string> paths = supplement_targets(place);
        Bundle bundle = whole().bundle();
        std::erase_if(bundle.metadata, [&](const BundleFile& file) { return !is_of(file.name, place.store.empty() ? ".live." : ".tangqi."); });
        std::erase_if(bundle.targets, [&](const BundleFile& file) { return std::ranges::find(paths, file.name) == paths.end(); });
        if (!bundle.targets.empty()) out.push_back(encode_bundle(bundle).value());
    }
    return out;
}

}  // namespace pipa::test
