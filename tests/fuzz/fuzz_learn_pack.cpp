// Education packs: what is read is written as it was, and every view of it is made without a stumble.
#include "fuzz/fuzz.hpp"
#include "learn/learn_json.hpp"
#include "host/embedded_catalogues.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const auto pack = learn::decode_education_pack(input, 0);
    if (!pack) return;
    const auto again = learn::encode_education_pack(*pack);
    must(again.has_value() && *again == to_bytes(input), "written as it was read");
    for (const std::string_view tag : {"zh-Hans", "en"}) {
        const Catalogue& catalogue = *embedded_catalogue(tag);
        must(!to_json(make_learn_home(*pack, catalogue)).empty(), "home");
        must(!to_json(make_quiz_view(*pack, catalogue)).empty(), "quiz");
        for (const learn::Article& article : pack->articles) must(make_article_view(*pack, article.id, catalogue).has_value(), "article");
    }
}
