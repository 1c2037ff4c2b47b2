#include "pipa/log/log_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <map>

#include "host/atomic_file.hpp"
#include "host/file_descriptor.hpp"
#include "host/files.hpp"
#include "pipa/log/log_index.hpp"
#include "host/staged_folder.hpp"
#include "tlog/proof_file.hpp"
#include "tlog/tile_builder.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;
using tlog::Tile;

constexpr std::size_t max_tile_bytes = tlog::tile_width * (2 + tlog::max_entry_bytes);

// The tile of entries goes with the tile of their hashes.
Tile as_in_tree(const Tile& tile, std::uint64_t size) {
    Tile found = tlog::tile_in_tree(tile.holds == Tile::Holds::Entries ? 0 : tile.level, tile.index, size);
    found.holds = tile.holds;
    return found;
}

Result<std::vector<Bytes>> read_entries(const PublishedLog& log, std::uint64_t bundle) {
    const Tile tile = as_in_tree({.holds = Tile::Holds::Entries, .index = bundle}, log.checkpoint.checkpoint.size);
    const auto content = log.read(tile);
    if (!content) return std::unexpected(content.error());
    return tlog::entries_in_bundle(*content, tile.width);
}

// Holds the folder for one writer as long as it lives.
Result<FileDescriptor> lock(const fs::path& folder) {
    FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened) return fail(ErrorCode::FileUnreadable, {}, system_reason(errno, folder));
    if (::flock(opened.get(), LOCK_EX | LOCK_NB) != 0) return fail(ErrorCode::LogBusy, {}, folder.string());
    return opened;
}

Result<std::string> read_text(const fs::path& path, std::size_t max_bytes) {
    const auto bytes = read_file(path, max_bytes);
    if (!bytes) return std::unexpected(bytes.error());
    return std::string{as_text(*bytes)};
}

class Append {
public:
    Append(PublishedLog log, const crypto::SecretKey& key, int folder)
        : m_log(std::move(log)), m_key(key), m_folder(folder), m_index(m_log.folder),
          m_builder([this](const Tile& tile, ByteView content) { return put(tile, content); }) {}

    Result<std::vector<Appended>> run(std::span<const Bytes> entries, UnixSeconds now) {
        if (auto ok = m_builder.resume(old().size, m_log.reader()); !ok) return std::unexpected(ok.error());
        if (auto ok = complete_index(); !ok) return std::unexpected(ok.error());
        for (const Bytes& entry : entries)
            if (auto ok = add(entry); !ok) return std::unexpected(ok.error());
        if (m_builder.size() == old().size) return std::move(m_out);
        if (auto ok = m_builder.finish(); !ok) return std::unexpected(ok.error());
        if (auto ok = m_index.add(m_rows, m_builder.size()); !ok) return std::unexpected(ok.error());
        if (auto ok = publish(now); !ok) return std::unexpected(ok.error());
        remove_partial_tiles();
        return std::move(m_out);
    }

private:
    [[nodiscard]] const tlog::Checkpoint& old() const { return m_log.checkpoint.checkpoint; }

    Result<void> put(const Tile& tile, ByteView content) {
        const fs::path path = m_log.folder / tlog::tile_path(tile);
        if (auto ok = make_folder(path.parent_path()); !ok) return ok;
        return write_file_atomically(path, content);
    }

    Result<void> complete_index() {
        std::vector<IndexRow> rows;
        for (std::uint64_t at = m_index.covers(); at < old().size; ++at) {
            const auto entries = read_entries(m_log, at / tlog::tile_width);
            if (!entries) return std::unexpected(entries.error());
            for (std::size_t i = at % tlog::tile_width; i < entries->size(); ++i) rows.push_back({merkle::hash_leaf((*entries)[i]), at - at % tlog::tile_width + i});
            at = rows.back().number;
        }
        return rows.empty() ? Result<void>{} : m_index.add(rows, old().size);
    }

