// What a certificate's QR code says, and what other codes say.
//
//   HTTPS://HOST/C#<digits>                       the common form
//   HTTPS://HOST/01/<gtin>/10/<lot>#<digits>      GS1 Digital Link (GS1 Digital Link URI Syntax 1.2, section 4)
//   <digits>                                      the digits alone, typed or cut out by another reader
//
// The digits are base10 (base/base10.hpp) of the signed certificate. Scheme and host are compared without regard to
// case, since browsers write them in lower case. The host is reported, not judged: a foreign host is judge's matter.
// Nothing here is ever opened. Errors: qr.*, base10.*; byte offsets are into the text.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

inline constexpr std::size_t max_qr_text_bytes = 4296;  // ISO/IEC 18004 table 7: version 40-L, alphanumeric

struct QrText {
    std::string host{};  // lower case, with ":port" where given; empty when only digits were given
    std::string gtin{};  // 14 digits, or empty
    std::string lot{};   // AI 10, unescaped; empty without a GS1 path
    Bytes certificate{};
};

[[nodiscard]] Result<QrText> parse_qr_text(std::string_view text);

// "HTTPS://HOST/C#<digits>"; the host is written in upper case so that it costs 5.5 bits a character.
[[nodiscard]] std::string make_qr_text(std::string_view host, ByteView certificate);

// A host name with optional port: letters, digits, '-', '.', at most 253 characters; 1..65535.
[[nodiscard]] bool is_host(std::string_view host) noexcept;

// Codes of other systems that a shopper may hold before the camera. Recognised by their form alone, offline.
enum class ForeignCode : std::uint8_t {
    Unknown,            // nothing we know; never opened
    ZheNongMa,          // 浙农码, znm.zjagri.cn
    NationalPlatform,   // 国家农产品质量安全追溯平台, qsst.moa.gov.cn
    OrganicCode,        // 有机码 before 17 digits
    GreenFoodCode,      // 绿色食品企业信息码: GF + 12 digits
    VeterinaryDrug,     // 兽药二维码: 24 digits
    Pesticide,          // 农药二维码: 32 digits
    FoodLicence,        // 食品生产许可证: SC + 14 digits
    RetailBarcode,      // EAN/UPC with GS1 China's prefixes or others: 8, 12 or 13 digits with a right check digit
    PaperCertificate,   // the words of a paper certificate as text, unsigned
    WebAddress,         // any other http(s) address
    ActiveContent,      // javascript:, data: and other schemes that would do something
};

[[nodiscard]] ForeignCode recognise_foreign_code(std::string_view text);
[[nodiscard]] std::string_view foreign_code_name(ForeignCode code) noexcept;  // "zhe_nong_ma"

}  // namespace pipa
