#include "pipa/publish/oembed.hpp"

#include "base/json_writer.hpp"
#include "pipa/publish/plain_files.hpp"
#include "still/markup.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

constexpr int frame_width = 600, frame_height = 520;  // of a card; the frame's own page scrolls where it is higher
constexpr std::int64_t a_day = 86'400;

// The number is letters, digits and '-' (record/certificate.hpp).
std::string frame_of(const std::string& site, const std::string& number, const std::string& title) {
    return "<iframe src=\"" + site + "/embed/#certificate=" + number + "\" title=\"" + title + "\" width=\"" + std::to_string(frame_width) + "\" height=\"" + std::to_string(frame_height) +
           "\" style=\"border:0;width:100%;color-scheme:light dark\" sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" referrerpolicy=\"no-referrer\" loading=\"lazy\"></iframe><p><a href=\"" +
           site + "/C#~" + number + "\">" + title + "</a></p>";
}

std::string answer_of(const std::string& site, const std::string& number, const std::string& title) {
    JsonWriter json;
    json.begin_object().member("version", "1.0").member("type", "rich").member("title", title).member("provider_name", "Pipa").member("provider_url", site + "/");
    json.member("cache_age", a_day).member("width", frame_width).member("height", frame_height).member("html", frame_of(site, number, escaped(title))).end_object();
    return json.finish() + "\n";
}

std::string page_of(const std::string& site, const std::string& number, const std::string& title) {
    const std::string address = site + "/C#~" + number;
    return "<!doctype html>\n<html lang=\"zh-Hans\">\n<meta charset=\"utf-8\">\n<title>" + escaped(title) + "</title>\n<meta name=\"robots\" content=\"noindex\">\n" +
           "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"" + site + "/e/" + number + "/oembed.json\" title=\"" + escaped(title) + "\">\n" +
           "<meta property=\"og:title\" content=\"" + escaped(title) + "\">\n<meta http-equiv=\"refresh\" content=\"0; url=" + address + "\">\n<p><a href=\"" + address + "\">" +
           escaped(title) + "</a></p>\n</html>\n";
}

}  // namespace

Result<std::size_t> write_oembed(const fs::path& folder, const OfficeStore& store, const std::string& site) {
    std::size_t count = 0;
    const auto write = [&](const StoredCertificate& certificate) -> Result<void> {
        const fs::path place = folder / "e" / certificate.number;
        std::error_code error;
        fs::create_directories(place, error);
        if (error) return fail(ErrorCode::FileUnwritable, {}, place.string());
        const std::string title = "承诺达标合格证 " + certificate.number;
        if (auto ok = write_plainly(place / "oembed.json", as_bytes(answer_of(site, certificate.number, title))); !ok) return ok;
        ++count;
        return write_plainly(place / "index.html", as_bytes(page_of(site, certificate.number, title)));
    };
    if (auto ok = store.each_certificate(write); !ok) return std::unexpected(ok.error());
    return count;
}

}  // namespace pipa::publish
