// Writing files so that a reader, a full disk or a power cut finds the old content or the new, never a part.
//
// The new content goes to a hidden file beside the target ('.name.XXXXXX.part'), is flushed to the disk and then
// takes the target's name. Whatever fails on the way, the hidden file is removed. Errors: file.unwritable, file.exists.
#pragma once

#include <sys/types.h>

#include <filesystem>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

enum class IfExists : std::uint8_t { Replace, Refuse };

// Gives a whole file the name `to`, unless something has it: false then, with errno EEXIST. `from` may stay as a second name, which the
// caller removes.
[[nodiscard]] bool take_free_name(const std::filesystem::path& from, const std::filesystem::path& to);

inline constexpr mode_t public_mode = 0666;  // less the umask
inline constexpr mode_t secret_mode = 0600;  // in force from the first byte

[[nodiscard]] Result<void> write_file_atomically(const std::filesystem::path& path, ByteView content,
                                                 IfExists if_exists = IfExists::Replace, mode_t mode = public_mode);
[[nodiscard]] inline Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view content) {
    return write_file_atomically(path, as_bytes(content));
}

}  // namespace pipa
