#include "learn/learn_view.hpp"

#include <algorithm>

#include "page/format.hpp"

namespace pipa {
namespace {

using learn::BlockKind;
using learn::EducationPack;
using learn::Language;
using learn::SpanKind;

Language language_of(const Catalogue& catalogue) noexcept { return catalogue.is_chinese() ? Language::ZhHans : Language::En; }

std::string_view block_name(BlockKind kind) noexcept {
    switch (kind) {
        case BlockKind::Heading: return "heading";
        case BlockKind::Paragraph: return "paragraph";
        case BlockKind::Bullets: return "bullets";
        case BlockKind::Steps: return "steps";
        case BlockKind::Picture: return "picture";
        case BlockKind::Action: return "action";
    }
    return {};
}

const learn::Drawing* first_picture(const EducationPack& pack, const learn::Body& body) {
    const auto found = std::ranges::find(body, BlockKind::Picture, &learn::Block::kind);
    return found == body.end() ? nullptr : &pack.drawings[found->drawing];
}

SourceView make_source(const learn::Source& source, std::size_t number, const Catalogue& catalogue) {
    return {.number = std::to_string(number),
            .title = source.title.in(language_of(catalogue)),
            .checked = catalogue.format("learn.checked", {{"date", show_day(catalogue, source.checked)}}),
            .standing = source.standing == learn::Standing::Known ? catalogue.text("learn.known") : ""};
}

// Numbers sources and collects words in the order in which an article first uses them.
class ArticleMaker {
public:
    ArticleMaker(const EducationPack& pack, const Catalogue& catalogue)
        : m_pack(pack), m_catalogue(catalogue), m_language(language_of(catalogue)) {}

    ArticleView make(std::size_t index) {
        const learn::Article& article = m_pack.articles[index];
        const learn::Article& next = m_pack.articles[(index + 1) % m_pack.articles.size()];
        ArticleView out{.language = m_catalogue.language(),
                        .id = article.id,
                        .topic = m_pack.topics[article.topic].name.in(m_language),
                        .title = article.title.in(m_language),
                        .summary = article.summary.in(m_language),
                        .next_id = next.id,
                        .next_title = next.title.in(m_language)};
        for (const learn::Block& block : article.in(m_language)) out.blocks.push_back(make_block(block));
        if (!m_words.empty()) out.words_title = m_catalogue.text("learn.words");
        for (const std::uint32_t word : m_words)
            out.words.push_back({m_pack.terms[word].id, m_pack.terms[word].name.in(m_language), m_pack.terms[word].meaning.in(m_language)});
        if (!m_sources.empty()) out.sources_title = m_catalogue.text("learn.sources");
        for (std::size_t i = 0; i < m_sources.size(); ++i)
            out.sources.push_back(make_source(m_pack.sources[m_sources[i]], i + 1, m_catalogue));
        return out;
    }

private:
    BlockView make_block(const learn::Block& block) {
        BlockView out{.kind = block_name(block.kind), .description = block.description};
        if (block.kind == BlockKind::Picture) out.drawing = &m_pack.drawings[block.drawing];
        if (block.kind == BlockKind::Action) out.label = m_catalogue.text("learn.action");
        for (const learn::Line& line : block.lines) {
            auto& spans = out.lines.emplace_back();
            for (const learn::Span& span : line) spans.push_back(make_span(span));
        }
        return out;
    }

    SpanView make_span(const learn::Span& span) {
        switch (span.kind) {
            case SpanKind::Plain: return {"plain", span.text, {}};
            case SpanKind::Strong: return {"strong", span.text, {}};
            case SpanKind::Term: note(m_words, span.reference); return {"term", span.text, m_pack.terms[span.reference].id};
            case SpanKind::Source: return {"source", std::to_string(note(m_sources, span.reference)), {}};
        }
        return {};
    }

    // The place of a reference in the order of first use, from 1.
    static std::size_t note(std::vector<std::uint32_t>& seen, std::uint32_t reference) {
        const auto found = std::ranges::find(seen, reference);
        if (found != seen.end()) return static_cast<std::size_t>(found - seen.begin()) + 1;
        seen.push_back(reference);
        return seen.size();
    }

    const EducationPack& m_pack;
    const Catalogue& m_catalogue;
    Language m_language;
    std::vector<std::uint32_t> m_sources{};
    std::vector<std::uint32_t> m_words{};
};

std::string number_text(std::size_t number) { return std::to_string(number); }

// Three tones are enough: all right, most right, and read on.
std::string score_text(std::size_t right, std::size_t total, const Catalogue& catalogue) {
    const std::string_view tone = right == total ? "all" : 2 * right >= total ? "most" : "some";
    return catalogue.format("learn.score." + std::string{tone}, {{"right", number_text(right)}, {"total", number_text(total)}});
}

}  // namespace

LearnHomeView make_learn_home(const EducationPack& pack, const Catalogue& catalogue) {
    const Language language = language_of(catalogue);
    LearnHomeView out{.language = catalogue.language(), .title = pack.title.in(language)};
    out.edition = catalogue.format("learn.edition", {{"version", std::to_string(pack.version)}, {"date", show_day(catalogue, day_of(pack.issued_unix_s))}});
    for (std::size_t topic = 0; topic < pack.topics.size(); ++topic) {
        TopicView view{pack.topics[topic].id, pack.topics[topic].name.in(language), {}};
        for (const learn::Article& article : pack.articles)
            if (article.topic == topic)
                view.articles.push_back({article.id, article.title.in(language), article.summary.in(language), first_picture(pack, article.in(language))});
        if (!view.articles.empty()) out.topics.push_back(std::move(view));
    }
    if (!pack.questions.empty())
        out.quiz = DoorView{catalogue.text("learn.quiz.title"), catalogue.format("learn.quiz.text", {{"total", number_text(pack.questions.size())}})};
    if (!pack.lesson_certificate.empty()) out.cheat = DoorView{catalogue.text("learn.cheat.title"), catalogue.text("learn.cheat.text")};
    return out;
}

std::optional<ArticleView> make_article_view(const EducationPack& pack, std::string_view id, const Catalogue& catalogue) {
    const auto found = std::ranges::find(pack.articles, id, &learn::Article::id);
    if (found == pack.articles.end()) return {};
    return ArticleMaker(pack, catalogue).make(static_cast<std::size_t>(found - pack.articles.begin()));
}

QuizView make_quiz_view(const EducationPack& pack, const Catalogue& catalogue) {
    const Language language = language_of(catalogue);
    const std::size_t total = pack.questions.size();
    QuizView out{.language = catalogue.language(), .title = catalogue.text("learn.quiz.title")};
    for (std::size_t i = 0; i < total; ++i) {
        const learn::Question& question = pack.questions[i];
        const learn::Article& article = pack.articles[question.article];
        QuestionView view{.id = question.id,
                          .progress = catalogue.format("learn.quiz.progress", {{"number", number_text(i + 1)}, {"total", number_text(total)}}),
                          .question = question.question.in(language),
                          .answer = question.answer,
                          .why = question.why.in(language),
                          .article_id = article.id,
                          .article_title = article.title.in(language)};
        for (const learn::Text& option : question.options) view.options.push_back(option.in(language));
        for (std::size_t source = 0; source < question.sources.size(); ++source)
            view.sources.push_back(make_source(pack.sources[question.sources[source]], source + 1, catalogue));
        out.questions.push_back(std::move(view));
    }
    for (std::size_t right = 0; right <= total; ++right) out.scores.push_back(score_text(right, total, catalogue));
    return out;
}

}  // namespace pipa
