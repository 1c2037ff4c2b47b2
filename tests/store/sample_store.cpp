#include "store/sample_store.hpp"

#include <stdexcept>

#include "trust/cose_verify.hpp"

namespace pipa::test {
namespace {

std::filesystem::path new_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pipa-store-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
    return name;
}

OfficeStore made(const std::filesystem::path& path) {
    auto store = OfficeStore::create(path, {.name = "district"}, actor_named("office"));
    if (!store) throw std::runtime_error(to_string(store.error()));
    return std::move(*store);
}

}  // namespace

ScratchFolder::ScratchFolder() : m_path(new_folder()) {}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

SampleStore::SampleStore() : store(made(path())) {}

Actor actor_named(std::string_view key_label, UnixSeconds now) { return {kid_of(worthless_key(key_label).public_key()), now}; }

Bytes sample_certificate(const std::string& number, std::optional<std::uint32_t> status_index, const std::string& lot, std::string_view key_label) {
    Certificate certificate{.issued_unix_s = store_now, .number = number, .status_index = status_index, .product_code = 2001};
    certificate.quantity = parse_quantity("3000 kg").value();
    certificate.origin_division = 330113100;
    certificate.bases = static_cast<BasisSet>(Basis::SelfTest);
    certificate.lot = lot;
    return sign_certificate(worthless_key(key_label), certificate);
}

Bytes sample_statement(std::string_view key_label, std::string_view type, Json fields) {
    const auto statement_type = statement_type_named(type).value();
    if (!fields.contains("id")) fields["id"] = "S1";
    if (type != "manifest" && !fields.contains("producer") && !fields.contains("producers")) fields["producer"] = "92330113XXDEM0023Q";
    if (!fields.contains("issued")) fields["issued"] = "2026-11-20T08:00:00+08:00";
    const auto payload = payload_from_json(fields.dump(), *schema_of(statement_type));
    if (!payload) throw std::runtime_error(to_string(payload.error()));
    return sign_payload(worthless_key(key_label), statement_type, cbor::encode(*payload));
}

Bytes sample_manifest(std::string_view key_label, const Json& fields, std::int64_t sequence, const std::vector<Bytes>& statements) {
    Json all = fields;
    all["id"] = "M" + std::to_string(sequence);
    all["sequence"] = sequence;
    all["digests"] = Json::array();
    for (const Bytes& statement : statements) {
        static constexpr char digits[] = "0123456789abcdef";
        std::string hex;
        for (const std::uint8_t byte : crypto::sha256(statement)) hex += {digits[byte >> 4], digits[byte & 15]};
        all["digests"].push_back(hex);
    }
    return sample_statement(key_label, "manifest", all);
}

}  // namespace pipa::test
