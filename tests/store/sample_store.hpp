// Stores in folders that go away, and statements to put into them.
#pragma once

#include "pipa/store/store.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"

namespace pipa::test {

inline constexpr UnixSeconds store_now = 1'795'000'000;  // November 2026

class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] std::filesystem::path file(std::string_view name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

struct SampleStore {
    ScratchFolder folder{};
    OfficeStore store;
    SampleStore();
    [[nodiscard]] std::filesystem::path path() const { return folder.file("store"); }
};

[[nodiscard]] Actor actor_named(std::string_view key_label, UnixSeconds now = store_now);

[[nodiscard]] Bytes sample_certificate(const std::string& number, std::optional<std::uint32_t> status_index = {},
                                       const std::string& lot = {}, std::string_view key_label = "P1");
// A dossier statement from its JSON fields; "id" and "issued" have defaults.
[[nodiscard]] Bytes sample_statement(std::string_view key_label, std::string_view type, Json fields);
[[nodiscard]] Bytes sample_manifest(std::string_view key_label, const Json& fields, std::int64_t sequence, const std::vector<Bytes>& statements);

// "ok", or code and detail of the error.
template <typename T>
[[nodiscard]] std::string answer(const Result<T>& result) {
    return result ? std::string{"ok"} : std::string{code_name(result.error().code)};
}

}  // namespace pipa::test
