#include "host/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "host/files.hpp"

namespace pipa {

Result<FileDescriptor> lock_folder(const std::filesystem::path& folder) {
    FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened) return fail(ErrorCode::FileUnreadable, {}, system_reason(errno, folder));
    while (::flock(opened.get(), LOCK_EX) != 0)
        if (errno != EINTR) return fail(ErrorCode::FileUnreadable, {}, system_reason(errno, folder));
    return opened;
}

}  // namespace pipa
