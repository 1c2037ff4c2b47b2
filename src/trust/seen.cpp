#include "trust/seen.hpp"

#include <algorithm>

namespace pipa {
namespace {

// A first byte that names this layout, SHA-256 of the first root, and six numbers of 8 bytes, big-endian.
constexpr std::uint8_t layout = 1;
constexpr std::size_t numbers = 6;
constexpr std::size_t note_bytes = 1 + 32 + 8 * numbers;

}  // namespace

Bytes encode_seen(const Seen& seen) {
    Bytes out;
    out.reserve(note_bytes);
    out.push_back(layout);
    for (const std::uint8_t byte : seen.first_root) out.push_back(byte);
    for (const std::uint64_t number : {seen.root, seen.timestamp, seen.snapshot, seen.targets, static_cast<std::uint64_t>(seen.pack),
                                       static_cast<std::uint64_t>(seen.signed_at)})
        for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
    return out;
}

Result<Seen> decode_seen(ByteView note) {
    if (note.size() != note_bytes || note[0] != layout) return fail(ErrorCode::SeenMalformed);
    Seen seen;
    std::ranges::copy(note.subspan(1, 32), seen.first_root.begin());
    std::array<std::uint64_t, numbers> read{};
    for (std::size_t i = 0; i < 8 * numbers; ++i) read[i / 8] = read[i / 8] << 8 | note[33 + i];
    // No version that a repository can have is above this.
    if (std::ranges::any_of(read, [](std::uint64_t number) { return number >= std::uint64_t{1} << 53; })) return fail(ErrorCode::SeenMalformed);
    seen.root = read[0];
    seen.timestamp = read[1];
    seen.snapshot = read[2];
    seen.targets = read[3];
    seen.pack = static_cast<std::int64_t>(read[4]);
    seen.signed_at = static_cast<std::int64_t>(read[5]);
    return seen;
}

Result<void> check_goes_forward(const Seen& before, const Seen& now_offered, std::uint64_t rotated_at) {
    if (before.first_root != now_offered.first_root) return {};
    struct Row {
        std::string_view name;
        std::uint64_t before;
        std::uint64_t offered;
        bool ends_with_keys;
    };
    const bool rotated = rotated_at > before.root;
    for (const Row& row : {Row{"root", before.root, now_offered.root, false}, Row{"timestamp", before.timestamp, now_offered.timestamp, true},
                           Row{"snapshot", before.snapshot, now_offered.snapshot, true},
                           Row{"targets", before.targets, now_offered.targets, true},
                           Row{"registry", static_cast<std::uint64_t>(before.pack), static_cast<std::uint64_t>(now_offered.pack), false}}) {
        if (row.offered >= row.before || (row.ends_with_keys && rotated)) continue;
        return fail(ErrorCode::TufRollback, {}, std::string{row.name} + ": " + std::to_string(row.offered) + ", not " + std::to_string(row.before));
    }
    return {};
}

}  // namespace pipa
