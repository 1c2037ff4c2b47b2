// A mirrored update repository on disk, as files for collect_bundle(). Layouts: trust_source.hpp.
#pragma once

#include <filesystem>

#include "crypto/ed25519.hpp"
#include "trust/collect_bundle.hpp"

namespace pipa {

class RepositoryFolder {
public:
    // Errors: tuf.no_trusted_root where no root file is in any of the places.
    [[nodiscard]] static Result<RepositoryFolder> find(const std::filesystem::path& folder);

    // The root file with this digest. Errors: bundle.wrong_root.
    [[nodiscard]] Result<Bytes> root_with(const crypto::Digest& pin) const;
    [[nodiscard]] GetFile files() const;

private:
    std::filesystem::path m_metadata{};
    std::filesystem::path m_targets{};
};

}  // namespace pipa
