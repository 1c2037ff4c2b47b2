#include "trust/seen.hpp"

#include <algorithm>

namespace pipa {
namespace {

// A first byte that names this layout, how many roots, SHA-256 of each, and six numbers of 8 bytes, big-endian.
constexpr std::uint8_t layout = 2;
constexpr std::size_t numbers = 6;
constexpr std::size_t head_bytes = 2;
constexpr std::size_t root_bytes = 32;

std::unexpected<Error> older(std::string_view name, std::uint64_t offered, std::uint64_t before) {
    return fail(ErrorCode::TufRollback, {}, std::string{name} + ": " + std::to_string(offered) + ", not " + std::to_string(before));
}

bool is_among(const crypto::Digest& root, std::span<const crypto::Digest> roots) { return std::ranges::find(roots, root) != roots.end(); }

Result<void> compare_versions(const Seen& before, const Seen& offered, bool rotated) {
    struct Row {
        std::string_view name;
        std::uint64_t before;
        std::uint64_t offered;
        bool ends_with_keys;
    };
    for (const Row& row : {Row{"root", before.root, offered.root, false}, Row{"timestamp", before.timestamp, offered.timestamp, true},
                           Row{"snapshot", before.snapshot, offered.snapshot, true}, Row{"targets", before.targets, offered.targets, true},
                           Row{"registry", static_cast<std::uint64_t>(before.pack), static_cast<std::uint64_t>(offered.pack), false}}) {
        if (row.offered >= row.before || (row.ends_with_keys && rotated)) continue;
        return older(row.name, row.offered, row.before);
    }
    return {};
}

}  // namespace

Bytes encode_seen(const Seen& seen) {
    const std::size_t count = std::min(seen.roots.size(), max_seen_roots);
    Bytes out;
    out.reserve(head_bytes + root_bytes * count + 8 * numbers);
    out.push_back(layout);
    out.push_back(static_cast<std::uint8_t>(count));
    for (const crypto::Digest& root : std::span(seen.roots).last(count)) out.insert(out.end(), root.begin(), root.end());
    for (const std::uint64_t number : {seen.root, seen.timestamp, seen.snapshot, seen.targets, static_cast<std::uint64_t>(seen.pack),
                                       static_cast<std::uint64_t>(seen.signed_at)})
        for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
    return out;
}

Result<Seen> decode_seen(ByteView note) {
    if (note.size() < head_bytes || note[0] != layout) return fail(ErrorCode::SeenMalformed);
    const std::size_t count = note[1];
    if (count == 0 || count > max_seen_roots || note.size() != head_bytes + root_bytes * count + 8 * numbers) return fail(ErrorCode::SeenMalformed);
    Seen seen;
    seen.roots.resize(count);
    for (std::size_t i = 0; i < count; ++i) std::ranges::copy(note.subspan(head_bytes + root_bytes * i, root_bytes), seen.roots[i].begin());
    note = note.subspan(head_bytes + root_bytes * count);
    std::array<std::uint64_t, numbers> read{};
    for (std::size_t i = 0; i < 8 * numbers; ++i) read[i / 8] = read[i / 8] << 8 | note[i];
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

Result<void> check_goes_forward(const Seen& before, const Seen& offered, std::uint64_t rotated_at) {
    if (is_among(before.roots.back(), offered.roots)) return compare_versions(before, offered, rotated_at > before.root);
    if (std::ranges::any_of(before.roots, [&](const crypto::Digest& root) { return is_among(root, offered.roots); })) return older("root", offered.root, before.root);
    if (offered.signed_at < before.signed_at)
        return older("signed", static_cast<std::uint64_t>(offered.signed_at), static_cast<std::uint64_t>(before.signed_at));
    return {};
}

}  // namespace pipa
