// Keys and roles of a sample store, so that it can be published; and what a phone has of it then.
#pragma once

#include "pipa/publish/publisher.hpp"
#include "pipa/publish/requests.hpp"
#include "store/sample_store.hpp"
#include "trust/open_bundle.hpp"
#include "trust/records.hpp"

namespace pipa::test {

[[nodiscard]] publish::KeyRing all_keys();  // root, targets, online
void set_up_roles(OfficeStore& store, const publish::KeyRing& ring);
// The small district's registry and the office's key, without which there is no bundle.
void put_registry(OfficeStore& store);

// bundle.cbor of a published tree, as a phone opens it. Throws where it does not.
[[nodiscard]] OpenedBundle phone_of(const std::filesystem::path& out);
// The record file that a certificate of this number is in, verified; "" of the district's own. Throws where it is not as the head says.
[[nodiscard]] RecordFile record_file_of(const std::filesystem::path& out, const RecordsHead& head, std::string_view number,
                                        std::string_view store = {});

}  // namespace pipa::test
