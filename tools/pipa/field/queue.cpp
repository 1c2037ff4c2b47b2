#include "pipa/field/queue.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "pipa/field/evidence_source.hpp"
#include "host/files.hpp"
#include "host/staged_folder.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t name_digits = 32;

Result<std::vector<fs::path>> files_of(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code problem;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem))
        if (at->path().extension() == ".cose") out.push_back(at->path());
    if (problem) return fail(ErrorCode::FileUnreadable, {}, system_reason(problem.value(), folder));
    std::ranges::sort(out);
    return out;
}

}  // namespace

Result<fs::path> put_into_queue(const fs::path& folder, ByteView message) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) return fail(ErrorCode::FileUnwritable, {}, system_reason(problem.value(), folder));
    const fs::path path = folder / (to_hex(crypto::sha256(message)).substr(0, name_digits) + ".cose");
    if (const auto written = write_file_atomically(path, message); !written) return std::unexpected(written.error());
    return path;
}

Result<std::string> reference_of(const std::string& typed, const fs::path& folder) {
    if (const auto digest = from_hex(typed); digest && digest->size() == crypto::Digest{}.size()) return to_hex(*digest);
    std::error_code ignored;
    if (fs::is_regular_file(typed, ignored)) {
        const auto message = read_file(typed, max_statement_bytes);
        if (!message) return std::unexpected(message.error());
        if (const auto statement = parse_any_statement(*message); !statement) return std::unexpected(statement.error());
        return to_hex(crypto::sha256(*message));
    }
    for (const fs::path& place : {folder, folder / "merged"}) {
        const auto files = files_of(place);
        if (!files) continue;
        for (const fs::path& path : *files) {
            const auto message = read_file(path, max_statement_bytes);
            const auto statement = message ? parse_any_statement(*message) : std::unexpected(message.error());
            if (statement && statement->id() == typed) return to_hex(crypto::sha256(*message));
        }
    }
    return fail(ErrorCode::FieldUnknownReference, {}, typed.substr(0, 80));
}

Bytes statement_at_hand(const std::string& digest, const std::string& typed, const fs::path& folder) {
    std::vector<fs::path> paths{typed};
    for (const fs::path& place : {folder, folder / "merged"})
        if (const auto files = files_of(place)) paths.insert(paths.end(), files->begin(), files->end());
    std::error_code ignored;
    for (const fs::path& path : paths) {
        if (!fs::is_regular_file(path, ignored)) continue;
        auto message = read_file(path, max_statement_bytes);
        if (message && to_hex(crypto::sha256(*message)) == digest) return std::move(*message);
    }
    return {};
}

Result<std::vector<QueuedStatement>> read_queue(const fs::path& folder, const TrustStore& trust) {
    const auto files = files_of(folder);
    if (!files) return std::unexpected(files.error());
    std::vector<QueuedStatement> out;
    for (const fs::path& path : *files) {
        auto content = read_file(path, max_statement_bytes);
        if (!content) return std::unexpected(content.error());
        QueuedStatement queued{.path = path, .message = std::move(*content)};
        Observations evidence = weigh(std::span(&queued.message, 1), trust);
        if (!evidence.statements.empty()) queued.told = std::move(evidence.statements.front());
        else if (!evidence.certificates.empty()) queued.told.standing = Standing::Stands;
        out.push_back(std::move(queued));
    }
    return out;
}

Result<Merged> merge_statement(OfficeStore& store, const QueuedStatement& queued, UnixSeconds now) {
    if (!queued.told.stands()) return Merged::Refused;
    const auto statement = cose::parse_statement(queued.message, {});
    if (!statement) return std::unexpected(statement.error());
    const auto put = store.put_statement(queued.message, {statement->kid, now});
    if (!put) return std::unexpected(put.error());
    const fs::path done = queued.path.parent_path() / "merged";
    std::error_code problem;
    fs::create_directories(done, problem);
    if (!problem) fs::rename(queued.path, done / queued.path.filename(), problem);
    if (problem) return fail(ErrorCode::FileUnwritable, {}, system_reason(problem.value(), queued.path));
    return put->is_new ? Merged::New : Merged::Known;
}

}  // namespace pipa
