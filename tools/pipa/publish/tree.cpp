// The published tree: built beside, flushed, tried with our own client, and exchanged in one step.
#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "host/files.hpp"
#include "pipa/publish/oembed.hpp"
#include "pipa/publish/phone_bundle.hpp"
#include "pipa/publish/plain_files.hpp"
#include "pipa/site/site_folder.hpp"
#include "trust/collect_bundle.hpp"
#include "trust/records.hpp"
#include "trust/supplement.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

class TreeBuilder {
public:
    TreeBuilder(const TreeFiles& files, fs::path folder, fs::path old, bool rebuild, PublishReport& report)
        : m_files(files), m_folder(std::move(folder)), m_old(std::move(old)), m_rebuild(rebuild), m_report(report) {}

    Result<void> fill() {
        for (const std::string& file : m_files.wanted)
            if (auto ok = place(file); !ok) return ok;
        for (const std::string& file : m_files.superseded)
            if (!m_files.wanted.contains(file) && fs::exists(m_old / file, m_error))
                if (auto ok = link_from(m_old / file, file); !ok) return ok;
        return {};
    }

    // Supplements that the tree before has are those that are wanted: their names say of which versions they are.
    Result<void> add_supplements(PhoneBundle& bundle, std::vector<std::string>& outdated) {
        std::set<std::string> wanted;
        for (const SupplementPlace& place : m_files.supplements) {
            const std::string name = supplement_name(bundle.opened.client.trusted(), place);
            if (name.empty()) continue;  // nobody is led there yet: the delegation waits for its signature
            const std::string file = std::string{supplement_folder} + "/" + name;
            wanted.insert(file);
            const bool keep = !m_rebuild && fs::exists(m_old / file, m_error);
            ++(keep ? m_report.files_kept : m_report.files_written);
            if (auto ok = keep ? link_from(m_old / file, file) : make_supplement_file(place, bundle, file); !ok) return ok;
        }
        for (fs::recursive_directory_iterator at(m_old / supplement_folder, m_error); !m_error && at != fs::recursive_directory_iterator(); at.increment(m_error)) {
            const std::string file = at->path().lexically_relative(m_old).string();
            if (!at->is_regular_file(m_error) || wanted.contains(file) || m_files.superseded.contains(file) || m_files.expired.contains(file)) continue;
            if (auto ok = link_from(at->path(), file); !ok) return ok;
            outdated.push_back(file);
        }
        return {};
    }

private:
    Result<void> make_supplement_file(const SupplementPlace& place, PhoneBundle& bundle, const std::string& file) {
        const auto content = make_supplement(place, bundle, m_files, m_folder);
        if (!content) return std::unexpected(content.error());
        if (auto ok = make_folder_of(file); !ok) return ok;
        return write_plainly(m_folder / file, *content);
    }

    Result<void> place(const std::string& file) {
        // Names carry a version or a hash, so a file that is there is the right one; but timestamp.json has neither.
        const bool keep = !m_rebuild && file != timestamp_file && fs::exists(m_old / file, m_error);
        if (keep) {
            ++m_report.files_kept;
            return link_from(m_old / file, file);
        }
        ++m_report.files_written;
        if (const auto made = m_files.made.find(file); made != m_files.made.end()) {
            if (auto ok = make_folder_of(file); !ok) return ok;
            return write_plainly(m_folder / file, made->second);
        }
        if (const auto source = m_files.sources.find(file); source != m_files.sources.end()) return copy(source->second, file);
        // Its content is gone from the store, and the signed metadata still lists it.
        if (m_rebuild && fs::exists(m_old / file, m_error)) return copy(m_old / file, file);
        return fail(ErrorCode::FileUnreadable, {}, "nothing holds " + file + " any more: sign the next version of its role");
    }

    Result<void> make_folder_of(const std::string& file) {
        const fs::path folder = (m_folder / file).parent_path();
        if (!m_made.insert(folder).second) return {};
        return make_folder(folder);
    }

    Result<void> copy(const fs::path& source, const std::string& file) {
        if (auto ok = make_folder_of(file); !ok) return ok;
        const auto content = read_file(source, max_target_bytes);
        if (!content) return std::unexpected(content.error());
        return write_plainly(m_folder / file, *content);
    }

    Result<void> link_from(const fs::path& source, const std::string& file) {
        if (auto ok = make_folder_of(file); !ok) return ok;
        return link_or_copy(source, m_folder / file);
    }

