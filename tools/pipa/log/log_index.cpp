#include "pipa/log/log_index.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <map>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "host/file_descriptor.hpp"
#include "host/files.hpp"
#include "host/staged_folder.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t key_bytes = 8;
constexpr std::size_t row_bytes = 16;
constexpr std::size_t max_index_file_bytes = std::size_t{1} << 30;
constexpr std::string_view count_name = "covers";

std::uint64_t big_endian(ByteView bytes) noexcept {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    return number;
}

ByteView key_of(const merkle::Hash& hash) noexcept { return ByteView(hash).subspan(1, key_bytes); }

std::unexpected<Error> unwritable(const fs::path& path) { return fail(ErrorCode::FileUnwritable, {}, system_reason(errno, path)); }

Result<void> append_rows(const fs::path& path, ByteView rows) {
    FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, public_mode));
    struct stat facts {};
    if (!file || ::fstat(file.get(), &facts) != 0) return unwritable(path);
    off_t at = facts.st_size - facts.st_size % static_cast<off_t>(row_bytes);
    while (!rows.empty()) {
        const ssize_t written = ::pwrite(file.get(), rows.data(), rows.size(), at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return unwritable(path);
        rows = rows.subspan(static_cast<std::size_t>(written));
        at += written;
    }
    if (::ftruncate(file.get(), at) != 0 || ::fsync(file.get()) != 0 || !file.close()) return unwritable(path);
    return {};
}

}  // namespace

fs::path LogIndex::file_of(const merkle::Hash& hash) const { return m_folder / to_hex(ByteView(hash).first(1)); }

std::uint64_t LogIndex::covers() const {
    const auto content = read_file(m_folder / count_name, 64);
    std::uint64_t count = 0;
    if (content) std::from_chars(as_text(*content).data(), as_text(*content).data() + content->size(), count);
    return count;
}

Result<void> LogIndex::add(std::span<const IndexRow> rows, std::uint64_t covers) const {
    if (auto ok = make_folder(m_folder); !ok) return ok;
    std::map<fs::path, Bytes> files;
    for (const IndexRow& row : rows) {
        Bytes& content = files[file_of(row.hash)];
        const ByteView key = key_of(row.hash);
        content.insert(content.end(), key.begin(), key.end());
        for (int shift = 56; shift >= 0; shift -= 8) content.push_back(static_cast<std::uint8_t>(row.number >> shift));
    }
    for (const auto& [path, content] : files)
        if (auto ok = append_rows(path, content); !ok) return ok;
    return write_file_atomically(m_folder / count_name, std::to_string(covers) + "\n");
}

Result<std::vector<std::uint64_t>> LogIndex::find(const merkle::Hash& hash) const {
    std::vector<std::uint64_t> numbers;
    std::error_code ignored;
    if (!fs::exists(file_of(hash), ignored)) return numbers;
    const auto content = read_file(file_of(hash), max_index_file_bytes);
    if (!content) return std::unexpected(content.error());
    for (std::size_t at = 0; at + row_bytes <= content->size(); at += row_bytes) {
        const ByteView row = ByteView(*content).subspan(at, row_bytes);
        if (std::ranges::equal(row.first(key_bytes), key_of(hash))) numbers.push_back(big_endian(row.subspan(key_bytes)));
    }
    return numbers;
}

}  // namespace pipa
