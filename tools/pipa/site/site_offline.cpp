#include <algorithm>
#include <array>
#include <map>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "host/files.hpp"
#include "pipa/site/site_folder.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view worker_name = "sw.mjs";
// What checking a code takes, and the learning pages that an answer leads to. Embeds and the kiosk are for other visitors.
constexpr std::array<std::string_view, 7> folders = {"", "C", "bridge", "dom", "i18n", "i18n/all", "learn"};
constexpr std::array<std::string_view, 6> endings = {".html", ".css", ".mjs", ".svg", ".json", ".wasm"};
constexpr std::string_view card_of_learning_pages = "embed/card.mjs";

bool is_kept(const fs::path& file) {
    return std::ranges::find(endings, file.extension().string()) != endings.end() && file.filename() != worker_name;
}

Result<std::map<std::string, std::string>> hashes_of(const fs::path& site) {
    std::map<std::string, std::string> hashes;  // by path, so that the same files give the same version
    const auto add = [&](const std::string& path) -> Result<void> {
        const auto content = read_file(site / path);
        if (!content) return std::unexpected(content.error());
        hashes.emplace("/" + path, to_hex(crypto::sha256(*content)));
        return {};
    };
    for (const std::string_view folder : folders) {
        std::error_code error;
        for (const fs::directory_entry& entry : fs::directory_iterator(site / folder, error)) {
            if (!entry.is_regular_file() || !is_kept(entry.path())) continue;
            if (auto added = add((fs::path(folder) / entry.path().filename()).generic_string()); !added) return std::unexpected(added.error());
        }
    }
    std::error_code error;
    if (fs::exists(site / card_of_learning_pages, error))
        if (auto added = add(std::string{card_of_learning_pages}); !added) return std::unexpected(added.error());
    return hashes;
}

void replace(std::string& text, std::string_view what, std::string_view with) {
    if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
}

}  // namespace

Result<void> list_offline_files(const fs::path& folder, std::string_view emergency) {
    const fs::path file = folder / worker_name;
    std::error_code error;
    if (!fs::exists(file, error)) return {};
    const auto content = read_file(file);
    if (!content) return std::unexpected(content.error());
    const auto hashes = hashes_of(folder);
    if (!hashes) return std::unexpected(hashes.error());
    std::string list = "{";
    for (const auto& [path, hash] : *hashes) list += (list.size() > 1 ? ",\"" : "\"") + path + "\":\"" + hash + "\"";
    list += "}";
    std::string worker{as_text(*content)};
    replace(worker, "@PIPA_SITE_VERSION@", to_hex(crypto::sha256(as_bytes(list))).substr(0, 16));
    replace(worker, "@PIPA_SITE_FILES@", list);
    replace(worker, "@PIPA_EMERGENCY@", emergency);
    return write_file_atomically(file, worker);
}

}  // namespace pipa
