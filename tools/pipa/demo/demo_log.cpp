#include "pipa/demo/demo_log.hpp"

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "host/files.hpp"
#include "host/staged_folder.hpp"
#include "tlog/proof_file.hpp"
#include "wire/qr_text.hpp"

namespace pipa {

namespace fs = std::filesystem;

namespace {

std::string proof_name(ByteView certificate_message) { return to_hex(crypto::sha256(certificate_message)) + ".tlog-proof"; }

}  // namespace

std::string demo_log_name(const std::string& host) { return host + "/log"; }

Result<void> write_demo_log(const DemoDistrict& district, const fs::path& folder) {
    std::vector<Bytes> entries;
    std::vector<std::string> names;
    for (const DemoCase& demo_case : district.cases) {
        if (!demo_case.id.starts_with('C')) continue;
        const auto qr = parse_qr_text(demo_case.text);
        if (!qr) return std::unexpected(qr.error());
        auto entry = tlog::certificate_entry(qr->certificate);
        if (!entry) return std::unexpected(entry.error());
        entries.push_back(std::move(*entry));
        names.push_back(proof_name(qr->certificate));
    }
    const auto named = tlog::known_log(district.pack.logs.front());
    if (!named) return std::unexpected(named.error());
    const crypto::SecretKey& key = district.keys.at("log");
    if (const auto begun = init_log(folder, named->key.name, key, district.now); !begun) return std::unexpected(begun.error());
    const auto appended = append_to_log(folder, key, entries, district.now);
    if (!appended) return std::unexpected(appended.error());
    const auto unseen = open_log(folder);
    if (!unseen) return std::unexpected(unseen.error());
    if (auto ok = add_cosignature(*unseen, demo_witness_name, district.keys.at("witness"), district.now); !ok) return ok;
    const auto log = open_log(folder, *named);
    if (!log) return std::unexpected(log.error());
    if (auto ok = make_folder(folder / "proof"); !ok) return ok;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto proof = prove_in_log(*log, (*appended)[i].index);
        if (!proof) return std::unexpected(proof.error());
        if (auto ok = write_file_atomically(folder / "proof" / names[i], *proof); !ok) return ok;
    }
    return {};
}

Bytes read_demo_proof(const fs::path& log, ByteView certificate_message) {
    return read_file(log / "proof" / proof_name(certificate_message), tlog::max_proof_bytes).value_or(Bytes{});
}

Result<void> publish_log(const fs::path& log, const fs::path& folder) {
    std::error_code problem;
    fs::recursive_directory_iterator files(log, problem);
    for (; !problem && files != fs::recursive_directory_iterator{}; files.increment(problem)) {
        if (files->path().filename().string().starts_with('.')) {
            files.disable_recursion_pending();
            continue;
        }
        const fs::path target = folder / fs::relative(files->path(), log);
        if (files->is_directory()) {
            if (auto ok = make_folder(target); !ok) return ok;
        } else if (files->is_regular_file()) {
            const auto content = read_file(files->path());
            if (!content) return std::unexpected(content.error());
            if (auto ok = make_folder(target.parent_path()); !ok) return ok;
            if (auto ok = write_file_atomically(target, *content); !ok) return ok;
        }
    }
    if (problem) return fail(ErrorCode::FileUnreadable, {}, system_reason(problem.value(), log));
    return {};
}

}  // namespace pipa
