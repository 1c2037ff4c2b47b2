#include "host/staged_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "host/files.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> unwritable(int error_number, const fs::path& path) {
    return fail(ErrorCode::FileUnwritable, {}, system_reason(error_number, path));
}

Result<void> check_replaceable(const fs::path& target, const std::string& marker) {
    std::error_code ignored;
    const fs::file_status status = fs::symlink_status(target, ignored);
    if (status.type() == fs::file_type::not_found) return {};
    const bool ours = fs::is_directory(status) && (fs::is_empty(target, ignored) || fs::exists(target / marker, ignored));
    if (ours) return {};
    return fail(ErrorCode::FileExists, {}, target.string() + " is no folder of this command (it lacks " + marker + ")");
}

}  // namespace

StagedFolder::StagedFolder(fs::path path, fs::path target, std::string marker)
    : m_path(std::move(path)), m_target(std::move(target)), m_marker(std::move(marker)) {}

StagedFolder::StagedFolder(StagedFolder&& other) noexcept
    : m_path(std::exchange(other.m_path, {})), m_target(std::move(other.m_target)), m_marker(std::move(other.m_marker)) {}

StagedFolder::~StagedFolder() {
    std::error_code ignored;
    if (!m_path.empty()) fs::remove_all(m_path, ignored);
}

Result<StagedFolder> StagedFolder::create(const fs::path& given, std::string_view marker) {
    fs::path target = given.lexically_normal();
    if (!target.has_filename()) target = target.parent_path();  // "out/" means "out"
    if (target.filename().empty() || target.filename() == "." || target.filename() == "..")
        return fail(ErrorCode::FileUnwritable, {}, "not a folder name: " + given.string());
    if (auto ok = check_replaceable(target, std::string{marker}); !ok) return std::unexpected(ok.error());
    std::string name = (target.parent_path() / ("." + target.filename().string() + ".XXXXXX")).string();
    if (::mkdtemp(name.data()) == nullptr) return unwritable(errno, target);
    return StagedFolder(name, std::move(target), std::string{marker});
}

Result<void> StagedFolder::keep() {
    // mkdtemp makes it private; what is published is as readable as the user's other folders.
    const mode_t mask = ::umask(0);
    ::umask(mask);
    ::chmod(m_path.c_str(), 0777 & ~mask);
    if (auto ok = check_replaceable(m_target, m_marker); !ok) return ok;
    std::error_code error;
    if (!fs::exists(fs::symlink_status(m_target, error))) {
        if (::rename(m_path.c_str(), m_target.c_str()) != 0) return unwritable(errno, m_target);
        m_path.clear();
        return {};
    }
    // After the exchange m_path names the old folder, which the destructor removes.
    if (::renameat2(AT_FDCWD, m_path.c_str(), AT_FDCWD, m_target.c_str(), RENAME_EXCHANGE) == 0) return {};
    // File systems that cannot exchange: the target is away for a moment, and comes back if that fails.
    const fs::path aside = m_path.string() + ".old";
    if (::rename(m_target.c_str(), aside.c_str()) != 0) return unwritable(errno, m_target);
    if (::rename(m_path.c_str(), m_target.c_str()) != 0) {
        const int reason = errno;
        static_cast<void>(::rename(aside.c_str(), m_target.c_str()));
        return unwritable(reason, m_target);
    }
    m_path = aside;
    return {};
}

Result<void> make_folder(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) return unwritable(error.value(), path);
    return {};
}

}  // namespace pipa
