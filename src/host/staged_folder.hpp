// Building a folder out of sight and putting it in place in one step.
//
// The folder grows beside its target ('.name.XXXXXX'). keep() gives it the target's name; an older folder there
// is exchanged for it and then removed, but only when it is empty or holds `marker`, a file that says it is ours, so
// that a mistyped path never costs anybody their files. Until then, and on every failure, nothing is left behind.
// Errors: file.unwritable, file.exists.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"

namespace pipa {

class StagedFolder {
public:
    [[nodiscard]] static Result<StagedFolder> create(const std::filesystem::path& target, std::string_view marker);
    StagedFolder(StagedFolder&& other) noexcept;
    StagedFolder& operator=(StagedFolder&&) = delete;
    ~StagedFolder();

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return m_path; }
    [[nodiscard]] Result<void> keep();

private:
    StagedFolder(std::filesystem::path path, std::filesystem::path target, std::string marker);

    std::filesystem::path m_path;
    std::filesystem::path m_target;
    std::string m_marker;
};

[[nodiscard]] Result<void> make_folder(const std::filesystem::path& path);

}  // namespace pipa
