// What readers would say of certificates before they are signed for good: by the office's registry, or that of the store they go into.
#pragma once

#include <map>
#include <tuple>

#include "crypto/secret_key.hpp"
#include "record/certificate.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

class Preflight {
public:
    // `key` must outlive it. `now`: nothing is signed for tomorrow.
    Preflight(TrustStore registry, const crypto::SecretKey& key, UnixSeconds now) : m_registry(std::move(registry)), m_key(key), m_now(now) {}

    // Errors as of must_stand() (registered.hpp), and cert.*.
    [[nodiscard]] Result<void> operator()(const Certificate& certificate);

private:
    TrustStore m_registry;
    const crypto::SecretKey& m_key;
    UnixSeconds m_now;
    // All that the answer hangs on besides the key, so that thousands of one day and product are asked once.
    std::map<std::tuple<std::int64_t, std::int64_t, UnixSeconds>, Result<void>> m_answers{};
};

}  // namespace pipa
