// Files for what reads files; they go away with the program.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "base/bytes.hpp"

namespace pipa::fuzz {

class ScratchFile {
public:
    explicit ScratchFile(const char* name, ByteView content = {}) : m_folder(make_folder()), m_path(m_folder / name) {
        write(content);
    }
    ~ScratchFile() {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    void write(ByteView content) const {
        std::ofstream file(m_path, std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
        file.close();
        if (!file.good()) throw std::runtime_error("a scratch file cannot be written");
    }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return m_path; }

private:
    static std::filesystem::path make_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "pipa-fuzz-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("there is no room for a scratch folder");
        return name;
    }
    std::filesystem::path m_folder;
    std::filesystem::path m_path;
};

}  // namespace pipa::fuzz
