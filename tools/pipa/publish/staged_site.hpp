// What a publication writes ahead of its tree: record files, put down as they are made while all is planned and signed, so that no more of
// them than one group is ever held in memory. They lie in the folder that the tree is then built in, beside what is published, and are gone
// with it where nothing comes of it. Names are relative to the site: "records/14/17/2a". Errors: file.*.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "base/bytes.hpp"
#include "host/staged_folder.hpp"

namespace pipa::publish {

class StagedSite {
public:
    explicit StagedSite(std::filesystem::path out) : m_out(std::move(out)) {}

    // In place of what was put there before under this name.
    [[nodiscard]] Result<void> put(const std::string& name, ByteView content);
    // All whose names begin so were put there in vain.
    void take_back(std::string_view beginning);

    [[nodiscard]] bool has(const std::string& name) const { return m_names.contains(name); }
    // Whether it is here or was published before.
    [[nodiscard]] bool is_at_hand(const std::string& name) const;
    [[nodiscard]] std::size_t count() const noexcept { return m_names.size(); }
    [[nodiscard]] const std::filesystem::path& out() const noexcept { return m_out; }

    // Made when the first file is put there, or when it is asked for.
    [[nodiscard]] Result<StagedFolder*> folder();

private:
    std::filesystem::path m_out;
    std::optional<StagedFolder> m_folder{};
    std::set<std::string, std::less<>> m_names{};
    std::set<std::filesystem::path> m_made{};
};

}  // namespace pipa::publish
