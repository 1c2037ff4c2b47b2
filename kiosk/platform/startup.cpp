#include "platform/startup.hpp"

#include <cstdio>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "host/files.hpp"
#include "platform/learn_source.hpp"
#include "record/lots_file.hpp"
#include "trust/bundle.hpp"

namespace pipa::kiosk {
namespace {

constexpr std::size_t hex_digits = 64, max_hex_file_bytes = 4096, max_seen_bytes = 4096;
constexpr const char* site_bundle = "bundle.cbor";
constexpr const char* site_lessons = "learn/pack.cose";

void tell(const char* sentence, const std::string& why) { std::fprintf(stderr, "pipa-kiosk: %s: %s\n", sentence, why.c_str()); }

// 64 hexadecimal digits, or the name of a file with them.
Result<std::string> read_hex(const std::string& option) {
    if (option.size() == hex_digits && from_hex(option)) return option;
    const auto file = read_file(option, max_hex_file_bytes);
    if (!file) return std::unexpected(file.error());
    return std::string{as_text(*file)};
}

// What was verified last. Nothing is kept without --keep.
class Keeper {
public:
    explicit Keeper(std::filesystem::path folder) : m_folder(std::move(folder)) {
        if (m_folder.empty()) return;
        m_bundle = read_file(m_folder / kept_bundle_name, max_bundle_bytes).value_or(Bytes{});
        m_seen = read_file(m_folder / kept_seen_name, max_seen_bytes).value_or(Bytes{});
    }

    [[nodiscard]] ByteView bundle() const { return m_bundle; }
    [[nodiscard]] ByteView seen() const { return m_seen; }

    // The bundle first: should the power fail in between, what is kept is newer than the note, and still accepted.
    void keep(const Bytes& bundle, const Bytes& seen) {
        if (m_folder.empty()) return;
        std::error_code ignored;
        std::filesystem::create_directories(m_folder, ignored);
        for (const auto& [name, content] : {std::pair{kept_bundle_name, &bundle}, {kept_seen_name, &seen}})
            if (const auto ok = write_file_atomically(m_folder / name, *content); !ok) return tell("what was verified cannot be kept", to_string(ok.error()));
    }

private:
    std::filesystem::path m_folder;
    Bytes m_bundle{};
    Bytes m_seen{};
};

struct TrustOfFiles {
    Trust trust{};
    std::string office_key_hex{};
};

TrustOfFiles open_kept(const Keeper& keeper, const crypto::Digest& pin, const Error& problem) {
    auto kept = open_bundle_trust(keeper.bundle(), pin, keeper.seen());
    if (!kept) return {no_trust(problem), {}};
    return {kept_trust(std::move(kept->trust), problem), to_hex(kept->office_key)};
}

TrustOfFiles load_bundle(const Options& options) {
    const auto hex = read_hex(options.root_pin);
    const auto pin = hex ? read_root_pin(*hex) : std::unexpected(hex.error());
    if (!pin) return {no_trust(pin.error()), {}};
    Keeper keeper(options.keep);
    const auto file = read_file(options.site / site_bundle, max_bundle_bytes);
    if (!file) return open_kept(keeper, *pin, file.error());
    auto opened = open_bundle_trust(*file, *pin, keeper.seen());
    if (!opened) return open_kept(keeper, *pin, opened.error());
    keeper.keep(*file, opened->seen);
    return {std::move(opened->trust), to_hex(opened->office_key)};
}

TrustOfFiles load_pack(const Options& options) {
    if (options.trust.empty()) return {{.problem = "check.no_trust"}, {}};
    const auto key = read_hex(options.office_key);
    if (!key) return {no_trust(key.error()), {}};
    const auto pack = read_file(options.trust, max_trust_pack_bytes + 1);
    return {pack ? open_trust(*pack, *key) : no_trust(pack.error()), *key};
}

// Without a pack, or with one that is wrong, the kiosk goes on without its learning screens.
std::shared_ptr<const learn::EducationPack> load_lessons(const Options& options, const TrustOfFiles& trusted) {
    const std::filesystem::path path = options.learn.empty() && !options.site.empty() ? options.site / site_lessons : std::filesystem::path{options.learn};
    if (path.empty()) return {};
    const auto given = options.office_key.empty() ? Result<std::string>{trusted.office_key_hex} : read_hex(options.office_key);
    const auto message = read_file(path, learn::max_pack_bytes + 1);
    if (!message && options.learn.empty()) return {};  // a site need not have lessons
    const auto pack = message && given ? open_lessons(*message, *given, *trusted.trust.store) : std::unexpected(message ? given.error() : message.error());
    if (!pack) tell("the education pack cannot be used", to_string(pack.error()));
    return pack.value_or(nullptr);
}

}  // namespace

Loaded load_files(const Options& options) {
    TrustOfFiles trusted = options.root_pin.empty() ? load_pack(options) : load_bundle(options);
    const Trust& trust = trusted.trust;
    if (!trust.problem.empty())
        tell(trust.store->is_loaded() ? "the newest list of trusted keys cannot be used, going on with the one verified last"
                                      : "the list of trusted keys cannot be used", trust.problem);
    auto lessons = load_lessons(options, trusted);
    return {std::move(trusted.trust), std::move(lessons)};
}

RecordSource records_of(const Options& options) {
    if (options.site.empty()) return {};
    return [folder = options.site / lots_folder](const std::string& file) -> std::optional<event::RecordArrived> {
        auto content = read_file(folder / file, max_lots_file_bytes);
        if (content) return event::RecordArrived{file, Delivery::Whole, std::move(*content)};
        return event::RecordArrived{file, content.error().code == ErrorCode::FileTooLarge ? Delivery::TooLarge : Delivery::Missing, {}};
    };
}

}  // namespace pipa::kiosk
