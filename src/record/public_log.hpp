// A public log of certificates, as the trust pack names it: the log's key, the witnesses that are believed, and how many
// of them must have confirmed a checkpoint. Keys are verifier keys of C2SP signed-note ("name+id+key"); src/tlog reads
// them. Wire form: trust_pack.cddl. Errors: trust.bad_field.
#pragma once

#include "wire/map_reader.hpp"

namespace pipa {

inline constexpr std::size_t max_public_logs = 8;
inline constexpr std::size_t max_log_witnesses = 16;
inline constexpr std::size_t max_verifier_key_bytes = 256;

struct PublicLog {
    std::string key{};                     // "log.example+6fa10e2b+AYs..."
    std::vector<std::string> witnesses{};
    std::int64_t threshold{};              // 0: the log's own word is enough

    bool operator==(const PublicLog&) const = default;
};

void read_public_logs(MapReader& pack, std::int64_t key, FieldCodes codes, std::vector<PublicLog>& out);
// Adds nothing where there are none.
void add_public_logs(cbor::MapBuilder& pack, std::int64_t key, const std::vector<PublicLog>& logs);

}  // namespace pipa
