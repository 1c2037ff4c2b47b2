#include "pipa/office/preflight.hpp"

#include "pipa/issue/issuing.hpp"
#include "pipa/office/registered.hpp"

namespace pipa {

Result<void> Preflight::operator()(const Certificate& certificate) {
    const std::tuple asked{std::int64_t{certificate.origin_division}, std::int64_t{certificate.product_code.value_or(0)}, certificate.issued_unix_s};
    if (const auto known = m_answers.find(asked); known != m_answers.end()) return known->second;
    const auto payload = encode_certificate(certificate);
    if (!payload) return std::unexpected(payload.error());
    const auto answer = must_stand(Signer(m_key, cose::StatementType::Certificate).sign(*payload), m_registry, m_now);
    return m_answers.emplace(asked, answer).first->second;
}

}  // namespace pipa
