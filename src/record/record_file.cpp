#include "record/record_file.hpp"

#include <algorithm>

#include "record/certificate.hpp"
#include "record/dossier.hpp"

namespace pipa {
namespace {

using cbor::Type;
using cbor::Value;

constexpr std::uint64_t form = 1;
constexpr std::size_t digest_bytes = 32;

Result<Value> decode(ByteView bytes, std::size_t max_bytes, std::size_t max_depth) {
    auto root = cbor::decode(bytes, cbor::Rules::deterministic, {.max_bytes = max_bytes, .max_depth = max_depth});
    if (!root && root.error().code == ErrorCode::CborTooLarge) return fail(ErrorCode::RecordsTooLarge, max_bytes);
    return root;
}

bool is_digest(const Value& value) { return value.is(Type::Bytes) && value.bytes.size() == digest_bytes; }

std::array<std::uint8_t, 32> digest_of(const Value& value) {
    std::array<std::uint8_t, 32> out{};
    std::ranges::copy(value.bytes, out.begin());
    return out;
}

bool is_envelope(const Value& root) {
    if (!root.is(Type::Array) || root.items.size() != 4) return false;
    const Value &version = root.items[0], &index = root.items[1], &proof = root.items[2], &content = root.items[3];
    return version.is(Type::Unsigned) && version.number == form && index.is(Type::Unsigned) && index.number <= UINT32_MAX && proof.is(Type::Array) &&
           proof.items.size() <= max_record_proof_hashes && content.is(Type::Bytes);
}

bool is_large_dossier(const Value& value) {
    if (!value.is(Type::Array) || value.items.size() != 2 || !is_digest(value.items[0])) return false;
    return value.items[1].is(Type::Unsigned) && value.items[1].number > 0 && value.items[1].number <= max_dossier_bytes;
}

bool is_entry(const Value& item) {
    if (!item.is(Type::Array) || item.items.size() != 4) return false;
    const Value &number = item.items[0], &certificate = item.items[1], &dossier = item.items[2], &log_proof = item.items[3];
    return number.is(Type::Text) && is_certificate_number(number.text()) && certificate.is(Type::Bytes) && !certificate.bytes.empty() &&
           certificate.bytes.size() <= max_certificate_bytes && (dossier.is(Type::Bytes) || is_large_dossier(dossier)) && log_proof.is(Type::Bytes) &&
           log_proof.bytes.size() <= max_log_proof_bytes;
}

CertificateRecord take_entry(Value& item) {
    auto &certificate = item.items[1].bytes, &log_proof = item.items[3].bytes;
    CertificateRecord out{.number = std::string{item.items[0].text()}, .certificate = std::move(certificate), .log_proof = std::move(log_proof)};
    Value& dossier = item.items[2];
    if (dossier.is(Type::Bytes)) out.dossier = std::move(dossier.bytes);
    else out.large_dossier = LargeDossier{digest_of(dossier.items[0]), dossier.items[1].number};
    return out;
}

// One that does not parse says nothing; the judgement will.
bool carries_other_number(const CertificateRecord& record) {
    const auto parsed = parse_certificate(record.certificate);
    return parsed && parsed->certificate.number != record.number;
}

Value dossier_value(const CertificateRecord& record) {
    if (!record.large_dossier) return cbor::make_bytes(record.dossier);
    return cbor::make_array({cbor::make_bytes(record.large_dossier->digest), cbor::make_unsigned(record.large_dossier->bytes)});
}

}  // namespace

Result<RecordEnvelope> parse_record_envelope(ByteView file) {
    auto root = decode(file, max_record_file_bytes, 2);
    if (!root) return std::unexpected(root.error());
    if (!is_envelope(*root)) return fail(ErrorCode::RecordsMalformed, 0);
    auto& items = root->items;
    RecordEnvelope out{.index = static_cast<std::uint32_t>(items[1].number), .content = std::move(items[3].bytes)};
    for (const Value& hash : items[2].items) {
        if (!is_digest(hash)) return fail(ErrorCode::RecordsMalformed, hash.offset);
        out.proof.push_back(digest_of(hash));
    }
    return out;
}

Result<Bytes> encode_record_envelope(const RecordEnvelope& envelope) {
    Value proof = cbor::make_array();
    for (const auto& hash : envelope.proof) proof.items.push_back(cbor::make_bytes(hash));
    Bytes file = cbor::encode(cbor::make_array({cbor::make_unsigned(form), cbor::make_unsigned(envelope.index), std::move(proof),
                                                cbor::make_bytes(envelope.content)}));
    // What is published is what a phone will accept.
    if (const auto read_back = parse_record_envelope(file); !read_back) return std::unexpected(read_back.error());
    return file;
}

Result<std::vector<CertificateRecord>> parse_records(ByteView content) {
    auto root = decode(content, max_record_content_bytes, 3);
    if (!root) return std::unexpected(root.error());
    if (!root->is(Type::Array)) return fail(ErrorCode::RecordsMalformed, 0);
    if (root->items.size() > max_record_entries) return fail(ErrorCode::RecordsTooLarge, 0);
    std::vector<CertificateRecord> out;
    out.reserve(root->items.size());
    for (Value& item : root->items) {
        if (!is_entry(item)) return fail(ErrorCode::RecordsMalformed, item.offset);
        CertificateRecord record = take_entry(item);
        if (!out.empty() && record.number == out.back().number) return fail(ErrorCode::RecordsDuplicate, item.offset, record.number);
        if (!out.empty() && record.number < out.back().number) return fail(ErrorCode::RecordsUnsorted, item.offset, record.number);
        if (carries_other_number(record)) return fail(ErrorCode::RecordsWrongNumber, item.offset, record.number);
        out.push_back(std::move(record));
    }
    return out;
}

Result<Bytes> encode_records(std::vector<CertificateRecord> records) {
    std::ranges::sort(records, {}, &CertificateRecord::number);
    Value list = cbor::make_array();
    list.items.reserve(records.size());
    for (const CertificateRecord& record : records)
        list.items.push_back(cbor::make_array({cbor::make_text(record.number), cbor::make_bytes(record.certificate), dossier_value(record),
                                               cbor::make_bytes(record.log_proof)}));
    Bytes content = cbor::encode(list);
    // What is published is what a phone will accept.
    if (const auto read_back = parse_records(content); !read_back) return std::unexpected(read_back.error());
    return content;
}

}  // namespace pipa
