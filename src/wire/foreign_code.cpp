// Recognising other systems' codes. Sources: the field reference, section 2.3; pesticide code MOA notice 2579,
// veterinary drug code MOA notice 2210, food licence SC + 14 digits (食品生产许可管理办法).
#include <algorithm>
#include <array>

#include "wire/gtin.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

bool all_digits(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string lower_ascii(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The host of an http(s) address, lower case; empty when the text is no such address.
std::string web_host(std::string_view lower_text) {
    for (const std::string_view scheme : {std::string_view{"https://"}, std::string_view{"http://"}}) {
        if (!lower_text.starts_with(scheme)) continue;
        lower_text.remove_prefix(scheme.size());
        lower_text = lower_text.substr(0, lower_text.find_first_of("/?#\\"));  // browsers read \ as /
        lower_text = lower_text.substr(lower_text.rfind('@') + 1);  // user and password first: they may hold a colon
        return std::string{lower_text.substr(0, lower_text.find(':'))};
    }
    return {};
}

bool is_host_or_below(std::string_view host, std::string_view domain) noexcept {
    if (host == domain) return true;
    return host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.';
}

// RFC 3986 section 3.1.
bool has_scheme(std::string_view text) noexcept {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon < 2 || colon > 20) return false;
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto may_follow = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.'; };
    return is_letter(text.front()) && std::ranges::all_of(text.substr(0, colon), may_follow);
}

struct Form {
    std::string_view prefix;
    std::size_t digits;
    ForeignCode code;
};
constexpr std::array digit_forms = {
    Form{"", 24, ForeignCode::VeterinaryDrug},
    Form{"", 32, ForeignCode::Pesticide},
    Form{"gf", 12, ForeignCode::GreenFoodCode},
    Form{"sc", 14, ForeignCode::FoodLicence},
    Form{"有机码", 17, ForeignCode::OrganicCode},
    Form{"有机码:", 17, ForeignCode::OrganicCode},
    Form{"有机码：", 17, ForeignCode::OrganicCode},
};

}  // namespace

ForeignCode recognise_foreign_code(std::string_view text) {
    if (text.size() > max_qr_text_bytes) return ForeignCode::Unknown;
    const std::string lower = lower_ascii(trimmed(text));
    if (const std::string host = web_host(lower); !host.empty()) {
        if (is_host_or_below(host, "znm.zjagri.cn")) return ForeignCode::ZheNongMa;
        if (is_host_or_below(host, "qsst.moa.gov.cn")) return ForeignCode::NationalPlatform;
        return ForeignCode::WebAddress;
    }
    for (const Form& form : digit_forms)
        if (lower.size() == form.prefix.size() + form.digits && lower.starts_with(form.prefix) &&
            all_digits(std::string_view{lower}.substr(form.prefix.size())))
            return form.code;
    if (lower.size() <= 13 && is_gtin(lower)) return ForeignCode::RetailBarcode;
    if (lower.find("合格证") != std::string::npos) return ForeignCode::PaperCertificate;
    if (has_scheme(lower)) return ForeignCode::ActiveContent;
    return ForeignCode::Unknown;
}

std::string_view foreign_code_name(ForeignCode code) noexcept {
    switch (code) {
        case ForeignCode::Unknown: return "unknown";
        case ForeignCode::ZheNongMa: return "zhe_nong_ma";
        case ForeignCode::NationalPlatform: return "national_platform";
        case ForeignCode::OrganicCode: return "organic_code";
        case ForeignCode::GreenFoodCode: return "green_food_code";
        case ForeignCode::VeterinaryDrug: return "veterinary_drug";
        case ForeignCode::Pesticide: return "pesticide";
        case ForeignCode::FoodLicence: return "food_licence";
        case ForeignCode::RetailBarcode: return "retail_barcode";
        case ForeignCode::PaperCertificate: return "paper_certificate";
        case ForeignCode::WebAddress: return "web_address";
        case ForeignCode::ActiveContent: return "active_content";
    }
    return "unknown";
}

}  // namespace pipa