    Result<void> add(const Bytes& entry) {
        const merkle::Hash hash = merkle::hash_leaf(entry);
        if (const auto twice = m_added.find(hash); twice != m_added.end()) {
            m_out.push_back({twice->second, true});
            return {};
        }
        const auto there = find_in_log(m_log, entry);
        if (!there) return std::unexpected(there.error());
        if (*there) {
            m_out.push_back({**there, true});
            return {};
        }
        m_added.emplace(hash, m_builder.size());
        m_rows.push_back({hash, m_builder.size()});
        m_out.push_back({m_builder.size(), false});
        return m_builder.add(entry);
    }

    // What is signed is read back from the files, and begins with all that was signed before.
    Result<void> publish(UnixSeconds now) {
        PublishedLog grown = m_log;
        grown.checkpoint.checkpoint.size = m_builder.size();
        const auto root = tlog::tree_root(m_builder.size(), grown.reader());
        if (!root) return std::unexpected(root.error());
        if (old().size > 0) {
            const auto proof = tlog::consistency_proof(old().size, m_builder.size(), grown.reader());
            if (!proof) return std::unexpected(proof.error());
            if (!merkle::verify_consistency(old().size, m_builder.size(), old().root, *root, *proof))
                return fail(ErrorCode::LogBroken, {}, "the tiles do not go on from the checkpoint");
        }
        grown.checkpoint.checkpoint.root = *root;
        // All of it, the new folders' names too, is on the disk before anyone is told.
        if (::syncfs(m_folder) != 0) return fail(ErrorCode::FileUnwritable, {}, system_reason(errno, m_log.folder));
        return write_file_atomically(m_log.folder / checkpoint_name, sign_checkpoint(grown.checkpoint.checkpoint, m_key, now));
    }

    // "MAY delete any partial tile once the corresponding full tile is available": those that the old checkpoint ended in.
    void remove_partial_tiles() const {
        for (std::uint32_t level = 0; level <= tlog::max_tile_level; ++level) {
            const std::uint64_t last = old().size >> (8 * level) >> 8;
            remove_if_full({.level = level, .index = last});
            if (level == 0) remove_if_full({.holds = Tile::Holds::Entries, .index = last});
        }
    }
    void remove_if_full(const Tile& tile) const {
        if (as_in_tree(tile, m_builder.size()).width != tlog::tile_width) return;
        std::error_code ignored;
        fs::remove_all(m_log.folder / (tlog::tile_path(tile) + ".p"), ignored);
    }

    PublishedLog m_log;
    const crypto::SecretKey& m_key;
    int m_folder;
    LogIndex m_index;
    tlog::TileBuilder m_builder;
    std::map<merkle::Hash, std::uint64_t> m_added{};
    std::vector<IndexRow> m_rows{};
    std::vector<Appended> m_out{};
};

bool is_entry(const PublishedLog& log, std::uint64_t index, ByteView entry) {
    if (index >= log.checkpoint.checkpoint.size) return false;
    const auto entries = read_entries(log, index / tlog::tile_width);
    return entries && std::ranges::equal((*entries)[index % tlog::tile_width], entry);
}

}  // namespace

// A larger tile begins with the smaller one, so the tile of the current tree serves for older trees too.
Result<Bytes> PublishedLog::read(const Tile& tile) const {
    const Tile there = as_in_tree(tile, checkpoint.checkpoint.size);
    if (there.width < tile.width) return fail(ErrorCode::TileBadPath, {}, tlog::tile_path(tile));
    auto content = read_file(folder / tlog::tile_path(there), max_tile_bytes);
    if (!content || there.width == tile.width) return content;
    if (tile.holds == Tile::Holds::Hashes) {
        if (const auto hashes = tlog::hashes_in_tile(*content, there); !hashes) return std::unexpected(hashes.error());
        content->resize(tile.width * std::tuple_size_v<merkle::Hash>);
        return content;
    }
    const auto entries = tlog::entries_in_bundle(*content, there.width);
    if (!entries) return std::unexpected(entries.error());
    std::size_t length = 0;
    for (std::uint32_t i = 0; i < tile.width; ++i) length += 2 + (*entries)[i].size();
    content->resize(length);
    return content;
}

