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
