#include "host/file_set.hpp"

#include "host/atomic_file.hpp"
#include "host/files.hpp"

namespace pipa {

namespace fs = std::filesystem;

FileSet::~FileSet() {
    std::error_code ignored;
    for (auto path = m_new.rbegin(); path != m_new.rend(); ++path) fs::remove(*path, ignored);
}

Result<void> FileSet::write(const fs::path& path, ByteView content) {
    std::error_code ignored;
    const bool is_new = !fs::exists(fs::symlink_status(path, ignored));
    auto written = write_file_atomically(path, content);
    if (written && is_new) m_new.push_back(path);
    return written;
}

Result<void> FileSet::folder(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) return {};
    if (!fs::create_directory(path, error)) {
        const int reason = error ? error.value() : ENOTDIR;
        return fail(ErrorCode::FileUnwritable, {}, system_reason(reason, path));
    }
    m_new.push_back(path);
    return {};
}

}  // namespace pipa