    const TreeFiles& m_files;
    fs::path m_folder;
    fs::path m_old;
    bool m_rebuild;
    PublishReport& m_report;
    std::set<fs::path> m_made{};
    std::error_code m_error{};
};

// What our own client would not follow is not put in place, nor what a phone would refuse.
Result<std::optional<PhoneBundle>> follow(const TreeFiles& files, const PublishOrder& order, const fs::path& tuf, UnixSeconds now) {
    const auto root = files.made.find("metadata/1.root.json");
    if (root == files.made.end()) return std::optional<PhoneBundle>{};
    if (!files.phone_targets.empty()) {
        auto bundle = make_phone_bundle(files, tuf, now, read_bundle(order.out));
        if (!bundle) return std::unexpected(bundle.error());
        return std::optional{std::move(*bundle)};
    }
    const GetFile from_tree = [&tuf](const tuf::Request& request) -> std::optional<Bytes> {
        auto content = read_file(tuf / "metadata" / request.path, request.max_bytes);
        if (!content) return {};
        return std::move(*content);
    };
    if (const auto followed = collect_bundle(root->second, now, from_tree, {}); !followed) return std::unexpected(followed.error());
    return std::optional<PhoneBundle>{};
}

Result<void> write_bundle(const fs::path& folder, const PhoneBundle& bundle, PublishReport& report) {
    report.bundle_bytes = bundle.file.size();
    report.root_pin = to_hex(bundle.root_pin);
    if (auto ok = write_file_atomically(folder / root_pin_file, report.root_pin + "\n"); !ok) return ok;
    return write_file_atomically(folder / bundle_file, bundle.file);
}

Result<void> add_page(const fs::path& folder, const PublishOrder& order, const OfficeStore& store, const std::optional<PhoneBundle>& bundle, std::string_view emergency) {
    if (order.built_site.empty()) return {};
    const auto registry = store.document("registry.cose");
    const auto learn = store.document("learn.cose");
    if (!registry) return std::unexpected(registry.error());
    if (!learn) return std::unexpected(learn.error());
    if (!*registry) return fail(ErrorCode::StoreMissingDocument, {}, "registry.cose");
    const auto site_bundle = bundle ? std::optional{SiteBundle{bundle->file, bundle->root_pin}} : std::nullopt;
    if (auto ok = fill_site(folder, order.built_site, **registry, order.office_key, order.demo_now, site_bundle, emergency); !ok) return ok;
    if (!*learn) return {};
    if (auto ok = make_folder(folder / "learn"); !ok) return ok;
    return write_file_atomically(folder / "learn" / "pack.cose", **learn);
}

Result<void> add_oembed(const fs::path& folder, const PublishOrder& order, const OfficeStore& store, PublishReport& report) {
    if (order.oembed.empty()) return {};
    const auto counts = store.counts();
    if (!counts) return std::unexpected(counts.error());
    if (counts->certificates > max_oembed_certificates) {
        report.warnings.push_back("no oEmbed: a static site answers for " + std::to_string(max_oembed_certificates) + " certificates at most");
        return {};
    }
    const auto written = write_oembed(folder, store, order.oembed);
    return written ? Result<void>{} : std::unexpected(written.error());
}

// Record files and large dossiers: those that are new are there already, the others are the very files that were published before.
class RecordsBuilder {
public:
    RecordsBuilder(const StagedSite& site, fs::path folder, PublishReport& report) : m_site(site), m_folder(std::move(folder)), m_report(report) {}

    Result<void> add(const PublishedRecords& records) {
        const std::uint64_t files = std::uint64_t{1} << records.head.bits;
        for (std::uint64_t file = 0; file < files; ++file)
            if (auto ok = place(record_file_name(records.store, records.head, static_cast<std::uint32_t>(file))); !ok) return ok;
        for (const crypto::Digest& digest : records.large_dossiers)
            if (auto ok = place(large_dossier_name(records.store, digest)); !ok) return ok;
        return {};
    }

    // Readers may still be on their way to it. What is wanted all the same is there, and what was never put in place is not.
    Result<void> keep(const std::string& superseded) {
        std::error_code error;
        if (!superseded.starts_with(records_folder) || fs::exists(m_folder / superseded, error)) return {};
        auto ok = link(superseded);
        return !ok && ok.error().code == ErrorCode::FileUnreadable ? Result<void>{} : ok;
    }

private:
    Result<void> place(const std::string& name) {
        if (m_site.has(name)) {
            ++m_report.files_written;
            return {};
        }
        auto ok = link(name);
        if (ok) ++m_report.files_kept;
        const bool is_lost = !ok && ok.error().code == ErrorCode::FileUnreadable;
        return is_lost ? fail(ErrorCode::FileUnreadable, {}, "nothing holds " + name + " any more: publish with --delegate") : ok;
    }