tlog::ReadTile PublishedLog::reader() const {
    return [this](const Tile& tile) { return read(tile); };
}

Result<PublishedLog> open_log(const fs::path& folder, std::optional<tlog::KnownLog> known) {
    if (!known) {
        auto text = read_text(folder / log_key_name, 1024);
        if (!text) return std::unexpected(text.error());
        if (text->ends_with('\n')) text->pop_back();
        auto own = tlog::known_log({.key = *text});
        if (!own) return std::unexpected(own.error());
        known = std::move(*own);
    }
    auto note = read_text(folder / checkpoint_name, note::max_note_bytes);
    if (!note) return std::unexpected(note.error());
    auto checkpoint = tlog::open_trusted(*note, *known);
    if (!checkpoint) return std::unexpected(checkpoint.error());
    return PublishedLog{folder, std::move(*known), std::move(*note), std::move(*checkpoint)};
}

Result<PublishedLog> init_log(const fs::path& folder, const std::string& name, const crypto::SecretKey& key, UnixSeconds now) {
    if (!is_log_name(name)) return fail(ErrorCode::LogBadName, {}, name.substr(0, 100));
    if (auto ok = make_folder(folder); !ok) return std::unexpected(ok.error());
    const note::VerifierKey verifier = verifier_key(name, note::VerifierKey::Kind::Ed25519, key.public_key());
    const std::string vkey = write_verifier_key(verifier) + "\n";
    const std::string checkpoint = sign_checkpoint({.origin = name, .root = crypto::sha256({})}, key, now);
    // The checkpoint makes it a log, so that comes last; a log that is there is never begun again.
    std::error_code ignored;
    if (fs::exists(folder / checkpoint_name, ignored)) return fail(ErrorCode::FileExists, {}, (folder / checkpoint_name).string());
    if (auto ok = write_file_atomically(folder / log_key_name, vkey); !ok) return std::unexpected(ok.error());
    if (auto ok = write_file_atomically(folder / checkpoint_name, as_bytes(checkpoint), IfExists::Refuse); !ok) return std::unexpected(ok.error());
    return open_log(folder);
}

Result<std::vector<Appended>> append_to_log(const fs::path& folder, const crypto::SecretKey& key, std::span<const Bytes> entries, UnixSeconds now) {
    const auto locked = lock(folder);
    if (!locked) return std::unexpected(locked.error());
    auto log = open_log(folder);
    if (!log) return std::unexpected(log.error());
    if (log->known.key.key != key.public_key()) return fail(ErrorCode::LogWrongKey, {}, log->known.key.name);
    // Before anything is built upon it: the tiles are those that were signed.
    const auto root = tlog::tree_root(log->checkpoint.checkpoint.size, log->reader());
    if (!root) return std::unexpected(root.error());
    if (*root != log->checkpoint.checkpoint.root) return fail(ErrorCode::LogBroken, {}, "the tiles do not lead to the checkpoint's root");
    return Append(std::move(*log), key, locked->get()).run(entries, now);
}

Result<std::optional<std::uint64_t>> find_in_log(const PublishedLog& log, ByteView entry) {
    const LogIndex index(log.folder);
    const auto numbers = index.find(merkle::hash_leaf(entry));
    if (!numbers) return std::unexpected(numbers.error());
    for (const std::uint64_t number : *numbers)
        if (is_entry(log, number, entry)) return number;
    const std::uint64_t size = log.checkpoint.checkpoint.size;
    for (std::uint64_t bundle = index.covers() / tlog::tile_width; bundle * tlog::tile_width < size && index.covers() < size; ++bundle) {
        const auto entries = read_entries(log, bundle);
        if (!entries) return std::unexpected(entries.error());
        const auto found = std::ranges::find_if(*entries, [&](const Bytes& one) { return std::ranges::equal(one, entry); });
        if (found != entries->end()) return bundle * tlog::tile_width + static_cast<std::uint64_t>(found - entries->begin());
    }
    return std::optional<std::uint64_t>{};
}

