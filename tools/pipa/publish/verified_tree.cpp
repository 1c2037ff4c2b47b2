#include "pipa/publish/verified_tree.hpp"

#include "host/files.hpp"
#include "pipa/publish/plan.hpp"
#include "tuf/names.hpp"
#include "tuf/trusted_set.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

constexpr UnixSeconds never_expired = 0;  // as TrustedSet has it

class Walker {
public:
    Walker(const fs::path& tree, tuf::TrustedSet set) : m_metadata(tree / "tuf" / "metadata"), m_set(std::move(set)) {}

    Result<VerifiedTree> run() {
        auto ok = take_roots();
        if (ok) ok = take_top("timestamp", 0, [&](ByteView file) -> Result<void> {
            const auto news = m_set.accept_timestamp(file);
            return news ? Result<void>{} : std::unexpected(news.error());
        });
        if (ok) ok = take_top("snapshot", m_set.timestamp()->snapshot.version, [&](ByteView file) { return m_set.accept_snapshot(file); });
        const tuf::MetaFile* listed = ok ? m_set.listed("targets") : nullptr;
        if (ok && listed == nullptr) ok = fail(ErrorCode::TufBadField, {}, "the snapshot lists no targets");
        if (ok) ok = take_top("targets", listed->version, [&](ByteView file) { return m_set.accept_targets(file); });
        if (!ok) return std::unexpected(ok.error());
        add_targets(*m_set.targets());
        if (ok = follow(m_set.targets(), max_depth); !ok) return std::unexpected(ok.error());
        return std::move(m_out);
    }

private:
    static constexpr int max_depth = 4;  // targets, a store, its bins

    Result<Bytes> read(const std::string& role, std::uint64_t version) const {
        return read_file((m_metadata / tuf::metadata_path(role, version)).string(), m_set.limits().targets_bytes);
    }

    Result<void> take_roots() {
        for (std::uint32_t i = 0; i < m_set.limits().root_rotations; ++i) {
            const auto file = read("root", m_set.root().version + 1);
            if (!file) return {};  // there is none
            if (auto ok = m_set.accept_root(*file); !ok) return ok;
            m_out.roles.push_back({"root", m_set.root().version, m_set.root().expires, *file});
        }
        return {};
    }

    template <typename Accept>
    Result<void> take_top(const std::string& role, std::uint64_t version, const Accept& accept) {
        const auto file = read(role, version);
        if (!file) return std::unexpected(file.error());
        if (auto ok = accept(*file); !ok) return ok;
        return keep(role, *file);
    }

    Result<void> keep(const std::string& role, const Bytes& file) {
        const auto opened = open_file(file);
        if (!opened) return std::unexpected(opened.error());
        m_out.roles.push_back({role, opened->version, opened->expires, file});
        return {};
    }

    void add_targets(const tuf::Targets& targets) {
        for (const auto& [path, target] : targets.targets) m_out.targets.emplace(path, target);
    }

    Result<void> follow(const std::shared_ptr<const tuf::Targets>& delegator, int depth, bool own = false) {
        if (depth == 0) return fail(ErrorCode::TufBadField, {}, "delegations without end");
        for (const tuf::Delegation& one : delegator->delegations)
            if (auto ok = take({one.name, one.role, one.terminating, delegator}, depth, one.name == live_role); !ok) return ok;
        if (!delegator->succinct_roles) return {};
        const tuf::SuccinctRoles& bins = *delegator->succinct_roles;
        for (const auto& [file, meta] : m_set.snapshot()->meta) {
            constexpr std::string_view ending = ".json";
            if (!file.starts_with(bins.name_prefix + "-") || !file.ends_with(ending)) continue;
            if (auto ok = take({file.substr(0, file.size() - ending.size()), bins.role, true, delegator}, depth, own); !ok) return ok;
        }
        return {};
    }

    Result<void> take(const tuf::Delegated& role, int depth, bool own) {
        const tuf::MetaFile* listed = m_set.listed(role.name);
        if (listed == nullptr) return {};  // delegated, and never published
        const auto file = read(role.name, listed->version);
        if (!file) return std::unexpected(file.error());
        auto targets = m_set.read_delegated(*file, role);
        if (!targets) return std::unexpected(targets.error());
        if (own) add_targets(*targets);
        if (auto ok = keep(role.name, *file); !ok) return ok;
        return follow(std::make_shared<const tuf::Targets>(std::move(*targets)), depth - 1, own);
    }

    fs::path m_metadata;
    tuf::TrustedSet m_set;
    VerifiedTree m_out{};
};

}  // namespace

Result<VerifiedTree> verify_tree(const fs::path& tree, ByteView trusted_root) {
    auto set = tuf::TrustedSet::open(trusted_root, never_expired);
    if (!set) return std::unexpected(set.error());
    return Walker(tree, std::move(*set)).run();
}

Result<Bytes> verified_target(const fs::path& tree, const VerifiedTree& verified, const std::string& path) {
    const auto found = verified.targets.find(path);
    if (found == verified.targets.end()) return Bytes{};
    auto content = read_file((tree / "tuf" / "targets" / tuf::target_url_path(path, found->second, true)).string(), max_target_bytes);
    if (!content) return content;
    if (auto ok = tuf::check_target(*content, found->second, path); !ok) return std::unexpected(ok.error());
    return content;
}

}  // namespace pipa::publish
