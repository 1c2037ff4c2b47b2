#include "pipa/publish/plain_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "host/atomic_file.hpp"
#include "host/file_descriptor.hpp"
#include "host/files.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> unwritable(const fs::path& path) { return fail(ErrorCode::FileUnwritable, {}, system_reason(errno, path)); }

}  // namespace

Result<void> write_plainly(const fs::path& path, ByteView content) {
    FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, public_mode));
    if (!file) return unwritable(path);
    while (!content.empty()) {
        const ssize_t written = ::write(file.get(), content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return unwritable(path);
        content = content.subspan(static_cast<std::size_t>(written));
    }
    if (!file.close()) return unwritable(path);
    return {};
}

Result<void> link_or_copy(const fs::path& source, const fs::path& target) {
    if (::link(source.c_str(), target.c_str()) == 0) return {};
    if (errno == ENOENT) return fail(ErrorCode::FileUnreadable, {}, system_reason(errno, source));
    const auto content = read_file(source.string());
    if (!content) return std::unexpected(content.error());
    return write_plainly(target, *content);
}

Result<void> flush_file_system_of(const fs::path& folder) {
    const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened || ::syncfs(opened.get()) != 0) return unwritable(folder);
    return {};
}

}  // namespace pipa::publish
