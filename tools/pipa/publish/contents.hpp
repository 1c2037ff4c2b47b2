// What the parts of a store look like when they are published.
//
//   status/N      Token Status List bytes: 2 bits an entry, 32,768 entries, one zlib stream
//   notices.cbor  deterministic CBOR [* bstr]: the signed notices that are in force or to come, by id and key
//   records.cbor  the head of the record files (record_book.hpp), as it stands in the store
//   anything else is a document and stays as it is
// Errors: store.*.
#pragma once

#include "pipa/store/store.hpp"
#include "record/record_file.hpp"

namespace pipa::publish {

inline constexpr std::size_t max_target_bytes = std::size_t{64} << 20;

// One zlib stream (RFC 1950), as small as zlib makes it.
[[nodiscard]] Bytes compress_whole(ByteView bytes);
[[nodiscard]] Result<Bytes> notices_in_force(const OfficeStore& store, UnixSeconds now);
// Of the certificates whose record_place() is from `first` to `last`, by place. Dossiers that no manifest speaks of are empty, and so are
// proofs of a public log that nobody has (log_proofs.hpp).
[[nodiscard]] Result<std::vector<CertificateRecord>> records_placed(OfficeStore& store, std::uint32_t first, std::uint32_t last);
[[nodiscard]] Result<std::optional<Bytes>> content_of_part(OfficeStore& store, std::string_view part, UnixSeconds now);

}  // namespace pipa::publish
