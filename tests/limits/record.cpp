#include "limits/limits.hpp"
#include "record/dossier.hpp"
#include "record/field_data.hpp"
#include "record/record_file.hpp"
#include "record/records_head.hpp"
#include "support/signing.hpp"
#include "trust/pack_codec.hpp"
#include "trust/trust_store.hpp"

namespace pipa::test {
namespace {

using cbor::MapBuilder;
using cbor::Value;
using cose::StatementType;

// --- Certificates ---

Certificate sample() {
    return {.issued_unix_s = 1'795'138'200, .number = "DEMO-C01", .product_code = 1001, .product_name = "塘栖枇杷",
        .quantity = {2500, Unit::Gram, 120, Pack::Box},
            .origin_division = 330113100, .form = Form::Producer2025, .bases = 1};
}

template <typename Change>
std::string certificate(Change change) {
    Certificate made = sample();
    change(made);
    return code_of(encode_certificate(made));
}

std::string certificate_bytes(std::size_t size) { return code_of(parse_certificate(Bytes(size))); }
std::string number_of(std::size_t size) { return certificate([=](Certificate& c) { c.number = std::string(size, 'A'); }); }
std::string name_of(std::size_t size) { return certificate([=](Certificate& c) { c.product_name = std::string(size, 'a'); }); }
std::string lot_of(std::size_t size) { return certificate([=](Certificate& c) { c.lot = std::string(size, 'a'); }); }
std::string product_of(std::uint32_t code) { return certificate([=](Certificate& c) { c.product_code = code; }); }
std::string labels_of(std::uint32_t count) {
    return certificate([=](Certificate& c) { for (std::uint32_t i = 1; i <= count; ++i) c.labels.push_back(i); });
}
std::string upstream_of(std::size_t count) {
    return certificate([=](Certificate& c) { for (std::size_t i = 0; i < count; ++i) c.upstream.push_back({.number = "U-" + std::to_string(10 + i)});
        });
}
std::string amount_of(std::int64_t amount) { return certificate([=](Certificate& c) { c.quantity = {amount, Unit::Gram, 0, Pack::None};
    }); }
std::string status_index_of(std::int64_t index) {
    const Bytes payload = cbor::encode(MapBuilder{}.add(6, cbor::make_integer(1'795'138'200)).add(7, cbor::make_bytes(as_bytes("DEMO-C01")))
                                           .add(65535, MapBuilder{}.add(1, cbor::make_integer(index)).finish())
                                           .add(-65537, MapBuilder{}.add(1, cbor::make_integer(1001)).add(3,
                                               encode_quantity(sample().quantity)).add(4, cbor::make_integer(330113100))
                                                            .add(6, cbor::make_integer(3)).add(7,
                                                                cbor::make_integer(1)).finish()).finish());
    return code_of(parse_certificate(sign_payload(worthless_key("P1"), StatementType::Certificate, payload)));
}

// --- Statements ---

// A signed message of exactly so many bytes, whose payload is zeros.
std::string message_of(StatementType type, std::size_t size) {
    static const auto key = worthless_key("limits");
    Bytes message = sign_payload(key, type, Bytes(size - 200));
    message = sign_payload(key, type, Bytes(size - 200 + (size - message.size())));
    return message.size() == size ? code_of(parse_any_statement(message)) : "another size";
}

Value digests(std::size_t count) {
    Value list = cbor::make_array();
    for (std::size_t i = 0; i < count; ++i) list.items.push_back(cbor::make_bytes(Bytes(32)));
    return list;
}

MapBuilder common() { return MapBuilder{}.add(statement_key::id, cbor::make_text("M")).add(statement_key::issued,
    cbor::make_integer(1'795'138'200)); }

std::string manifest_of(std::size_t count) {
    MapBuilder map = common();
    map.add(manifest_key::sequence, cbor::make_integer(1)).add(manifest_key::digests, digests(count));
    return code_of(check_schema(map.finish(), *schema_of(StatementType::Manifest), 0));
}
std::string receipt_of(std::size_t count) {
    MapBuilder map = common();
    map.add(receipt_key::digests, digests(count));
    return code_of(check_schema(map.finish(), *schema_of(StatementType::Receipt), 0));
}
std::string plots_of(std::size_t count) {
    Value list = cbor::make_array();
    for (std::size_t i = 0; i < count; ++i) list.items.push_back(cbor::make_text("P"));
    MapBuilder map = common();
    map.add(statement_key::plots, std::move(list)).add(receipt_key::digests, digests(1));
    return code_of(check_schema(map.finish(), *schema_of(StatementType::Receipt), 0));
}
std::string note_of(std::size_t size) {
    MapBuilder map = common();
    map.add(statement_key::note, MapBuilder{}.add(1, cbor::make_text(std::string(size, 'a'))).finish()).add(receipt_key::digests,
        digests(1));
    return code_of(check_schema(map.finish(), *schema_of(StatementType::Receipt), 0));
}

std::string dossier_bytes(std::size_t size) { return code_of(parse_dossier(Bytes(size))); }
std::string dossier_of(std::size_t count) { return code_of(parse_dossier(encode_dossier({}, std::vector<Bytes>(count)))); }

// --- Record files ---

std::string envelope_bytes(std::size_t size) { return code_of(parse_record_envelope(Bytes(size))); }
std::string envelope_with(std::size_t hashes) {
    return code_of(encode_record_envelope({.proof = std::vector<std::array<std::uint8_t, 32>>(hashes), .content = {1}})); }
std::string content_bytes(std::size_t size) { return code_of(parse_records(Bytes(size))); }
std::string log_proof_of(std::size_t size) {
    return code_of(encode_records({{.number = "A", .certificate = {1}, .log_proof = Bytes(size)}})); }
std::string records_of(std::size_t count) {
    std::vector<CertificateRecord> records;
    for (std::size_t i = 0; i < count; ++i) records.push_back({.number = std::to_string(100'000 + i), .certificate = {1}});
    return code_of(encode_records(std::move(records)));
}

std::string head_bytes(std::size_t size) { return code_of(parse_records_head(Bytes(size))); }
std::string head_of(std::uint64_t edition, std::uint32_t bits, std::size_t groups) {
    return code_of(encode_records_head({.edition = edition, .bits = bits, .groups = std::vector<RecordsGroup>(groups, {.edition = 1})}));
}

// --- Trust packs ---

template <typename Change>
std::string pack(Change change) {
    TrustPack made{.version = 1, .issued_unix_s = 1'795'138'200, .fresh_for_s = 1, .usable_for_s = 1, .publisher = {"区", ""}};
    made.parties.push_back({.id = 1, .name = {"户", ""}, .division = 330113100});
    made.keys.push_back({.party = 1, .valid_from = 1'795'000'000});
    change(made);
    return code_of(decode_trust_pack(encode_trust_pack(made), 0));
}

std::string products_of(std::int64_t count) {
    return pack([=](TrustPack& p) { for (std::int64_t i = 0; i < count; ++i) p.products.push_back({1000 + i, {"瓜", ""}}); });
}
std::string role_of(int role) { return pack([=](TrustPack& p) { p.keys[0].role = static_cast<Role>(role); }); }
std::string logs_of(std::size_t count) { return pack([=](TrustPack& p) { p.logs.assign(count, {.key = "k"}); }); }
std::string witnesses_of(std::size_t count) {
    return pack([=](TrustPack& p) { p.logs.push_back({.key = "k", .witnesses = std::vector<std::string>(count, "w")}); }); }
std::string verifier_key_of(std::size_t size) { return pack([=](TrustPack& p) { p.logs.push_back({.key = std::string(size, 'k')}); }); }
std::string witness_key_of(std::size_t size) {
    return pack([=](TrustPack& p) { p.logs.push_back({.key = "k", .witnesses = {std::string(size, 'w')}}); }); }
std::string delegate_of(std::size_t size) { return yes_or_no(is_delegate_name(std::string(size, 'a'))); }

std::string pack_bytes(std::size_t size) { return code_of(TrustStore::open(Bytes(size), Bytes(32))); }

// --- Field data ---

std::string names_of(std::size_t count) {
    Value list = cbor::make_array();
    for (std::size_t i = 0; i < count; ++i) list.items.push_back(MapBuilder{}.add(1, cbor::make_text("名")).finish());
    return code_of(read_field_data(MapBuilder{}.add(1, cbor::make_text("edition")).add(10, std::move(list)).finish(), 0));
}

std::string found_inside(std::string_view name) {
    SubstanceNames names;
    names.add(name, name);
    names.sort();
    return std::to_string(names.all_in("x" + std::string{name} + "x").size());
}

}  // namespace

std::vector<Limit> limits_of_record() {
    constexpr std::uint64_t max_number = (std::uint64_t{1} << 53) - 1;
    return {
        {"record/certificate.hpp", "max_certificate_bytes", [] { return certificate_bytes(1024); }, "cbor.trailing_bytes",
            [] { return certificate_bytes(1025); }, "cert.too_large"},
        {"record/certificate.hpp", "max_number_characters", [] { return number_of(32); }, "ok", [] { return number_of(33); },
            "cert.bad_field"},
        {"record/certificate.hpp", "max_name_bytes", [] { return name_of(96); }, "ok", [] { return name_of(97); }, "cert.bad_field"},
        {"record/certificate.hpp", "max_lot_bytes", [] { return lot_of(24); }, "ok", [] { return lot_of(25); }, "cert.bad_field"},
        {"record/certificate.hpp", "max_labels", [] { return labels_of(8); }, "ok", [] { return labels_of(9); }, "cert.bad_field"},
        {"record/certificate.hpp", "max_upstream", [] { return upstream_of(12); }, "ok", [] { return upstream_of(13); }, "cert.bad_field"},
        {"record/certificate.cpp", "product_code_range", [] { return product_of(1000); }, "ok", [] { return product_of(999); },
            "cert.bad_field"},
        {"record/certificate.cpp", "product_code_range", [] { return product_of(65'535); }, "ok", [] { return product_of(65'536); },
            "cert.bad_field"},
        {"record/certificate.cpp", "uint32_range", [] { return status_index_of(UINT32_MAX); }, "ok",
            [] { return status_index_of(std::int64_t{UINT32_MAX} + 1); }, "cert.bad_field"},
        {"record/certificate.cpp", "uint32_range", [] { return status_index_of(0); }, "ok", [] { return status_index_of(-1); },
            "cert.bad_field"},
        {"record/quantity.hpp", "amount_range", [] { return amount_of(1); }, "ok", [] { return amount_of(0); }, "cert.bad_field"},
        {"record/quantity.hpp", "amount_range", [] { return amount_of(1'000'000'000); }, "ok", [] { return amount_of(1'000'000'001); },
            "cert.bad_field"},
        {"record/quantity.hpp", "amount_range", [] { return code_of(parse_quantity("1000000000 g")); }, "ok",
            [] { return code_of(parse_quantity("1000000001 g")); }, "cert.bad_field"},
        {"record/statement_types.hpp", "max_statement_bytes", [] { return message_of(StatementType::Card, 65'536); }, "cbor.trailing_bytes",
         [] { return message_of(StatementType::Card, 65'537); }, "statement.too_large"},
        {"record/statement_types.hpp", "max_manifest_bytes", [] { return message_of(StatementType::Manifest, 131'072); },
            "cbor.trailing_bytes",
         [] { return message_of(StatementType::Manifest, 131'073); }, "statement.too_large"},
        {"record/statement_types.hpp", "max_manifest_digests", [] { return manifest_of(2000); }, "ok", [] { return manifest_of(2001); },
            "statement.bad_field"},
        {"record/statement_types.hpp", "max_receipt_digests", [] { return receipt_of(1000); }, "ok", [] { return receipt_of(1001); },
            "statement.bad_field"},
        {"record/schema.hpp", "max_list_items", [] { return plots_of(256); }, "ok", [] { return plots_of(257); }, "statement.bad_field"},
        {"record/schema.cpp", "max_local_bytes", [] { return note_of(400); }, "ok", [] { return note_of(401); }, "statement.bad_field"},
        {"record/dossier.hpp", "max_dossier_bytes", [] { return dossier_bytes(std::size_t{4} << 20); }, "cbor.trailing_bytes",
            [] { return dossier_bytes((std::size_t{4} << 20) + 1); }, "dossier.too_large"},
        {"record/dossier.hpp", "max_dossier_statements", [] { return dossier_of(2000); }, "ok", [] { return dossier_of(2001); },
            "dossier.too_large"},
        {"record/record_file.hpp", "max_record_file_bytes", [] { return envelope_bytes(65'536); }, "cbor.trailing_bytes",
            [] { return envelope_bytes(65'537); }, "records.too_large"},
        {"record/record_file.hpp", "max_record_content_bytes", [] { return content_bytes(std::size_t{1} << 20); }, "cbor.trailing_bytes",
            [] { return content_bytes((std::size_t{1} << 20) + 1); }, "records.too_large"},
        {"record/record_file.hpp", "max_record_entries", [] { return records_of(4096); }, "ok", [] { return records_of(4097); },
            "records.too_large"},
        {"record/record_file.hpp", "max_record_proof_hashes", [] { return envelope_with(26); }, "ok", [] { return envelope_with(27); },
            "records.malformed"},
        {"record/record_file.hpp", "max_log_proof_bytes", [] { return log_proof_of(65'536); }, "ok", [] { return log_proof_of(65'537); },
            "records.malformed"},
        {"record/records_head.hpp", "max_records_head_bytes", [] { return head_bytes(4096); }, "cbor.trailing_bytes",
            [] { return head_bytes(4097); }, "cbor.too_large"},
        {"record/records_head.hpp", "max_record_bits", [] { return head_of(1, 32, 64); }, "ok", [] { return head_of(1, 33, 64); },
            "records.bad_head"},
        {"record/records_head.hpp", "max_record_group_bits", [] { return head_of(1, 7, 64); }, "ok", [] { return head_of(1, 7, 65); },
            "records.bad_head"},
        {"record/records_head.cpp", "max_number", [] { return head_of(max_number, 0, 1); }, "ok",
            [] { return head_of(max_number + 1, 0, 1); }, "records.bad_head"},
        {"record/trust_pack.hpp", "max_trust_pack_bytes", [] { return pack_bytes(std::size_t{8} << 20); }, "cbor.trailing_bytes",
            [] { return pack_bytes((std::size_t{8} << 20) + 1); }, "trust.too_large"},
        {"record/trust_pack.hpp", "max_registry_entries", [] { return products_of(100'000); }, "ok", [] { return products_of(100'001); },
            "trust.bad_field"},
        {"record/trust_pack.hpp", "last_role", [] { return role_of(9); }, "ok", [] { return role_of(10); }, "trust.bad_field"},
        {"record/trust_pack.hpp", "max_delegate_name", [] { return delegate_of(32); }, "yes", [] { return delegate_of(33); }, "no"},
        {"record/public_log.hpp", "max_public_logs", [] { return logs_of(8); }, "ok", [] { return logs_of(9); }, "trust.bad_field"},
        {"record/public_log.hpp", "max_log_witnesses", [] { return witnesses_of(16); }, "ok", [] { return witnesses_of(17); },
            "trust.bad_field"},
        {"record/public_log.hpp", "max_verifier_key_bytes", [] { return verifier_key_of(256); }, "ok",
            [] { return verifier_key_of(257); }, "trust.bad_field"},
        {"record/public_log.hpp", "max_verifier_key_bytes", [] { return witness_key_of(256); }, "ok", [] { return witness_key_of(257); },
            "trust.bad_field"},
        {"record/field_data.cpp", "max_rows", [] { return names_of(20'000); }, "ok", [] { return names_of(20'001); },
            "statement.bad_field"},
        {"record/substances.cpp", "shortest_inside", [] { return found_inside("abc"); }, "1", [] { return found_inside("ab"); }, "0"},
    };
}

}  // namespace pipa::test
