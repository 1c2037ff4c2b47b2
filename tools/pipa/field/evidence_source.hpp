// Statements from wherever an office keeps them: a store, a folder of *.cose files (a queue) and of dossiers, a dossier, one statement, or
// the text or picture of a code. And what of them stands, with a trust pack. A folder with neither is no empty one: it is refused.
// Errors: file.*, store.*, dossier.*, cose.*, export.nothing.
#pragma once

#include <string>

#include "oversight/monitoring.hpp"

namespace pipa {

// In the order of the sources, each message once. A folder's files by name.
[[nodiscard]] Result<std::vector<Bytes>> gather_messages(const std::vector<std::string>& sources);

// Certificates that stand, and every other statement with its standing. Refers into `trust`.
[[nodiscard]] Observations weigh(std::span<const Bytes> messages, const TrustStore& trust);

struct Standings {
    std::size_t standing{};
    std::size_t others{};  // not counted by any figure, in no export of events
};
[[nodiscard]] Standings standings_of(const Observations& evidence, std::size_t messages) noexcept;

}  // namespace pipa
