// Writing several files of which either all appear or, after a failure, none that was not there before.
// Errors: file.*.
#pragma once

#include <filesystem>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

class FileSet {
public:
    FileSet() = default;
    FileSet(const FileSet&) = delete;
    FileSet& operator=(const FileSet&) = delete;
    ~FileSet();  // takes back what was not kept

    [[nodiscard]] Result<void> write(const std::filesystem::path& path, ByteView content);
    // Makes the folder when it is missing.
    [[nodiscard]] Result<void> folder(const std::filesystem::path& path);
    void keep() noexcept { m_new.clear(); }

private:
    std::vector<std::filesystem::path> m_new{};  // files and folders that did not exist before
};

}  // namespace pipa
