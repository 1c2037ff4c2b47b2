#include "pipa/site/site_folder.hpp"

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "host/files.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> unreadable(const fs::path& path, std::string_view why) {
    return fail(ErrorCode::FileUnreadable, {}, std::string{why} + ": " + path.string());
}

class SiteFiller {
public:
    SiteFiller(const fs::path& folder, const fs::path& built, const crypto::PublicKey& office_key, std::optional<UnixSeconds> demo_now,
               const std::optional<SiteBundle>& bundle)
        : m_folder(folder), m_built(built), m_key(to_hex(office_key)), m_demo_now(demo_now ? std::to_string(*demo_now) : ""),
          m_root(bundle ? to_hex(bundle->root_pin) : ""), m_trust(bundle ? site_bundle_name : site_trust_name) {}

    Result<void> copy_all() {
        std::error_code error;
        fs::recursive_directory_iterator entries(m_built, error);
        if (error) return fail(ErrorCode::FileUnreadable, {}, system_reason(error.value(), m_built));
        for (; entries != fs::recursive_directory_iterator(); entries.increment(error)) {
            if (error) return fail(ErrorCode::FileUnreadable, {}, system_reason(error.value(), m_built));
            if (auto ok = copy(*entries); !ok) return ok;
        }
        if (m_replaced == 0) return unreadable(m_built, "no HTML file has " + std::string{office_key_placeholder});
        return {};
    }

private:
    Result<void> copy(const fs::directory_entry& entry) {
        std::error_code error;
        const fs::path target = m_folder / fs::relative(entry.path(), m_built, error);
        const fs::file_status status = entry.symlink_status(error);
        if (error) return fail(ErrorCode::FileUnreadable, {}, system_reason(error.value(), entry.path()));
        if (fs::is_directory(status)) return make_folder(target);
        if (!fs::is_regular_file(status)) return unreadable(entry.path(), "not a plain file");
        if (entry.path().extension() == ".html") return copy_page(entry.path(), target);
        fs::copy_file(entry.path(), target, error);
        if (error) return fail(ErrorCode::FileUnwritable, {}, system_reason(error.value(), target));
        return {};
    }

    Result<void> copy_page(const fs::path& source, const fs::path& target) {
        const auto content = read_file(source);
        if (!content) return std::unexpected(content.error());
        std::string page{as_text(*content)};
        m_replaced += replace_all(page, office_key_placeholder, m_key);
        replace_all(page, demo_now_placeholder, m_demo_now);
        replace_all(page, "@PIPA_ROOT@", m_root);
        replace_all(page, "@PIPA_TRUST@", m_trust);
        return write_file_atomically(target, page);
    }

    const fs::path& m_folder;
    const fs::path& m_built;
    std::string m_key;
    std::string m_demo_now;
    std::string m_root;
    std::string_view m_trust;
    std::size_t m_replaced{};
};

}  // namespace

std::size_t replace_all(std::string& text, std::string_view what, std::string_view with) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()), ++count)
        text.replace(at, what.size(), with);
    return count;
}

Result<void> fill_site(const fs::path& folder, const fs::path& built_site, ByteView trust, const crypto::PublicKey& office_key,
                       std::optional<UnixSeconds> demo_now, std::optional<SiteBundle> bundle, std::string_view emergency) {
    if (auto ok = SiteFiller(folder, built_site, office_key, demo_now, bundle).copy_all(); !ok) return ok;
    if (auto ok = list_offline_files(folder, emergency); !ok) return ok;
    if (bundle)
        if (auto ok = write_file_atomically(folder / site_bundle_name, bundle->file); !ok) return ok;
    // For embeds on other sites, which have no HTML of ours to read it from: what the site is published with, and nothing else in its place.
    const std::string anchor = bundle ? R"({"root":")" + to_hex(bundle->root_pin) : R"({"office_key":")" + to_hex(office_key);
    if (auto ok = write_file_atomically(folder / site_anchor_name, anchor + "\"}\n"); !ok) return ok;
    if (auto ok = write_file_atomically(folder / site_key_name, to_hex(office_key) + "\n"); !ok) return ok;
    return write_file_atomically(folder / site_trust_name, trust);
}

}  // namespace pipa
