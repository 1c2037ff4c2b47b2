// What readers of the learning pages see, in their language: the list, an article, the quiz. Plain values; faces draw
// them and add no words. Texts of the pack come from the pack, the words around them from assets/i18n (learn.*).
// Views of drawings point into the pack, which must outlive them. JSON form: learn_json.hpp and README.md.
#pragma once

#include "learn/education_pack.hpp"
#include "page/catalogue.hpp"

namespace pipa {

struct ArticleCardView {
    std::string id{};
    std::string title{};
    std::string summary{};
    const learn::Drawing* drawing{};  // the article's first picture; null where it has none
};

struct TopicView {
    std::string id{};
    std::string name{};
    std::vector<ArticleCardView> articles{};
};

struct DoorView {  // to the quiz, to 'try to cheat it'
    std::string title{};
    std::string text{};
};

struct LearnHomeView {
    std::string language{};
    std::string title{};
    std::string edition{};  // "Edition 3 of 23 November 2026"
    std::vector<TopicView> topics{};
    std::optional<DoorView> quiz{};   // absent where the pack has no questions
    std::optional<DoorView> cheat{};  // absent where it has no certificate to practise on
};

struct SpanView {
    std::string_view kind{};  // "plain", "strong", "term", "source"
    std::string text{};       // of a source: its number in this article, "2"
    std::string term{};       // id of the word
};

struct BlockView {
    std::string_view kind{};  // "heading", "paragraph", "bullets", "steps", "picture", "action"
    std::string label{};      // of an action: 你可以做
    std::vector<std::vector<SpanView>> lines{};
    const learn::Drawing* drawing{};
    std::string description{};
};

struct SourceView {
    std::string number{};  // as the marks in the text say it
    std::string title{};
    std::string checked{};   // "checked on 23 November 2026"
    std::string standing{};  // empty, or that no document was compared yet
};

struct WordView {
    std::string id{};
    std::string name{};
    std::string meaning{};
};

struct ArticleView {
    std::string language{};
    std::string id{};
    std::string topic{};
    std::string title{};
    std::string summary{};
    std::vector<BlockView> blocks{};
    std::string words_title{};
    std::vector<WordView> words{};  // the terms used, in order of first use
    std::string sources_title{};
    std::vector<SourceView> sources{};
    std::string next_id{};  // of the article after this one, in the order of the list; the first after the last
    std::string next_title{};
};

struct QuestionView {
    std::string id{};
    std::string progress{};  // "3 of 10"
    std::string question{};
    std::vector<std::string> options{};
    std::uint32_t answer{};
    std::string why{};
    std::string article_id{};
    std::string article_title{};
    std::vector<SourceView> sources{};
};

struct QuizView {
    std::string language{};
    std::string title{};
    std::vector<QuestionView> questions{};
    std::vector<std::string> scores{};  // what to say after n right answers, n = 0 .. number of questions
};

[[nodiscard]] LearnHomeView make_learn_home(const learn::EducationPack& pack, const Catalogue& catalogue);
// Empty where the pack has no such article.
[[nodiscard]] std::optional<ArticleView> make_article_view(const learn::EducationPack& pack, std::string_view id, const Catalogue& catalogue);
[[nodiscard]] QuizView make_quiz_view(const learn::EducationPack& pack, const Catalogue& catalogue);

}  // namespace pipa
