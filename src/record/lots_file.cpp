#include "record/lots_file.hpp"

#include <algorithm>

#include "record/certificate.hpp"

namespace pipa {

using cbor::Type;
using cbor::Value;

Result<std::vector<LotEntry>> parse_lots_file(ByteView file) {
    auto root = cbor::decode(file, cbor::Rules::deterministic, {.max_bytes = max_lots_file_bytes, .max_depth = 2});
    if (!root && root.error().code == ErrorCode::CborTooLarge) return fail(ErrorCode::LotsTooLarge, max_lots_file_bytes);
    if (!root) return std::unexpected(root.error());
    if (!root->is(Type::Array)) return fail(ErrorCode::LotsMalformed, 0);
    if (root->items.size() > max_lots_file_entries) return fail(ErrorCode::LotsTooLarge, 0);
    std::vector<LotEntry> out;
    out.reserve(root->items.size());
    for (Value& item : root->items) {
        const bool proved = item.items.size() == 4 && item.items[3].is(Type::Bytes) && !item.items[3].bytes.empty() && item.items[3].bytes.size() <= max_log_proof_bytes;
        const bool shaped = item.is(Type::Array) && (item.items.size() == 3 || proved) && item.items[0].is(Type::Text) &&
                            is_certificate_number(item.items[0].text()) && item.items[1].is(Type::Bytes) && item.items[2].is(Type::Bytes);
        if (!shaped) return fail(ErrorCode::LotsMalformed, item.offset);
        LotEntry entry{std::string{item.items[0].text()}, std::move(item.items[1].bytes), std::move(item.items[2].bytes), proved ? std::move(item.items[3].bytes) : Bytes{}};
        if (!out.empty() && entry.number == out.back().number) return fail(ErrorCode::LotsDuplicate, item.offset, entry.number);
        if (!out.empty() && entry.number < out.back().number) return fail(ErrorCode::LotsUnsorted, item.offset, entry.number);
        out.push_back(std::move(entry));
    }
    return out;
}

Result<Bytes> encode_lots_file(std::vector<LotEntry> entries) {
    std::ranges::sort(entries, {}, &LotEntry::number);
    Value list = cbor::make_array();
    list.items.reserve(entries.size());
    for (const LotEntry& entry : entries) {
        Value item = cbor::make_array({cbor::make_text(entry.number), cbor::make_bytes(entry.certificate), cbor::make_bytes(entry.dossier)});
        if (!entry.log_proof.empty()) item.items.push_back(cbor::make_bytes(entry.log_proof));
        list.items.push_back(std::move(item));
    }
    Bytes file = cbor::encode(list);
    // What is published is what a phone will accept.
    if (const auto read_back = parse_lots_file(file); !read_back) return std::unexpected(read_back.error());
    return file;
}

const LotEntry* find_lot(std::span<const LotEntry> entries, std::string_view number) noexcept {
    const auto found = std::ranges::lower_bound(entries, number, {}, &LotEntry::number);
    return found != entries.end() && found->number == number ? &*found : nullptr;
}

}  // namespace pipa
