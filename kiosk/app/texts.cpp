#include "app/texts.hpp"

#include "host/embedded_catalogues.hpp"

namespace pipa::kiosk {
namespace {

struct Catalogues {
    Catalogue chinese{*embedded_catalogue("zh-Hans")};
    Catalogue english{*embedded_catalogue("en")};

    Catalogues() {
        chinese.prefer("kiosk.instead.");
        english.prefer("kiosk.instead.");
        english.set_fallback(&chinese);
    }
};

}  // namespace

std::optional<Language> parse_language(std::string_view tag) noexcept {
    const Catalogue* found = embedded_catalogue(tag);
    if (found == nullptr) return {};
    return found->is_chinese() ? Language::Chinese : Language::English;
}

const Catalogue& texts_in(Language language) {
    static const Catalogues catalogues;
    return language == Language::Chinese ? catalogues.chinese : catalogues.english;
}

}  // namespace pipa::kiosk
