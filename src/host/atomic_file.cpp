#include "host/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <random>

#include "host/file_descriptor.hpp"
#include "host/files.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> unwritable(const fs::path& path) {
    return fail(ErrorCode::FileUnwritable, {}, system_reason(errno, path));
}

// A file that disappears unless it is kept.
class PartFile {
public:
    [[nodiscard]] bool open(const fs::path& target, mode_t mode) {
        std::random_device random;
        // Names collide only with what a killed process left behind.
        for (int attempt = 0; attempt < 16; ++attempt) {
            m_path = target.parent_path() / ("." + target.filename().string() + "." + std::to_string(random()) + ".part");
            m_file = FileDescriptor(::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
            if (m_file || errno != EEXIST) break;
        }
        m_created = static_cast<bool>(m_file);
        return m_created;
    }
    ~PartFile() {
        if (m_created) ::unlink(m_path.c_str());
    }
    PartFile() = default;
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    [[nodiscard]] bool write(ByteView content) {
        while (!content.empty()) {
            const ssize_t written = ::write(m_file.get(), content.data(), content.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return false;
            content = content.subspan(static_cast<std::size_t>(written));
        }
        return ::fsync(m_file.get()) == 0 && m_file.close();
    }

    [[nodiscard]] bool take_name(const fs::path& target, IfExists if_exists) {
        if (if_exists == IfExists::Replace) {
            if (::rename(m_path.c_str(), target.c_str()) != 0) return false;
            m_created = false;
            return true;
        }
        return take_free_name(m_path, target);  // the destructor removes the second name
    }

private:
    fs::path m_path{};
    FileDescriptor m_file{};
    bool m_created{};
};

// The new name itself must reach the disk too. Some file systems cannot do that for folders; the file is whole anyway.
void flush_folder_of(const fs::path& path) {
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
    const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened) static_cast<void>(::fsync(opened.get()));
}

}  // namespace

bool take_free_name(const fs::path& from, const fs::path& to) {
    // link() refuses an existing name in the same step that makes it. File systems without hard links (FAT): the kernel's own
    // 'rename unless there is one'.
    const bool taken = ::link(from.c_str(), to.c_str()) == 0 || (errno != EEXIST && ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0);
    if (taken) flush_folder_of(to);
    return taken;
}

Result<void> write_file_atomically(const fs::path& path, ByteView content, IfExists if_exists, mode_t mode) {
    if (path.filename().empty()) return fail(ErrorCode::FileUnwritable, {}, "not a file name: " + path.string());
    PartFile part;
    if (!part.open(path, mode) || !part.write(content)) return unwritable(path);
    if (!part.take_name(path, if_exists)) {
        if (errno == EEXIST) return fail(ErrorCode::FileExists, {}, path.string());
        return unwritable(path);
    }
    flush_folder_of(path);
    return {};
}

}  // namespace pipa
