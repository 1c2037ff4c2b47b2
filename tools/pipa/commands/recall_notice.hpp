// What a notice says, from the options of `pipa recall`. Errors: statement.*, store.*.
#pragma once

#include <array>

#include "pipa/commands/store_option.hpp"
#include "trust/checked_dossier.hpp"

namespace pipa::cli {

struct RecallOptions {
    Voice voice{};
    StoreOption store{};
    std::string key{}, now{};
    PassphraseSource passphrase{};
    std::string id{}, kind{"recall"}, since{}, end{};
    std::array<std::string, 4> words{};  // title zh-Hans, en; text zh-Hans, en
    std::vector<std::string> certificates{}, lots{}, producers{}, products{};
    std::string producer{}, issued_from{}, issued_until{};
    bool drill{};
    bool dry_run{};
    bool replace{}, elsewhere{};
    std::optional<std::size_t> expect{};
};

using Registry = std::optional<TrustStore>;

// The notice as JSON, or the one that is to be ended, with its end; whose lots they are added, and everything that it names held against the
// registry.
[[nodiscard]] Result<Json> make_notice(const RecallOptions& options, const OfficeStore& store, const Registry& registry, const cose::Kid& kid, UnixSeconds now);

}  // namespace pipa::cli
