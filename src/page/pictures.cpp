#include "page/pictures.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pipa {
namespace {

#define PIPA_PICTURE(name, picture) PictureRule{name, picture},
constexpr std::array rules = {
#include "page/pictures.def"
};
#undef PIPA_PICTURE

}  // namespace

std::span<const PictureRule> picture_rules() noexcept { return rules; }

std::string_view picture_of_name(std::string_view chinese_name) noexcept {
    const auto* found = std::ranges::find_if(rules, [&](const PictureRule& rule) { return chinese_name.contains(rule.name); });
    return found == rules.end() ? picture_of_anything : found->picture;
}

std::string_view picture_of(const Certificate& certificate, const TrustStore& trust) noexcept {
    const LocalText* listed = certificate.product_code ? trust.product_name(*certificate.product_code) : nullptr;
    const auto names = [&](const PictureRule& rule) {
        return certificate.product_name.contains(rule.name) || (listed != nullptr && listed->zh_hans.contains(rule.name));
    };
    const auto* found = std::ranges::find_if(rules, names);
    return found == rules.end() ? picture_of_anything : found->picture;
}

}  // namespace pipa
