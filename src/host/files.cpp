#include "host/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "host/file_descriptor.hpp"

namespace pipa {
namespace {

Result<Bytes> read_all(int descriptor, const std::filesystem::path& name, std::size_t max_bytes) {
    Bytes bytes;
    std::array<std::uint8_t, 65'536> block{};
    for (;;) {
        const ssize_t got = ::read(descriptor, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(ErrorCode::FileUnreadable, {}, system_reason(errno, name));
        if (got == 0) return bytes;
        if (bytes.size() + static_cast<std::size_t>(got) > max_bytes)
            return fail(ErrorCode::FileTooLarge, max_bytes, name.string());
        bytes.insert(bytes.end(), block.begin(), block.begin() + got);
    }
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return fail(ErrorCode::FileUnreadable, {}, system_reason(errno, path));
    return read_all(file.get(), path, max_bytes);
}

Result<Bytes> read_standard_input(std::size_t max_bytes) { return read_all(STDIN_FILENO, "standard input", max_bytes); }

std::string system_reason(int error_number, const std::filesystem::path& path) {
    return std::generic_category().message(error_number) + ": " + path.string();
}

}  // namespace pipa
