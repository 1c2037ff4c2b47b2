#include "host/repository_folder.hpp"

#include <algorithm>
#include <array>

#include "host/files.hpp"
#include "tuf/names.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view root_ending = "root.json";

bool is_root_name(std::string_view name) { return name == root_ending || name.ends_with(".root.json"); }

std::vector<fs::path> entries_of(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code error;
    for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator(); at.increment(error)) out.push_back(at->path());
    std::ranges::sort(out);
    return out;
}

bool has_root(const fs::path& folder) {
    return std::ranges::any_of(entries_of(folder), [](const fs::path& path) { return is_root_name(path.filename().string()); });
}

std::optional<Bytes> read_if_there(const fs::path& path, std::uint64_t max_bytes) {
    auto content = read_file(path, static_cast<std::size_t>(max_bytes));  // tuf::Limits are far below 32 bits
    if (!content) return {};
    return std::move(*content);
}

// A device keeps "7.targets.json" as "targets.json".
std::string without_version(const std::string& name) {
    const std::size_t digits = name.find_first_not_of("0123456789");
    return digits == 0 || digits == std::string::npos || name[digits] != '.' ? name : name.substr(digits + 1);
}

// A device's one root stands for the version that it is, and no other: asked for the next one, there is none.
std::optional<Bytes> read_metadata(const fs::path& folder, const tuf::Request& request) {
    if (auto exact = read_if_there(folder / request.path, request.max_bytes)) return exact;
    const std::string kept = without_version(request.path);
    auto content = kept == request.path ? std::nullopt : read_if_there(folder / kept, request.max_bytes);
    if (!content || kept != root_ending) return content;
    const auto opened = tuf::TrustedSet::open(*content, 0);
    return opened && tuf::metadata_path("root", opened->root().version) == request.path ? content : std::nullopt;
}

// "status/HASH.3" was "status/3" before the hash came into its name; a device keeps it as "status%2F3".
std::optional<Bytes> read_target(const fs::path& folder, const tuf::Request& request) {
    if (auto exact = read_if_there(folder / request.path, request.max_bytes)) return exact;
    const std::size_t name = request.path.rfind('/') + 1;
    const std::size_t dot = request.path.find('.', name);
    if (dot == std::string::npos) return {};
    return read_if_there(folder / tuf::file_name_of(request.path.substr(0, name) + request.path.substr(dot + 1)), request.max_bytes);
}

}  // namespace

Result<RepositoryFolder> RepositoryFolder::find(const fs::path& folder) {
    std::error_code error;
    for (const fs::path& base : {folder / "tuf", folder}) {
        for (const fs::path& metadata : {base / "metadata", base}) {
            if (!has_root(metadata)) continue;
            RepositoryFolder out;
            out.m_metadata = metadata;
            out.m_targets = fs::is_directory(base / "targets", error) ? base / "targets" : base;
            return out;
        }
    }
    return fail(ErrorCode::TufNoTrustedRoot, {}, folder.string());
}

Result<Bytes> RepositoryFolder::root_with(const crypto::Digest& pin) const {
    for (const fs::path& path : entries_of(m_metadata)) {
        if (!is_root_name(path.filename().string())) continue;
        auto content = read_if_there(path, tuf::Limits{}.root_bytes);
        if (content && crypto::sha256(*content) == pin) return std::move(*content);
    }
    return fail(ErrorCode::BundleWrongRoot, {}, m_metadata.string());
}

GetFile RepositoryFolder::files() const {
    return [metadata = m_metadata, targets = m_targets](const tuf::Request& request) {
        return request.from == tuf::Request::From::MetadataUrl ? read_metadata(metadata, request) : read_target(targets, request);
    };
}

}  // namespace pipa
