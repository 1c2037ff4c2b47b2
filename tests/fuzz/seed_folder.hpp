// Where a program that writes seeds puts them: FOLDER/<fuzzer>/<group>-<number>.seed. Made at build time, never kept in the repository.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/bytes.hpp"
#include "support/project_files.hpp"

namespace pipa::fuzz {

class SeedFolder {
public:
    SeedFolder(std::filesystem::path folder, std::string group) : m_folder(std::move(folder)), m_group(std::move(group)) {}

    void add(const std::string& fuzzer, std::string_view text) {
        test::write_file(m_folder / fuzzer / (m_group + "-" + std::to_string(++m_count[fuzzer]) + ".seed"), text);
    }
    void add(const std::string& fuzzer, ByteView bytes) { add(fuzzer, as_text(bytes)); }
    // For fuzzers whose first byte says what the rest is.
    void add(const std::string& fuzzer, char mode, ByteView bytes) { add(fuzzer, std::string(1, mode) + std::string{as_text(bytes)}); }

private:
    std::filesystem::path m_folder;
    std::string m_group;
    std::map<std::string, int> m_count{};
};

}  // namespace pipa::fuzz
