// What the actors find: a certificate with the record behind it, and what it is judged to be before any of them adds or takes away.
#pragma once

#include <map>
#include <memory>

#include "adversary/actors.hpp"
#include "adversary/answers.hpp"

namespace pipa::test {

struct Scene {
    std::string name{};
    std::string signer{"grower"};
    Certificate certificate{};
    std::vector<Bytes> statements{};
    std::vector<Bytes> notices{};          // that came with the trust
    std::optional<Status> status{};        // of the certificate, where there is a status list
    bool damned{};                         // failed, recalled, withdrawn or suspended: nothing its producer signs may help

    // Made of the above.
    std::map<std::string, crypto::Digest> digests{};  // of the statements by their numbers
    crypto::Digest certificate_digest{};
    std::shared_ptr<const TrustStore> store{};
    ReadCode code{};
    std::vector<CheckedStatement> checked_notices{};
    Answer answer{};  // of the whole record

    [[nodiscard]] std::uint32_t issuer() const { return actor(signer).party; }
};

// Numbers, lots and plots of the goods that are judged; others are other goods'.
namespace of_goods {
inline constexpr const char* number = "C-1";
inline constexpr const char* lot = "L-1";
inline constexpr const char* plot = "plot-1";
inline constexpr const char* upstream_number = "C-UP";
inline constexpr const char* upstream_lot = "L-UP";
inline constexpr std::uint32_t product = 2002;
inline constexpr std::uint32_t label = 7;
}  // namespace of_goods

inline constexpr std::string_view judged_at = "2026-11-20T09:30:00+08:00";
inline constexpr std::string_view certificate_issued = "2026-11-12T10:00:00+08:00";

[[nodiscard]] const std::vector<Scene>& scenes();
void complete(Scene& scene);  // once what it is about was changed

// What the bought goods of the scenes were made from, as its grower signed it.
[[nodiscard]] const Bytes& upstream_message();
[[nodiscard]] UpstreamReference reference_to_message(ByteView certificate);
// A scene of bought goods with something else as what they were made from.
[[nodiscard]] Scene with_upstream(const Scene& scene, UpstreamReference upstream);

// The manifest that an actor signs over statements of this certificate.
[[nodiscard]] Bytes make_manifest(const Actor& keeper, std::span<const Bytes> statements, std::string_view issued = "2026-11-19T08:00:00+08:00",
                                  std::string_view number = of_goods::number);
// The answer where the record is these statements, all of them listed by the office; or as another manifest has it.
[[nodiscard]] Answer ask(const Scene& scene, std::span<const Bytes> statements);
[[nodiscard]] Answer ask(const Scene& scene, std::span<const Bytes> statements, ByteView manifest, std::string log_proof = {});

}  // namespace pipa::test
