#include "pipa/registry/trust_file.hpp"

#include "embedded/field.hpp"
#include "pipa/issue/issuing.hpp"
#include "record/field_data_json.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

Result<FieldData> shipped_field_data() { return parse_field_data(embedded::field_data); }

Result<Bytes> sign_trust_pack(const TrustPack& pack, const crypto::SecretKey& office) {
    TrustPack whole = pack;
    if (!whole.field_data.is_loaded()) {
        auto shipped = shipped_field_data();
        if (!shipped) return std::unexpected(shipped.error());
        whole.field_data = std::move(*shipped);
    }
    Bytes message = Signer(office, cose::StatementType::TrustPack).sign(encode_trust_pack(whole));
    const auto opened = TrustStore::open(message, office.public_key());
    if (!opened) return std::unexpected(opened.error());
    // Every entry too: a device reads them one at a time, when it is too late to complain.
    if (const auto entries = opened->whole_pack(); !entries) return std::unexpected(entries.error());
    return message;
}

}  // namespace pipa
