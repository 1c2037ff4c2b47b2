// 承诺达标合格证, the producer's own promise (MARA Order 2025 No. 4): what it says, and its one accepted encoding.
// Wire form: certificate.cddl and README.md beside this file. Errors: cert.*, cose.*, cbor.*; byte offsets are into
// the signed message. Parsing verifies no signature.
#pragma once

#include <array>

#include "record/quantity.hpp"
#include "record/upstream_reference.hpp"

namespace pipa {

inline constexpr std::size_t max_certificate_bytes = 1024;
inline constexpr std::size_t max_number_characters = 32;
inline constexpr std::size_t max_name_bytes = 96;
inline constexpr std::size_t max_lot_bytes = 24;
inline constexpr std::size_t max_labels = 8;
inline constexpr std::size_t max_upstream = 12;

// Which edition of the certificate's form the promise was made on.
enum class Form : std::uint8_t {
    Trial2019 = 1,     // 食用农产品合格证, national trial from the end of 2019
    Model2021 = 2,     // 承诺达标合格证, model form of November 2021
    Producer2025 = 3,  // Order 2025 No. 4, 样式一: producers
    Buyer2025 = 4,     // Order 2025 No. 4, 样式二: collecting buyers
};

// What the promise rests on; a set of bits.
enum class Basis : std::uint8_t {
    QualityControl = 1,    // 质量安全控制符合要求; in 2021 内部质量控制
    SelfTest = 2,          // 自行检测合格
    CommissionedTest = 4,  // 委托检测合格
    SelfPromise = 8,       // 自我承诺, in the form of 2021 only
};
using BasisSet = std::uint8_t;

struct Certificate {
    UnixSeconds issued_unix_s{};                     // CWT iat
    std::optional<UnixSeconds> expires_unix_s{};     // CWT exp; the law sets none
    std::string number{};                            // CWT cti: [A-Z0-9-], 1..32 characters
    std::optional<std::uint32_t> status_index{};     // place in the status list
    std::optional<std::uint32_t> product_code{};     // class * 1000 + item; the pack names it
    std::string product_name{};                      // where the code alone does not say it
    Quantity quantity{};
    std::int64_t origin_division{};                  // 6, 9 or 12 digits (GB/T 2260, statistical codes)
    std::optional<DayNumber> harvest_day{};
    Form form{Form::Producer2025};
    BasisSet bases{};
    std::vector<std::uint32_t> labels{};             // references into the district's list of labels, ascending
    std::string lot{};
    std::vector<UpstreamReference> upstream{};       // what went into this lot, ascending
    std::string quarantine_number{};                 // 动物检疫证明 number, for live animals
    std::string gtin{};                              // 14 digits, where the goods carry one

    friend bool operator==(const Certificate&, const Certificate&) = default;
};

struct SignedCertificate {
    Certificate certificate{};
    cose::Statement statement{};
};

[[nodiscard]] Result<SignedCertificate> parse_certificate(ByteView message);

// The payload to sign. Checks the same limits as the parser: what this returns, parse_certificate accepts.
[[nodiscard]] Result<Bytes> encode_certificate(const Certificate& certificate);

[[nodiscard]] std::vector<std::string> upstream_numbers(const Certificate& certificate);

[[nodiscard]] bool is_certificate_number(std::string_view number) noexcept;
[[nodiscard]] bool is_division_code(std::int64_t code) noexcept;
[[nodiscard]] BasisSet bases_of(Form form) noexcept;  // every basis that the form offers

[[nodiscard]] std::string_view form_name(Form form) noexcept;    // "2025-A"
[[nodiscard]] std::string_view basis_name(Basis basis) noexcept; // "self_test"
inline constexpr std::array all_bases = {Basis::QualityControl, Basis::SelfTest, Basis::CommissionedTest, Basis::SelfPromise};
[[nodiscard]] inline bool has_basis(BasisSet set, Basis basis) noexcept { return (set & static_cast<BasisSet>(basis)) != 0; }

// Product codes: class * 1000 + item.
[[nodiscard]] constexpr std::uint32_t product_class(std::uint32_t product_code) noexcept { return product_code / 1000; }

}  // namespace pipa
