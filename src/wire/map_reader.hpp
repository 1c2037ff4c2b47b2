// Reading a map with integer keys whose fields are known, with limits, one error at a time.
//
// The first problem is kept (sticky) and every later call answers with an empty value, so that a parser reads as a
// list of fields and asks once at the end. Byte offsets are those of the values plus `base`, the offset of the
// decoded bytes inside the whole message.
#pragma once

#include "base/civil_time.hpp"
#include "wire/cbor.hpp"

namespace pipa {

struct FieldCodes {  // which codes this kind of record reports
    ErrorCode missing;
    ErrorCode bad;
    ErrorCode unknown;
};

struct Range {
    std::int64_t lowest;
    std::int64_t highest;
};

class MapReader {
public:
    MapReader(const cbor::Value& map, std::size_t base, FieldCodes codes);

    // Optional fields: empty where the key is absent.
    [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t key, std::string_view name, Range range);
    [[nodiscard]] std::string text(std::int64_t key, std::string_view name, std::size_t max_bytes);  // empty: absent
    [[nodiscard]] Bytes bytes(std::int64_t key, std::string_view name, Range size);                  // empty: absent
    [[nodiscard]] std::optional<DayNumber> day(std::int64_t key, std::string_view name);
    [[nodiscard]] std::optional<UnixSeconds> time(std::int64_t key, std::string_view name);
    [[nodiscard]] bool flag(std::int64_t key, std::string_view name);  // absent: false; false itself is never written
    // The items of an array of 1..max_count; nullptr where the key is absent.
    [[nodiscard]] const std::vector<cbor::Value>* array(std::int64_t key, std::string_view name, std::size_t max_count);
    [[nodiscard]] const cbor::Value* map(std::int64_t key, std::string_view name);

    // Fields that must be there.
    [[nodiscard]] std::int64_t need_integer(std::int64_t key, std::string_view name, Range range);
    [[nodiscard]] std::string need_text(std::int64_t key, std::string_view name, std::size_t max_bytes);
    void need(bool present, std::string_view name);

    void bad(const cbor::Value& value, std::string_view name);  // report a value as wrong
    void fail_with(Error error);
    // Call last: every key that was not asked for is unknown.
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] std::size_t base() const noexcept { return m_base; }

private:
    const cbor::Value* take(std::int64_t key);

    const cbor::Value& m_map;
    std::size_t m_base;
    FieldCodes m_codes;
    std::vector<std::int64_t> m_taken{};
    std::optional<Error> m_error{};
};

}  // namespace pipa
