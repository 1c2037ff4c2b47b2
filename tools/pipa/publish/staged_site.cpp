#include "pipa/publish/staged_site.hpp"

#include "pipa/publish/plain_files.hpp"

namespace pipa::publish {

namespace fs = std::filesystem;

Result<StagedFolder*> StagedSite::folder() {
    if (!m_folder) {
        auto made = StagedFolder::create(m_out, "tuf");
        if (!made) return std::unexpected(made.error());
        m_folder.emplace(std::move(*made));
    }
    return &*m_folder;
}

Result<void> StagedSite::put(const std::string& name, ByteView content) {
    const auto staged = folder();
    if (!staged) return std::unexpected(staged.error());
    const fs::path path = (*staged)->path() / name;
    if (m_made.insert(path.parent_path()).second)
        if (auto ok = make_folder(path.parent_path()); !ok) return ok;
    if (auto ok = write_plainly(path, content); !ok) return ok;
    m_names.insert(name);
    return {};
}

void StagedSite::take_back(std::string_view beginning) {
    std::error_code ignored;
    for (auto at = m_names.lower_bound(beginning); at != m_names.end() && at->starts_with(beginning); at = m_names.erase(at))
        fs::remove(m_folder->path() / *at, ignored);
}

bool StagedSite::is_at_hand(const std::string& name) const {
    std::error_code error;
    return has(name) || fs::exists(m_out / name, error);
}

}  // namespace pipa::publish
