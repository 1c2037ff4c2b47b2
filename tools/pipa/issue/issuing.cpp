#include "pipa/issue/issuing.hpp"

#include "trust/cose_verify.hpp"

namespace pipa {

Signer::Signer(const crypto::SecretKey& key, cose::StatementType type)
    : m_key(key), m_header(cose::statement_header(kid_of(key.public_key()), type)) {}

Bytes Signer::sign(ByteView payload) const {
    return cose::assemble_statement(m_header, payload, m_key.sign(cose::to_be_signed(m_header, {}, payload)));
}

}  // namespace pipa
