// Where in a log an entry is: 256 files by the first byte of the entry's hash, of rows of 16 bytes (the next 8 bytes of that
// hash, and the entry's number, big-endian). Derived from the log and never published; whoever uses a row looks at the
// entry itself. Rows are only added; a row cut short by a power cut is cut off by the next writer.
// Errors: file.*.
#pragma once

#include <filesystem>
#include <span>

#include "tlog/merkle.hpp"

namespace pipa {

struct IndexRow {
    merkle::Hash hash{};
    std::uint64_t number{};
};

class LogIndex {
public:
    explicit LogIndex(const std::filesystem::path& log_folder) : m_folder(log_folder / ".index") {}

    // How many entries it knows, from the first on; 0 where there is none.
    [[nodiscard]] std::uint64_t covers() const;
    // Rows first, then the count: both are on the disk afterwards.
    [[nodiscard]] Result<void> add(std::span<const IndexRow> rows, std::uint64_t covers) const;
    // Numbers that may be right.
    [[nodiscard]] Result<std::vector<std::uint64_t>> find(const merkle::Hash& hash) const;

private:
    [[nodiscard]] std::filesystem::path file_of(const merkle::Hash& hash) const;
    std::filesystem::path m_folder;
};

}  // namespace pipa
