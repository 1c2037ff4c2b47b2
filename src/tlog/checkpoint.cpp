#include "tlog/checkpoint.hpp"

#include <algorithm>
#include <charconv>

#include "crypto/base64.hpp"

namespace pipa::tlog {
namespace {

std::unexpected<Error> malformed(std::string_view part) { return fail(ErrorCode::CheckpointMalformed, {}, std::string(part)); }

// "the ASCII decimal representation of the number of leaves in the tree, with no leading zeroes"
std::optional<std::uint64_t> parse_size(std::string_view text) {
    std::uint64_t size = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool whole = problem == std::errc{} && end == text.data() + text.size();
    if (!whole || (text.size() > 1 && text.front() == '0')) return {};
    return size;
}

}  // namespace

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::string_view rest = text; !rest.empty();) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos || end == 0) return malformed("line");  // "non-empty lines"
        lines.push_back(rest.substr(0, end));
        rest.remove_prefix(end + 1);
    }
    if (lines.size() < 3) return malformed("fewer than three lines");
    const auto size = parse_size(lines[1]);
    if (!size) return malformed("size");
    const auto root = crypto::from_base64(lines[2]);
    if (!root || root->size() != std::tuple_size_v<merkle::Hash>) return malformed("root hash");
    Checkpoint checkpoint{.origin = std::string(lines[0]), .size = *size};
    std::ranges::copy(*root, checkpoint.root.begin());
    checkpoint.extensions.assign(lines.begin() + 3, lines.end());
    return checkpoint;
}

Result<OpenedCheckpoint> open_checkpoint(std::string_view text, std::string_view origin, const note::VerifierKey& log_key,
                                         std::span<const note::VerifierKey> witness_keys) {
    // A witness confirms what the log said; it cannot speak for the log.
    const auto by_log = note::verify_note(text, std::span(&log_key, 1));
    if (!by_log) return std::unexpected(by_log.error());
    auto checkpoint = parse_checkpoint(by_log->text);
    if (!checkpoint) return std::unexpected(checkpoint.error());
    if (checkpoint->origin != origin) return fail(ErrorCode::CheckpointWrongOrigin, {}, checkpoint->origin.substr(0, 100));
    OpenedCheckpoint opened{.checkpoint = std::move(*checkpoint)};
    if (witness_keys.empty()) return opened;
    auto by_witnesses = note::verify_note(text, witness_keys);
    if (by_witnesses) {
        opened.witnesses = std::move(by_witnesses->signers);
    } else if (by_witnesses.error().code != ErrorCode::NoteUnsigned) {
        return std::unexpected(by_witnesses.error());
    }
    return opened;
}

}  // namespace pipa::tlog
