#include "record/public_log.hpp"

namespace pipa {
namespace {

using cbor::MapBuilder;
using cbor::Type;
using cbor::Value;

namespace log_key {
constexpr std::int64_t key = 1, witnesses = 2, threshold = 3;
}

void read_witnesses(MapReader& reader, std::vector<std::string>& out) {
    const auto* items = reader.array(log_key::witnesses, "witnesses", max_log_witnesses);
    if (items == nullptr) return;
    for (const Value& item : *items) {
        if (!item.is(Type::Text) || item.bytes.empty() || item.bytes.size() > max_verifier_key_bytes) return reader.bad(item, "witnesses");
        out.emplace_back(item.text());
    }
}

PublicLog read_log(MapReader& reader) {
    PublicLog log{.key = reader.need_text(log_key::key, "key", max_verifier_key_bytes)};
    read_witnesses(reader, log.witnesses);
    const auto most = static_cast<std::int64_t>(log.witnesses.size());
    log.threshold = reader.integer(log_key::threshold, "threshold", {1, most}).value_or(0);
    return log;
}

}  // namespace

void read_public_logs(MapReader& pack, std::int64_t key, FieldCodes codes, std::vector<PublicLog>& out) {
    const auto* items = pack.array(key, "logs", max_public_logs);
    if (items == nullptr) return;
    for (const Value& item : *items) {
        MapReader reader(item, pack.base(), codes);
        out.push_back(read_log(reader));
        if (auto ok = reader.finish(); !ok) pack.fail_with(ok.error());
    }
}

void add_public_logs(MapBuilder& pack, std::int64_t key, const std::vector<PublicLog>& logs) {
    if (logs.empty()) return;
    Value list = cbor::make_array();
    for (const PublicLog& log : logs) {
        MapBuilder map;
        map.add(log_key::key, cbor::make_text(log.key));
        Value witnesses = cbor::make_array();
        for (const std::string& witness : log.witnesses) witnesses.items.push_back(cbor::make_text(witness));
        if (!witnesses.items.empty()) map.add(log_key::witnesses, std::move(witnesses));
        if (log.threshold > 0) map.add(log_key::threshold, cbor::make_integer(log.threshold));
        list.items.push_back(map.finish());
    }
    pack.add(key, std::move(list));
}

}  // namespace pipa