Result<void> each_entry(const PublishedLog& log, std::uint64_t first, const EntryVisitor& visit) {
    for (std::uint64_t bundle = first / tlog::tile_width; bundle * tlog::tile_width < log.checkpoint.checkpoint.size; ++bundle) {
        const auto entries = read_entries(log, bundle);
        if (!entries) return std::unexpected(entries.error());
        for (std::size_t i = 0; i < entries->size(); ++i) {
            const std::uint64_t number = bundle * tlog::tile_width + i;
            if (number < first) continue;
            if (auto ok = visit(number, (*entries)[i]); !ok) return ok;
        }
    }
    return {};
}

Result<std::string> prove_in_log(const PublishedLog& log, std::uint64_t index) {
    auto hashes = tlog::inclusion_proof(index, log.checkpoint.checkpoint.size, log.reader());
    if (!hashes) return std::unexpected(hashes.error());
    return tlog::write_proof_file({.index = index, .hashes = std::move(*hashes), .checkpoint = log.note});
}

Result<void> check_whole_log(const PublishedLog& log) {
    const std::uint64_t size = log.checkpoint.checkpoint.size;
    tlog::TileBuilder builder([&](const Tile& tile, ByteView content) -> Result<void> {
        const auto there = log.read(tile);
        if (!there) return std::unexpected(there.error());
        if (!std::ranges::equal(*there, content)) return fail(ErrorCode::LogBroken, {}, tlog::tile_path(tile));
        return {};
    });
    for (std::uint64_t bundle = 0; bundle * tlog::tile_width < size; ++bundle) {
        const auto entries = read_entries(log, bundle);
        if (!entries) return std::unexpected(entries.error());
        for (const Bytes& entry : *entries)
            if (auto ok = builder.add(entry); !ok) return ok;
    }
    if (auto ok = builder.finish(); !ok) return ok;
    const auto root = tlog::tree_root(size, log.reader());
    if (!root) return std::unexpected(root.error());
    if (*root != log.checkpoint.checkpoint.root) return fail(ErrorCode::LogBroken, {}, std::string{checkpoint_name});
    return {};
}

Result<tlog::Checkpoint> check_older(const PublishedLog& log, std::string_view older_note) {
    auto older = tlog::open_checkpoint(older_note, log.known.key.name, log.known.key);
    if (!older) return std::unexpected(older.error());
    const tlog::Checkpoint& now = log.checkpoint.checkpoint;
    const tlog::Checkpoint& then = older->checkpoint;
    if (then.size == 0) return std::move(older->checkpoint);  // every log begins with the empty one
    const auto proof = tlog::consistency_proof(then.size, now.size, log.reader());
    if (!proof) return std::unexpected(proof.error());
    if (auto ok = merkle::verify_consistency(then.size, now.size, then.root, now.root, *proof); !ok) return std::unexpected(ok.error());
    return std::move(older->checkpoint);
}

Result<void> add_cosignature(const PublishedLog& log, const std::string& name, const crypto::SecretKey& key, UnixSeconds now) {
    if (!is_log_name(name)) return fail(ErrorCode::LogBadName, {}, name.substr(0, 100));
    const auto locked = lock(log.folder);
    if (!locked) return std::unexpected(locked.error());
    const auto still = read_text(log.folder / checkpoint_name, note::max_note_bytes);
    if (!still || *still != log.note) return fail(ErrorCode::LogBusy, {}, log.folder.string());
    const auto parsed = note::parse_note(log.note);
    if (!parsed) return std::unexpected(parsed.error());
    const std::uint32_t id = verifier_key(name, note::VerifierKey::Kind::Cosignature, key.public_key()).id;
    std::string note = parsed->text + "\n";
    std::string_view rest = std::string_view{log.note}.substr(note.size());
    for (const note::SignatureLine& line : parsed->signatures) {  // one a line
        const std::string_view text = rest.substr(0, rest.find('\n') + 1);
        if (line.name != name || line.key_id != id) note += text;
        rest.remove_prefix(text.size());
    }
    note += cosign_line(parsed->text, name, key, now);
    return write_file_atomically(log.folder / checkpoint_name, note);
}

}  // namespace pipa
