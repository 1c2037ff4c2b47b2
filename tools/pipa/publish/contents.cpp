#include "pipa/publish/contents.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "pipa/store/store_parts.hpp"

namespace pipa::publish {
namespace {

constexpr std::string_view status_prefix = "status/";

Result<std::optional<Bytes>> some(Result<Bytes> content) {
    if (!content) return std::unexpected(content.error());
    return std::optional{std::move(*content)};
}

Result<Bytes> log_proof_of(OfficeStore& store, const std::string& number) {
    auto query = store.parts().database.query("SELECT proof FROM log_proofs WHERE number = ?", number);
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    return *row ? to_bytes(query->bytes(0)) : Bytes{};
}

Result<std::optional<Bytes>> records_head_of(OfficeStore& store) {
    auto query = store.parts().database.query("SELECT head FROM records_heads WHERE store = ''");
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::optional<Bytes>{};
    return std::optional{to_bytes(query->bytes(0))};
}

}  // namespace

Bytes compress_whole(ByteView bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    Bytes out(size);
    // compressBound() is what compress2() needs at most, so the only failure left is memory, which ends the program anyway.
    if (compress2(out.data(), &size, bytes.data(), static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION) != Z_OK) throw std::bad_alloc();
    out.resize(size);
    return out;
}

Result<Bytes> notices_in_force(const OfficeStore& store, UnixSeconds now) {
    // What stops goods comes first, so that whoever reads only so many reads that.
    static constexpr std::array order = {NoticeKind::Recall, NoticeKind::Suspension, NoticeKind::Emergency, NoticeKind::Warning, NoticeKind::Withdrawal, NoticeKind::Disposal};
    std::array<std::vector<Bytes>, order.size() + 1> kinds;
    const DayNumber today = day_of(now);
    auto ok = store.each_notice([&](const StoredNotice& notice) -> Result<void> {
        if (notice.ended && *notice.ended < today) return {};
        const auto parsed = parse_any_statement(notice.message);
        const auto kind = parsed ? static_cast<NoticeKind>(parsed->integer(notice_key::kind).value_or(0)) : NoticeKind{};
        kinds[static_cast<std::size_t>(std::ranges::find(order, kind) - order.begin())].push_back(notice.message);
        return {};
    });
    if (!ok) return std::unexpected(ok.error());
    cbor::Value list = cbor::make_array();
    for (const std::vector<Bytes>& kind : kinds)
        for (const Bytes& message : kind) list.items.push_back(cbor::make_bytes(message));
    return cbor::encode(list);
}

Result<std::vector<CertificateRecord>> records_placed(OfficeStore& store, std::uint32_t first, std::uint32_t last) {
    std::vector<CertificateRecord> out;
    auto ok = store.each_certificate_placed(first, last, [&](const StoredCertificate& certificate) -> Result<void> {
        const auto dossier = store.dossier_of(certificate);
        if (!dossier) return std::unexpected(dossier.error());
        auto proof = log_proof_of(store, certificate.number);
        if (!proof) return std::unexpected(proof.error());
        CertificateRecord record{.number = certificate.number, .certificate = certificate.message, .log_proof = std::move(*proof)};
        if (*dossier) record.dossier = encode_dossier((*dossier)->manifest, (*dossier)->statements);
        out.push_back(std::move(record));
        return {};
    });
    if (!ok) return std::unexpected(ok.error());
    return out;
}

Result<std::optional<Bytes>> content_of_part(OfficeStore& store, std::string_view part, UnixSeconds now) {
    if (part == notices_part) return some(notices_in_force(store, now));
    if (part == records_part) return records_head_of(store);
    if (part.starts_with(status_prefix)) {
        std::uint32_t shard = 0;
        const std::string_view digits = part.substr(status_prefix.size());
        std::from_chars(digits.data(), digits.data() + digits.size(), shard);
        const auto packed = store.status_shard(shard);
        if (!packed) return std::unexpected(packed.error());
        return std::optional{compress_whole(*packed)};
    }
    return store.document(part);
}

}  // namespace pipa::publish
