#include "store/sample_publisher.hpp"

#include <stdexcept>

#include "host/files.hpp"
#include "support/district.hpp"

namespace pipa::test {
namespace {

template <typename T>
T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(to_string(result.error()));
    return std::move(*result);
}

}  // namespace

publish::KeyRing all_keys() {
    publish::KeyRing ring;
    for (const char* label : {"root", "targets", "online"}) ring.add(worthless_key(label));
    return ring;
}

void set_up_roles(OfficeStore& store, const publish::KeyRing& ring) {
    const auto one = [](const char* label) { return publish::RoleKeys{.keys = {worthless_key(label).public_key()}}; };
    const publish::RoleSetup setup{.root = one("root"), .targets = one("targets"), .snapshot = one("online"), .timestamp = one("online"),
                                   .live = worthless_key("online").public_key()};
    if (!value_of(publish::set_up_roles(store, setup, ring, actor_named("root")))) throw std::runtime_error("the roles wait for signatures");
}

void put_registry(OfficeStore& store) {
    static_cast<void>(value_of(store.put_statement(district().signed_pack, actor_named("root"))));
    static_cast<void>(value_of(store.put_document("office.pub", district().office_public_key, actor_named("root"))));
}

OpenedBundle phone_of(const std::filesystem::path& out) {
    const Bytes root = value_of(read_file((out / "tuf/metadata/1.root.json").string(), 65'536));
    return value_of(open_bundle(value_of(read_file((out / "bundle.cbor").string(), max_bundle_bytes)), crypto::sha256(root), {}));
}

RecordFile record_file_of(const std::filesystem::path& out, const RecordsHead& head, std::string_view number, std::string_view store) {
    const std::uint32_t index = record_index(number, head.bits);
    return value_of(open_record_file(value_of(read_file((out / record_file_name(store, head, index)).string(), max_record_file_bytes)), head, index));
}

}  // namespace pipa::test
