#include "record/upstream_reference.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "record/certificate.hpp"

namespace pipa {

UpstreamReference reference_to(std::string_view number, const cose::Kid& signer, ByteView digest) {
    UpstreamReference out{.number = std::string{number}, .mark = CertificateMark{.signer = signer}};
    std::ranges::copy(digest.first(out.mark->digest.size()), out.mark->digest.begin());
    return out;
}

bool refers_to(const UpstreamReference& reference, std::string_view number, const cose::Kid& signer, ByteView digest) {
    if (!reference.mark || reference.number != number || reference.mark->signer != signer) return false;
    const auto& wanted = reference.mark->digest;
    return digest.size() >= wanted.size() && std::ranges::equal(digest.first(wanted.size()), wanted);
}

std::string format_reference(const UpstreamReference& reference) {
    if (!reference.mark) return reference.number;
    return reference.number + ":" + to_hex(reference.mark->signer) + to_hex(reference.mark->digest);
}

Result<UpstreamReference> parse_reference(std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::string_view number = text.substr(0, colon);
    const auto refused = [](std::size_t at) { return fail(ErrorCode::CertificateBadField, at, "upstream"); };
    if (!is_certificate_number(number)) return refused(0);
    if (colon == std::string_view::npos) return UpstreamReference{.number = std::string{number}};
    const auto mark = from_hex(text.substr(colon + 1));
    if (!mark || mark->size() != cose::kid_size + CertificateMark{}.digest.size()) return refused(colon + 1);
    cose::Kid signer{};
    std::ranges::copy(ByteView{*mark}.first(signer.size()), signer.begin());
    return reference_to(number, signer, ByteView{*mark}.subspan(signer.size()));
}

}  // namespace pipa
