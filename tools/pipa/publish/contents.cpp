#include "pipa/publish/contents.hpp"

#include <zlib.h>

#include <charconv>

#include "base/hex.hpp"
#include "pipa/store/store_parts.hpp"

namespace pipa::publish {
namespace {

constexpr std::string_view status_prefix = "status/";
constexpr std::string_view lots_prefix = "lots/";

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

}  // namespace

Bytes compress_status_shard(ByteView packed) {
    uLongf size = compressBound(static_cast<uLong>(packed.size()));
    Bytes out(size);
    // compressBound() is what compress2() needs at most, so the only failure left is memory, which ends the program anyway.
    if (compress2(out.data(), &size, packed.data(), static_cast<uLong>(packed.size()), Z_BEST_COMPRESSION) != Z_OK) throw std::bad_alloc();
    out.resize(size);
    return out;
}

Result<Bytes> notices_in_force(const OfficeStore& store, UnixSeconds now) {
    cbor::Value list = cbor::make_array();
    const DayNumber today = day_of(now);
    auto ok = store.each_notice([&](const StoredNotice& notice) -> Result<void> {
        if (!notice.ended || *notice.ended >= today) list.items.push_back(cbor::make_bytes(notice.message));
        return {};
    });
    if (!ok) return std::unexpected(ok.error());
    return cbor::encode(list);
}

Result<std::vector<LotSource>> lots_of_bin(OfficeStore& store, std::uint8_t bin) {
    std::vector<LotSource> out;
    auto ok = store.each_certificate(bin, [&](const StoredCertificate& certificate) -> Result<void> {
        const auto dossier = store.dossier_of(certificate.number);
        if (!dossier) return std::unexpected(dossier.error());
        auto proof = log_proof_of(store, certificate.number);
        if (!proof) return std::unexpected(proof.error());
        out.push_back({certificate.number, certificate.message, *dossier ? encode_dossier((*dossier)->manifest, (*dossier)->statements) : Bytes{}, std::move(*proof)});
        return {};
    });
    if (!ok) return std::unexpected(ok.error());
    return out;
}

Result<std::optional<Bytes>> content_of_part(OfficeStore& store, std::string_view part, UnixSeconds now, LotsEncoder encode_lots) {
    if (part == notices_part) return some(notices_in_force(store, now));
    if (part.starts_with(status_prefix)) {
        std::uint32_t shard = 0;
        const std::string_view digits = part.substr(status_prefix.size());
        std::from_chars(digits.data(), digits.data() + digits.size(), shard);
        const auto packed = store.status_shard(shard);
        if (!packed) return std::unexpected(packed.error());
        return std::optional{compress_status_shard(*packed)};
    }
    if (part.starts_with(lots_prefix)) {
        const auto bin = from_hex(part.substr(lots_prefix.size()));
        if (encode_lots == nullptr || !bin || bin->size() != 1) return std::optional<Bytes>{};
        const auto lots = lots_of_bin(store, bin->front());
        if (!lots) return std::unexpected(lots.error());
        return some(encode_lots(*lots));
    }
    return store.document(part);
}

}  // namespace pipa::publish
