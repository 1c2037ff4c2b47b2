// How the published articles are worded: their length, the words that are never used, and one glossary for articles and page.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "host/embedded_catalogues.hpp"
#include "sample_pack.hpp"
#include "support/project_files.hpp"

namespace {

using namespace pipa;
using namespace pipa::learn;

// What a reader reads of an article: its sentence, headings, paragraphs, items and what one can do.
std::string words_of(const Article& article, Language language) {
    std::string out = article.summary.in(language);
    for (const Block& block : article.in(language))
        for (const Line& line : block.lines) {
            out += '\n';
            for (const Span& span : line) out += span.text;
        }
    return out;
}

// Han characters alone; three bytes each, U+4E00 to U+9FFF.
std::size_t han_characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at + 2 < text.size(); ++at) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
        const unsigned point = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
        if ((byte(0) & 0xF0U) == 0xE0U && point >= 0x4E00U && point <= 0x9FFFU) ++count;
    }
    return count;
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

// Every text of the pack by its place, but for the sources' titles, which are the names of documents.
std::map<std::string, std::string> texts_of(const EducationPack& pack, Language language) {
    std::map<std::string, std::string> out;
    for (const Article& each : pack.articles) {
        std::string& text = out["article " + each.id];
        text = each.title.in(language) + '\n' + words_of(each, language);
        for (const Block& block : each.in(language)) text += '\n' + block.description;
    }
    for (const Question& each : pack.questions) {
        std::string& text = out["question " + each.id];
        text = each.question.in(language) + '\n' + each.why.in(language);
        for (const Text& option : each.options) text += '\n' + option.in(language);
    }
    for (const Term& each : pack.terms) out["term " + each.id] = each.name.in(language) + '\n' + each.meaning.in(language);
    return out;
}

// A row of assets/i18n/terms.md: the word in Chinese and English, what is never said instead, and the glossary's id.
struct ShopWord {
    std::string zh_hans;
    std::string en;
    std::vector<std::string> never;
    std::string term;
};

std::vector<ShopWord> shop_words() {
    const std::string table = test::read_file(test::project_file("assets/i18n/terms.md"));
    static const std::regex row(R"(\| *([^|\n]*?) *\| *([^|\n]*?) *\|[^|\n]*\| *([^|\n]*?) *\| *([^|\n]*?) *\|)");
    static const std::regex word(R"([^ ,][^,]*)");
    std::vector<ShopWord> out;
    for (std::sregex_iterator at(table.begin(), table.end(), row), end; at != end; ++at) {
        ShopWord each{(*at)[1], (*at)[2], {}, (*at)[4]};
        if (each.en == "English" || each.en.starts_with("---")) continue;
        const std::string never = (*at)[3];
        for (std::sregex_iterator one(never.begin(), never.end(), word); one != end; ++one) each.never.push_back(one->str());
        out.push_back(std::move(each));
    }
    return out;
}

// The words by which an article may call a term.
std::vector<std::string> forms_of(std::string_view id) {
    const auto files = embedded_sources();
    const auto file = std::ranges::find(files, "glossary.json", &SourceFile::name);
    REQUIRE(file != files.end());
    const test::Json glossary = test::Json::parse(file->text);
    for (const test::Json& each : glossary["terms"]) {
        if (each["id"] != id) continue;
        auto out = each["forms"].get<std::vector<std::string>>();
        for (const char* tag : {"zh-Hans", "en"}) out.push_back(each["name"][tag]);
        return out;
    }
    return {};
}

}  // namespace

TEST_CASE("wording: an article has 120 to 220 Chinese characters, and ends in one thing to do", "[learn]") {
    CHECK(han_characters("枇杷 loquat，12") == 2);
    for (const Article& each : test::published_pack().articles) {
        const std::size_t count = han_characters(words_of(each, Language::ZhHans));
        INFO(each.id << ": " << count);
        CHECK(count >= 120);
        CHECK(count <= 220);
        for (const Body* body : {&each.zh_hans, &each.en}) {
            REQUIRE(body->back().kind == BlockKind::Action);
            CHECK(body->back().lines.size() == 1);
        }
    }
}

TEST_CASE("wording: what terms.md never wants is in no text of the pack", "[learn]") {
    const std::vector<ShopWord> words = shop_words();
    REQUIRE(words.size() > 12);
    for (const Language language : {Language::ZhHans, Language::En})
        for (const auto& [place, text] : texts_of(test::published_pack(), language))
            for (const ShopWord& word : words)
                for (const std::string& never : word.never) {
                    INFO(place << " has " << never << ", which is " << word.zh_hans << ", " << word.en);
                    CHECK(lower(text).find(never) == std::string::npos);
                }
}

TEST_CASE("wording: a word of terms.md that the glossary explains is the same word there, in both languages", "[learn]") {
    std::size_t shared = 0;
    for (const ShopWord& word : shop_words()) {
        if (word.term.empty()) continue;
        INFO(word.zh_hans << ", " << word.en << ": " << word.term);
        const std::vector<std::string> forms = forms_of(word.term);
        CHECK(std::ranges::find(forms, word.zh_hans) != forms.end());
        CHECK(std::ranges::find(forms, word.en) != forms.end());
        ++shared;
    }
    CHECK(shared >= 4);
}

// The page explains words where they stand (explain.<word>.term and .text); the glossary has the same words for them.
TEST_CASE("wording: what the page explains and the glossary too, both explain in the same words", "[learn]") {
    std::size_t shared = 0;
    for (const Term& term : test::published_pack().terms) {
        std::string key = "explain." + term.id;
        std::ranges::replace(key, '-', '_');
        for (const std::string_view tag : {"zh-Hans", "en"}) {
            const Catalogue& catalogue = *embedded_catalogue(tag);
            if (!catalogue.has(key + ".text")) continue;
            INFO(key << ' ' << tag);
            const Language language = catalogue.is_chinese() ? Language::ZhHans : Language::En;
            CHECK(term.name.in(language) == catalogue.text(key + ".term"));
            CHECK(term.meaning.in(language) == catalogue.text(key + ".text"));
            ++shared;
        }
    }
    CHECK(shared >= 10);
}
