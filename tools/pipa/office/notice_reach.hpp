// Which certificates of a store a notice will be told of, by the core's own rules, before it is signed for good. Errors: store.*, cert.*.
#pragma once

#include "pipa/store/store.hpp"
#include "trust/checked_dossier.hpp"

namespace pipa {

struct NoticeReach {
    std::vector<std::string> certificates{};  // that it bears on, by number
    std::size_t lots{};                       // of those
    std::vector<std::string> downstream{};    // made from those, as far back as a judgement looks
    std::vector<std::string> beyond{};        // its words fit, and its signer has no say there
    std::vector<std::string> unknown{};       // numbers and lots that it names and the store does not have
    std::vector<std::string> untouched{};     // numbers and lots that it names, of the store, that it does not bear on all the same
};

// `told` is the notice, as the registry says of it; without a registry its words alone are held against the certificates.
[[nodiscard]] Result<NoticeReach> reach_of(const OfficeStore& store, const std::optional<TrustStore>& registry, const CheckedStatement& told, UnixSeconds now);

}  // namespace pipa
