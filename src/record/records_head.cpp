#include "record/records_head.hpp"

#include <algorithm>

#include "wire/cbor.hpp"

namespace pipa {
namespace {

using cbor::Type;
using cbor::Value;

constexpr std::uint64_t form = 1;
constexpr std::uint64_t max_number = (std::uint64_t{1} << 53) - 1;  // what every reader of JSON can count to as well
enum Field : std::size_t { at_form, at_edition, at_certificates, at_bits, at_fewest, at_groups, fields };

std::unexpected<Error> bad(const Value& value, std::string_view what) { return fail(ErrorCode::RecordsBadHead, value.offset, what); }

bool is_number(const Value& value, std::uint64_t lowest, std::uint64_t highest) {
    return value.is(Type::Unsigned) && value.number >= lowest && value.number <= highest;
}

Result<RecordsGroup> read_group(const Value& item, std::uint64_t newest) {
    const bool shaped = item.is(Type::Array) && item.items.size() == 2 && is_number(item.items[0], 1, newest) && item.items[1].is(Type::Bytes) &&
                        item.items[1].bytes.size() == 32;
    if (!shaped) return bad(item, "group");
    RecordsGroup out{.edition = item.items[0].number};
    std::ranges::copy(item.items[1].bytes, out.root.begin());
    return out;
}

}  // namespace

Result<RecordsHead> parse_records_head(ByteView file) {
    const auto root = cbor::decode(file, cbor::Rules::deterministic, {.max_bytes = max_records_head_bytes, .max_depth = 3});
    if (!root) return std::unexpected(root.error());
    const auto& items = root->items;
    if (!root->is(Type::Array) || items.size() != fields || !is_number(items[at_form], form, form)) return bad(*root, "form");
    if (!is_number(items[at_edition], 1, max_number)) return bad(items[at_edition], "edition");
    if (!is_number(items[at_certificates], 0, max_number)) return bad(items[at_certificates], "certificates");
    if (!is_number(items[at_bits], 0, max_record_bits)) return bad(items[at_bits], "bits");
    const auto bits = static_cast<std::uint32_t>(items[at_bits].number);
    RecordsHead out{.edition = items[at_edition].number, .certificates = items[at_certificates].number, .bits = bits};
    // Every file has at least the fewest.
    if (!is_number(items[at_fewest], 0, out.certificates >> out.bits)) return bad(items[at_fewest], "fewest");
    out.fewest = items[at_fewest].number;
    const Value& groups = items[at_groups];
    if (!groups.is(Type::Array) || groups.items.size() != std::size_t{1} << out.group_bits()) return bad(groups, "groups");
    for (const Value& item : groups.items) {
        const auto group = read_group(item, out.edition);
        if (!group) return std::unexpected(group.error());
        out.groups.push_back(*group);
    }
    return out;
}

Result<Bytes> encode_records_head(const RecordsHead& head) {
    Value groups = cbor::make_array();
    for (const RecordsGroup& group : head.groups)
        groups.items.push_back(cbor::make_array({cbor::make_unsigned(group.edition), cbor::make_bytes(group.root)}));
    Bytes file = cbor::encode(cbor::make_array({cbor::make_unsigned(form), cbor::make_unsigned(head.edition), cbor::make_unsigned(head.certificates),
                                                cbor::make_unsigned(head.bits), cbor::make_unsigned(head.fewest), std::move(groups)}));
    // What is published is what a phone will accept.
    if (const auto read_back = parse_records_head(file); !read_back) return std::unexpected(read_back.error());
    return file;
}

}  // namespace pipa
