#include "host/embedded_catalogues.hpp"



namespace pipa {
namespace {

struct EmbeddedText {
    std::string_view tag;
    std::string_view json;
};
constexpr EmbeddedText embedded[] = {
#include "catalogues.inc"
};

struct Catalogues {
    Catalogue chinese{};
    Catalogue english{};

    Catalogues() {
        // A test parses both files; an empty catalogue would only show its keys.
        chinese = Catalogue::parse(embedded[0].tag, embedded[0].json).value_or(Catalogue{});
        english = Catalogue::parse(embedded[1].tag, embedded[1].json).value_or(Catalogue{});
        english.set_fallback(&chinese);
    }
};

}  // namespace

const Catalogue* embedded_catalogue(std::string_view language_tag) {
    static const Catalogues catalogues;
    if (language_tag == "en" || language_tag.starts_with("en-")) return &catalogues.english;
    if (language_tag == "zh" || language_tag.starts_with("zh-")) return &catalogues.chinese;
    return nullptr;
}

}  // namespace pipa
