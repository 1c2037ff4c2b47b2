#include "record/certificate.hpp"

#include <algorithm>

#include "record/certificate_keys.hpp"
#include "record/unseen.hpp"
#include "wire/gtin.hpp"

namespace pipa {
namespace {

using cbor::Type;
using cbor::Value;

namespace claim = certificate_claim;
namespace status_key = certificate_status_key;
namespace key = certificate_key;

constexpr FieldCodes codes{ErrorCode::CertificateMissingField, ErrorCode::CertificateBadField, ErrorCode::CertificateUnknownField};
constexpr Range product_code_range{1000, 65'535};
constexpr Range uint32_range{0, UINT32_MAX};

std::optional<std::uint32_t> narrowed(std::optional<std::int64_t> number) {
    if (!number) return {};
    return static_cast<std::uint32_t>(*number);
}

void read_labels(MapReader& promise, std::vector<std::uint32_t>& labels) {
    const auto* items = promise.array(key::labels, "labels", max_labels);
    if (items == nullptr) return;
    for (const Value& item : *items) {
        const auto reference = item.integer();
        const bool ascending = labels.empty() || (reference && *reference > labels.back());
        if (!reference || *reference < 1 || *reference > UINT32_MAX || !ascending) return promise.bad(item, "labels");
        labels.push_back(static_cast<std::uint32_t>(*reference));
    }
}

template <std::size_t size>
bool take_bytes(const Value& item, std::array<std::uint8_t, size>& out) {
    if (!item.is(Type::Bytes) || item.bytes.size() != size) return false;
    std::ranges::copy(item.bytes, out.begin());
    return true;
}

// A number, or a number with the key and the digest of what it is the number of.
std::optional<UpstreamReference> decode_reference(const Value& item) {
    const bool marked = item.is(Type::Array);
    if (marked && item.items.size() != 3) return {};
    const Value& number = marked ? item.items[0] : item;
    if (!number.is(Type::Bytes) || !is_certificate_number(number.text())) return {};
    UpstreamReference out{.number = std::string{number.text()}};
    if (!marked) return out;
    CertificateMark& mark = out.mark.emplace();
    if (!take_bytes(item.items[1], mark.signer) || !take_bytes(item.items[2], mark.digest)) return {};
    return out;
}

Value encode_reference(const UpstreamReference& reference) {
    Value number = cbor::make_bytes(as_bytes(reference.number));
    if (!reference.mark) return number;
    return cbor::make_array({std::move(number), cbor::make_bytes(reference.mark->signer), cbor::make_bytes(reference.mark->digest)});
}

void read_upstream(MapReader& promise, std::vector<UpstreamReference>& upstream) {
    const auto* items = promise.array(key::upstream, "upstream", max_upstream);
    if (items == nullptr) return;
    for (const Value& item : *items) {
        auto reference = decode_reference(item);
        if (!reference || (!upstream.empty() && *reference <= upstream.back())) return promise.bad(item, "upstream");
        upstream.push_back(std::move(*reference));
    }
}

void read_promise(MapReader& promise, const Value& map, Certificate& out) {
    out.product_code = narrowed(promise.integer(key::product_code, "product_code", product_code_range));
    out.product_name = promise.text(key::product_name, "product_name", max_name_bytes);
    promise.need(out.product_code || !out.product_name.empty(), "product");
    if (has_unseen(out.product_name)) promise.bad(*map.find(key::product_name), "product_name");
    const Value* quantity = map.find(key::quantity);
    promise.need(promise.array(key::quantity, "quantity", 4) != nullptr, "quantity");
    if (quantity != nullptr) {
        if (const auto decoded = decode_quantity(*quantity)) out.quantity = *decoded;
        else promise.bad(*quantity, "quantity");
    }
    out.origin_division = promise.need_integer(key::origin, "origin", {0, 999'999'999'999});
    if (const Value* origin = map.find(key::origin); origin != nullptr && !is_division_code(out.origin_division))
        promise.bad(*origin, "origin");
    out.harvest_day = promise.day(key::harvest_day, "harvest_day");
    out.form = static_cast<Form>(promise.need_integer(key::form, "form", {1, 4}));
    out.bases = static_cast<BasisSet>(promise.integer(key::bases, "bases", {1, 15}).value_or(0));
    promise.need(out.bases != 0 || out.form == Form::Trial2019, "bases");
    if ((out.bases & ~bases_of(out.form)) != 0)
        promise.fail_with({ErrorCode::CertificateWrongBases, promise.base() + map.offset, std::string{form_name(out.form)}});
    read_labels(promise, out.labels);
    out.lot = promise.text(key::lot, "lot", max_lot_bytes);
    read_upstream(promise, out.upstream);
    out.quarantine_number = promise.text(key::quarantine, "quarantine_number", max_number_characters);
    const auto gtin = promise.integer(key::gtin, "gtin", {0, 99'999'999'999'999});
    if (!gtin) return;
    out.gtin = std::to_string(*gtin);
    out.gtin.insert(0, 14 - out.gtin.size(), '0');
    if (!is_gtin(out.gtin)) promise.bad(*map.find(key::gtin), "gtin");
}

Result<Certificate> decode_payload(ByteView payload, std::size_t base) {
    const auto root = cbor::decode(payload, cbor::Rules::deterministic);
    if (!root) return fail(root.error().code, base + root.error().byte_offset.value_or(0));
    if (const Value* tag = cbor::find_tag(*root)) return fail(ErrorCode::CborTag, base + tag->offset);
    Certificate out;
    MapReader claims(*root, base, codes);
    out.expires_unix_s = claims.time(claim::expires, "expires");
    const auto issued = claims.time(claim::issued, "issued");
    claims.need(issued.has_value(), "issued");
    out.issued_unix_s = issued.value_or(0);
    const Bytes number = claims.bytes(claim::number, "number", {1, max_number_characters});
    out.number = as_text(number);
    claims.need(!number.empty(), "number");
    if (!number.empty() && !is_certificate_number(out.number)) claims.bad(*root->find(claim::number), "number");
    if (const Value* status = claims.map(claim::status, "status")) {
        MapReader reader(*status, base, codes);
        out.status_index = static_cast<std::uint32_t>(reader.need_integer(status_key::index, "status_index", uint32_range));
        if (auto ok = reader.finish(); !ok) claims.fail_with(ok.error());
    }
    const Value* promise_map = claims.map(claim::promise, "promise");
    claims.need(promise_map != nullptr, "promise");
    if (auto ok = claims.finish(); !ok) return std::unexpected(ok.error());

    MapReader promise(*promise_map, base, codes);
    read_promise(promise, *promise_map, out);
    if (auto ok = promise.finish(); !ok) return std::unexpected(ok.error());
    return out;
}

Value encode_promise(const Certificate& certificate) {
    cbor::MapBuilder map;
    if (certificate.product_code) map.add(key::product_code, cbor::make_unsigned(*certificate.product_code));
    if (!certificate.product_name.empty()) map.add(key::product_name, cbor::make_text(certificate.product_name));
    map.add(key::quantity, encode_quantity(certificate.quantity));
    map.add(key::origin, cbor::make_integer(certificate.origin_division));
    if (certificate.harvest_day) map.add(key::harvest_day, cbor::make_integer(*certificate.harvest_day));
    map.add(key::form, cbor::make_integer(static_cast<int>(certificate.form)));
    if (certificate.bases != 0) map.add(key::bases, cbor::make_unsigned(certificate.bases));
    if (!certificate.labels.empty()) {
        Value labels = cbor::make_array();
        for (const std::uint32_t label : certificate.labels) labels.items.push_back(cbor::make_unsigned(label));
        map.add(key::labels, std::move(labels));
    }
    if (!certificate.lot.empty()) map.add(key::lot, cbor::make_text(certificate.lot));
    if (!certificate.upstream.empty()) {
        Value upstream = cbor::make_array();
        for (const UpstreamReference& reference : certificate.upstream) upstream.items.push_back(encode_reference(reference));
        map.add(key::upstream, std::move(upstream));
    }
    if (!certificate.quarantine_number.empty()) map.add(key::quarantine, cbor::make_text(certificate.quarantine_number));
    if (!certificate.gtin.empty()) map.add(key::gtin, cbor::make_unsigned(std::stoull(certificate.gtin)));
    return map.finish();
}

}  // namespace

bool is_certificate_number(std::string_view number) noexcept {
    if (number.empty() || number.size() > max_number_characters || number.front() == '-' || number.back() == '-') return false;
    return std::ranges::all_of(number, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::vector<std::string> upstream_numbers(const Certificate& certificate) {
    std::vector<std::string> out;
    for (const UpstreamReference& reference : certificate.upstream) out.push_back(reference.number);
    return out;
}

bool is_division_code(std::int64_t code) noexcept {
    // The first digit of a province code is 1..8, so a code never starts with zero and its length says its level.
    const auto has_digits = [code](std::int64_t lowest) { return code >= lowest && code < lowest * 10; };
    return has_digits(100'000) || has_digits(100'000'000) || has_digits(100'000'000'000);
}

BasisSet bases_of(Form form) noexcept {
    switch (form) {
        case Form::Trial2019: return static_cast<BasisSet>(Basis::SelfTest) | static_cast<BasisSet>(Basis::CommissionedTest);
        case Form::Model2021: return 15;
        case Form::Producer2025:
        case Form::Buyer2025: return 7;
    }
    return 0;
}

std::string_view form_name(Form form) noexcept {
    switch (form) {
        case Form::Trial2019: return "2019";
        case Form::Model2021: return "2021";
        case Form::Producer2025: return "2025-A";
        case Form::Buyer2025: return "2025-B";
    }
    return {};
}

std::string_view basis_name(Basis basis) noexcept {
    switch (basis) {
        case Basis::QualityControl: return "quality_control";
        case Basis::SelfTest: return "self_test";
        case Basis::CommissionedTest: return "commissioned_test";
        case Basis::SelfPromise: return "self_promise";
    }
    return {};
}

Result<SignedCertificate> parse_certificate(ByteView message) {
    if (message.size() > max_certificate_bytes) return fail(ErrorCode::CertificateTooLarge, max_certificate_bytes);
    auto statement = cose::parse_statement(message, cose::StatementType::Certificate);
    if (!statement) return std::unexpected(statement.error());
    auto certificate = decode_payload(statement->payload, statement->payload_offset);
    if (!certificate) return std::unexpected(certificate.error());
    return SignedCertificate{std::move(*certificate), std::move(*statement)};
}

Result<Bytes> encode_certificate(const Certificate& certificate) {
    const bool gtin_ok = certificate.gtin.empty() || (certificate.gtin.size() == 14 && is_gtin(certificate.gtin));
    if (!gtin_ok) return fail(ErrorCode::CertificateBadField, {}, "gtin");
    cbor::MapBuilder claims;
    if (certificate.expires_unix_s) claims.add(claim::expires, cbor::make_integer(*certificate.expires_unix_s));
    claims.add(claim::issued, cbor::make_integer(certificate.issued_unix_s));
    claims.add(claim::number, cbor::make_bytes(as_bytes(certificate.number)));
    if (certificate.status_index)
        claims.add(claim::status, cbor::MapBuilder{}.add(status_key::index, cbor::make_unsigned(*certificate.status_index)).finish());
    claims.add(claim::promise, encode_promise(certificate));
    Bytes payload = cbor::encode(claims.finish());
    // Header and signature take less than 100 bytes around the payload.
    if (payload.size() > max_certificate_bytes - 100) return fail(ErrorCode::CertificateTooLarge, payload.size());
    // The parser is the one place that knows the limits; a payload it refuses is never signed.
    auto read_back = decode_payload(payload, 0);
    if (!read_back) return fail(read_back.error().code, {}, read_back.error().detail);
    if (*read_back != certificate) return fail(ErrorCode::CertificateBadField, {}, "a value that the form has no place for");
    return payload;
}

}  // namespace pipa
