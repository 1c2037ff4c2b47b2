// 'Try to cheat it': a visitor changes the weight, origin or date of a genuine certificate and the real verifier
// judges the result; then the honest other half: an exact copy passes. Everything happens here, with src/judge itself;
// nothing is staged, and nothing that could sign is near.
#pragma once

#include "page/view.hpp"

namespace pipa {

enum class CheatField : std::uint8_t { Weight, Origin, Date };
inline constexpr std::array all_cheat_fields = {CheatField::Weight, CheatField::Origin, CheatField::Date};
[[nodiscard]] std::string_view cheat_field_name(CheatField field) noexcept;  // "weight"

struct CheatChange {
    CheatField field{};
    std::int64_t value{};  // an amount in the certificate's unit; a division code; a day number of issue
};

// The certificate with that one field changed, under its old signature, as the text of a QR code. The host is the trust
// pack's own. Errors: cert.* where the value is none that a certificate can have.
[[nodiscard]] Result<std::string> forge(const SignedCertificate& certificate, const CheatChange& change, const TrustStore& trust);
// The text of its honest code.
[[nodiscard]] std::string copy_of(ByteView certificate, const TrustStore& trust);

struct CheatOptionView {
    CheatChange change{};
    std::string text{};  // "30,000 kg"
};

struct CheatFieldView {
    std::string_view id{};  // "weight"
    std::string label{};
    std::string original{};
    std::vector<CheatOptionView> options{};
};

struct CheatLessonView {
    std::string language{};
    std::string title{};
    std::vector<std::string> introduction{};
    View original{};
    std::vector<CheatFieldView> fields{};
    std::string copy_label{};
    std::string again_label{};
};

struct CheatOutcomeView {
    std::string did{};                       // what the visitor did
    View view{};                             // what the verifier says of it
    std::vector<std::string> explanation{};  // why
};

// Empty where the certificate is not genuine for this trust and time: then there is nothing to teach with.
[[nodiscard]] std::optional<CheatLessonView> make_cheat_lesson(ByteView certificate, const TrustStore& trust, UnixSeconds now, const Catalogue& catalogue);
[[nodiscard]] Result<CheatOutcomeView> try_cheat(ByteView certificate, const CheatChange& change, const TrustStore& trust, UnixSeconds now, const Catalogue& catalogue);
[[nodiscard]] CheatOutcomeView try_copy(ByteView certificate, const TrustStore& trust, UnixSeconds now, const Catalogue& catalogue);

}  // namespace pipa
