// What the parts of a store look like when they are published.
//
//   status/N      Token Status List bytes: 2 bits an entry, 32,768 entries, one zlib stream
//   notices.cbor  deterministic CBOR [* bstr]: the signed notices that are in force or to come, by id and key
//   lots/HH       dossiers of the certificates whose number's SHA-256 begins with HH (an encoder of src/record)
//   anything else is a document and stays as it is
// Errors: store.*.
#pragma once

#include "pipa/store/store.hpp"

namespace pipa::publish {

inline constexpr std::size_t max_target_bytes = std::size_t{64} << 20;

struct LotSource {
    std::string number{};
    Bytes certificate{};  // the signed message
    Bytes dossier{};      // empty where no manifest speaks of the certificate
    Bytes log_proof{};    // empty where no public log has it (log_proofs.hpp)
};
// The file of one bin of certificates, sorted by number.
using LotsEncoder = Result<Bytes> (*)(const std::vector<LotSource>& lots);
[[nodiscard]] Result<std::vector<LotSource>> lots_of_bin(OfficeStore& store, std::uint8_t bin);

[[nodiscard]] Bytes compress_status_shard(ByteView packed);
[[nodiscard]] Result<Bytes> notices_in_force(const OfficeStore& store, UnixSeconds now);
// `encode_lots` may be null: then lots are no parts of what is published.
[[nodiscard]] Result<std::optional<Bytes>> content_of_part(OfficeStore& store, std::string_view part, UnixSeconds now, LotsEncoder encode_lots);

}  // namespace pipa::publish
