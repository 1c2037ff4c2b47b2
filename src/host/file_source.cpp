#include "host/file_source.hpp"

#include "host/files.hpp"

namespace pipa {
namespace fs = std::filesystem;
using inquiry::Arrival;
using inquiry::Delivery;
using inquiry::Wanted;

Delivery deliver_file(const fs::path& path, std::size_t max_bytes) {
    std::error_code error;
    // A pipe or a device may never end; a site is made of files.
    if (!fs::is_regular_file(path, error)) return {fs::exists(path, error) ? Arrival::Failed : Arrival::NotThere, {}};
    auto content = read_file(path, max_bytes);
    if (content) return {Arrival::Here, std::move(*content)};
    return {content.error().code == ErrorCode::FileTooLarge ? Arrival::TooLarge : Arrival::Failed, {}};
}

FileSource folder_source(fs::path site) {
    return [site = std::move(site)](const Wanted& wanted) { return deliver_file(site / wanted.name, wanted.max_bytes); };
}

std::optional<std::string> stamp_in_folder(const fs::path& site, const std::string& name) {
    std::error_code error;
    const auto time = fs::last_write_time(site / name, error);
    const auto size = error ? 0 : fs::file_size(site / name, error);
    return error ? std::string{} : std::to_string(static_cast<std::int64_t>(time.time_since_epoch().count())) + ' ' + std::to_string(size);  // that it is gone is news too
}

StampedSource stamped_folder_source(fs::path site) {
    return [site = std::move(site)](const Wanted& wanted) {
        auto stamp = stamp_in_folder(site, wanted.name);
        return StampedDelivery{deliver_file(site / wanted.name, wanted.max_bytes), std::move(stamp)};
    };
}

FileSource dossier_source(fs::path place, FileSource others) {
    return [place = std::move(place), others = std::move(others)](const Wanted& wanted) {
        if (wanted.kind != inquiry::FileKind::Dossier) return others(wanted);
        std::error_code error;
        return deliver_file(fs::is_directory(place, error) ? place / wanted.name : place, wanted.max_bytes);
    };
}

inquiry::Inquiry inquire(inquiry::Session& session, const FileSource& files, std::string_view text, UnixSeconds device_now, inquiry::Wishes wishes) {
    inquiry::Inquiry asked(session, text, device_now, std::move(wishes));
    while (const Wanted* wanted = asked.next()) asked.answer(std::string{wanted->name}, files(*wanted));
    return asked;
}

}  // namespace pipa