    Result<void> link(const std::string& name) {
        if (std::string folder = name.substr(0, name.rfind('/')); m_made.insert(folder).second)
            if (auto ok = make_folder(m_folder / folder); !ok) return ok;
        return link_or_copy(m_site.out() / name, m_folder / name);
    }

    const StagedSite& m_site;
    fs::path m_folder;
    PublishReport& m_report;
    std::set<std::string> m_made{};
};

Result<void> add_records(const fs::path& folder, const TreeFiles& files, const StagedSite& site, PublishReport& report) {
    RecordsBuilder builder(site, folder, report);
    for (const PublishedRecords& records : files.records)
        if (auto ok = builder.add(records); !ok) return ok;
    for (const std::string& file : files.superseded)
        if (auto ok = builder.keep(file); !ok) return ok;
    return {};
}

}  // namespace

void remove_leftovers(const fs::path& out) {
    std::error_code error;
    const std::string start = "." + out.filename().string() + ".";
    constexpr std::size_t random_characters = 6;
    const fs::path parent = out.has_parent_path() ? out.parent_path() : fs::path{"."};
    for (const auto& entry : fs::directory_iterator(parent, error)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(start) && name.size() == start.size() + random_characters && entry.is_directory(error)) fs::remove_all(entry.path(), error);
    }
}

bool has_current_tree(const TreeFiles& files, const PublishOrder& order) {
    std::error_code error;
    for (const std::string& file : files.wanted)
        if (!fs::exists(order.out / "tuf" / file, error)) return false;
    if (!files.phone_targets.empty() && !fs::exists(order.out / bundle_file, error)) return false;
    return order.built_site.empty() || fs::exists(order.out / site_trust_name, error);
}

Result<void> build_tree(const TreeFiles& files, const PublishOrder& order, const OfficeStore& store, StagedSite& site, UnixSeconds now,
                        PublishReport& report, std::vector<std::string>& outdated) {
    const auto staged = site.folder();
    if (!staged) return std::unexpected(staged.error());
    StagedFolder& folder = **staged;
    const fs::path tuf = folder.path() / "tuf";
    for (const fs::path& part : {tuf / "metadata", tuf / "targets"})
        if (auto ok = make_folder(part); !ok) return ok;
    TreeBuilder builder(files, tuf, order.out / "tuf", order.rebuild, report);
    if (auto ok = builder.fill(); !ok) return ok;
    auto bundle = follow(files, order, tuf, now);
    if (!bundle) return std::unexpected(bundle.error());
    if (auto ok = *bundle ? builder.add_supplements(**bundle, outdated) : Result<void>{}; !ok) return ok;
    if (auto ok = add_page(folder.path(), order, store, *bundle, files.emergency); !ok) return ok;
    if (auto ok = add_oembed(folder.path(), order, store, report); !ok) return ok;
    if (auto ok = add_records(folder.path(), files, site, report); !ok) return ok;
    if (auto ok = *bundle ? write_bundle(folder.path(), **bundle, report) : Result<void>{}; !ok) return ok;
    if (auto ok = flush_file_system_of(folder.path()); !ok) return ok;
    return folder.keep();
}

Result<void> renew_timestamp(const TreeFiles& files, const PublishOrder& order, UnixSeconds now, PublishReport& report) {
    const auto stamp = files.made.find(std::string{timestamp_file});
    if (stamp == files.made.end()) return {};
    const auto renewed = [&] { report.outcome = PublishReport::Outcome::Timestamp, ++report.files_written; };
    if (!files.phone_targets.empty()) {
        const Bytes before = read_bundle(order.out);
        if (!is_bundle_current(before, files)) {
            const auto bundle = make_phone_bundle(files, order.out / "tuf", now, before);
            if (!bundle) return std::unexpected(bundle.error());
            if (auto ok = write_bundle(order.out, *bundle, report); !ok) return ok;
            renewed();
        } else {
            report.bundle_bytes = before.size();
            if (const auto bundle = decode_bundle(before)) report.root_pin = to_hex(newest_root_pin(*bundle));
        }
    }
    const fs::path path = order.out / "tuf" / timestamp_file;
    const auto present = read_file(path, stamp->second.size() + 1);
    if (present && *present == stamp->second) return {};
    renewed();
    return write_file_atomically(path, stamp->second);
}

}  // namespace pipa::publish
