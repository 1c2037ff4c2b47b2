#include <algorithm>

#include "base/utf8.hpp"
#include "learn/wire_keys.hpp"

namespace pipa::learn {
namespace {

using cbor::Type;
using cbor::Value;

constexpr std::size_t max_sources_of_question = 8;
constexpr Range index_range{0, INT16_MAX};

bool is_clean_text(const Value& value, std::size_t max_bytes) {
    return value.is(Type::Text) && !value.bytes.empty() && value.bytes.size() <= max_bytes && !has_unprintable(value.text());
}

Text read_text(MapReader& outer, std::int64_t key, std::string_view name, std::size_t max_bytes) {
    Text out;
    const Value* map = outer.map(key, name);
    outer.need(map != nullptr, name);
    if (map == nullptr) return out;
    MapReader reader(*map, outer.base(), field_codes);
    out.zh_hans = reader.need_text(text_key::zh_hans, name, max_bytes);
    out.en = reader.need_text(text_key::en, name, max_bytes);
    if (auto ok = reader.finish(); !ok) outer.fail_with(ok.error());
    return out;
}

std::string read_id(MapReader& reader, std::int64_t key, const Value& entry) {
    std::string id = reader.need_text(key, "id", max_id_bytes);
    if (!id.empty() && !is_id(id)) reader.bad(entry, "id");
    return id;
}

std::uint32_t read_index(MapReader& reader, std::int64_t key, std::string_view name) {
    return static_cast<std::uint32_t>(reader.need_integer(key, name, index_range));
}

// Articles in one language. References into lists are looked at once those lists are known (check_references).
class BodyReader {
public:
    explicit BodyReader(MapReader& outer) : m_outer(outer) {}

    Body read(std::int64_t key, std::string_view name) {
        Body out;
        const auto* blocks = m_outer.array(key, name, max_blocks);
        m_outer.need(blocks != nullptr, name);
        if (blocks == nullptr) return out;
        for (const Value& item : *blocks) out.push_back(block(item));
        const auto is_action = [](const Block& each) { return each.kind == BlockKind::Action; };
        if (std::ranges::count_if(out, is_action) != 1 || !is_action(out.back())) m_outer.bad(blocks->back(), "action");
        return out;
    }

private:
    Block block(const Value& value) {
        Block out;
        const auto kind = value.is(Type::Array) && !value.items.empty() ? value.items.front().integer() : std::nullopt;
        if (!kind || *kind < 1 || *kind > 6) return refuse(value);
        out.kind = static_cast<BlockKind>(*kind);
        if (out.kind == BlockKind::Picture) return picture(value);
        const bool one_line = out.kind == BlockKind::Heading || out.kind == BlockKind::Paragraph;
        const std::size_t lines = value.items.size() - 1;
        if (lines < 1 || lines > (one_line ? 1 : max_items)) return refuse(value);
        for (std::size_t i = 1; i < value.items.size(); ++i) out.lines.push_back(line(value.items[i]));
        return out;
    }

    Block picture(const Value& value) {
        Block out{.kind = BlockKind::Picture};
        const auto index = value.items.size() == 3 ? value.items[1].integer() : std::nullopt;
        if (!index || *index < 0 || *index > index_range.highest || !is_clean_text(value.items[2], max_text_bytes)) return refuse(value);
        out.drawing = static_cast<std::uint32_t>(*index);
        out.description = value.items[2].text();
        return out;
    }

    Block refuse(const Value& value) {
        m_outer.bad(value, "block");
        return {};
    }

    Line line(const Value& value) {
        Line out;
        if (!value.is(Type::Array) || value.items.empty() || value.items.size() > max_spans) {
            m_outer.bad(value, "line");
            return out;
        }
        for (const Value& item : value.items) {
            auto read = span(item);
            if (!read) {
                m_outer.bad(item, "span");
                return out;
            }
            out.push_back(std::move(*read));
        }
        return out;
    }

    static std::optional<Span> span(const Value& value) {
        if (value.is(Type::Text)) {
            if (!is_clean_text(value, max_text_bytes)) return {};
            return Span{SpanKind::Plain, std::string{value.text()}, 0};
        }
        if (value.is(Type::Unsigned)) return reference(SpanKind::Source, {}, value);
        if (!value.is(Type::Array) || value.items.size() < 2 || !is_clean_text(value.items[1], max_text_bytes)) return {};
        const std::string text{value.items[1].text()};
        const auto kind = value.items[0].integer();
        if (kind == 1 && value.items.size() == 2) return Span{SpanKind::Strong, text, 0};
        if (kind == 2 && value.items.size() == 3) return reference(SpanKind::Term, text, value.items[2]);
        return {};
    }

    static std::optional<Span> reference(SpanKind kind, std::string text, const Value& index) {
        const auto number = index.integer();
        if (!number || *number < 0 || *number > index_range.highest) return {};
        return Span{kind, std::move(text), static_cast<std::uint32_t>(*number)};
    }

    MapReader& m_outer;
};

Topic read_topic(MapReader& reader, const Value& entry) {
    Topic out;
    out.id = read_id(reader, topic_key::id, entry);
    out.name = read_text(reader, topic_key::name, "topic.name", max_title_bytes);
    return out;
}

Source read_source(MapReader& reader, const Value& entry) {
    Source out;
    out.id = read_id(reader, source_key::id, entry);
    out.title = read_text(reader, source_key::title, "source.title", max_text_bytes);
    const auto checked = reader.day(source_key::checked, "source.checked");
    reader.need(checked.has_value(), "source.checked");
    out.checked = checked.value_or(0);
    out.reference = reader.need_text(source_key::reference, "source.reference", 16);
    out.standing = static_cast<Standing>(reader.need_integer(source_key::standing, "source.standing", {1, 2}));
    return out;
}

Term read_term(MapReader& reader, const Value& entry) {
    Term out;
    out.id = read_id(reader, term_key::id, entry);
    out.name = read_text(reader, term_key::name, "term.name", max_title_bytes);
    out.meaning = read_text(reader, term_key::meaning, "term.meaning", max_text_bytes);
    return out;
}

Article read_article(MapReader& reader, const Value& entry) {
    Article out;
    out.id = read_id(reader, article_key::id, entry);
    out.topic = read_index(reader, article_key::topic, "article.topic");
    out.title = read_text(reader, article_key::title, "article.title", max_title_bytes);
    out.summary = read_text(reader, article_key::summary, "article.summary", max_text_bytes);
    BodyReader body(reader);
    out.zh_hans = body.read(article_key::zh_hans, "article.zh_hans");
    out.en = body.read(article_key::en, "article.en");
    return out;
}

Question read_question(MapReader& reader, const Value& entry) {
    Question out;
    out.id = read_id(reader, question_key::id, entry);
    out.article = read_index(reader, question_key::article, "question.article");
    out.question = read_text(reader, question_key::question, "question.question", max_text_bytes);
    out.why = read_text(reader, question_key::why, "question.why", max_text_bytes);
    const auto* options = reader.array(question_key::options, "question.options", max_options);
    for (std::size_t i = 0; options != nullptr && i < options->size(); ++i) {
        MapReader option((*options)[i], reader.base(), field_codes);
        Text text;
        text.zh_hans = option.need_text(text_key::zh_hans, "question.options", max_text_bytes);
        text.en = option.need_text(text_key::en, "question.options", max_text_bytes);
        if (auto ok = option.finish(); !ok) reader.fail_with(ok.error());
        out.options.push_back(std::move(text));
    }
    reader.need(out.options.size() >= 2, "question.options");
    out.answer = read_index(reader, question_key::answer, "question.answer");
    if (out.answer >= out.options.size()) reader.bad(entry, "question.answer");
    const auto* sources = reader.array(question_key::sources, "question.sources", max_sources_of_question);
    reader.need(sources != nullptr, "question.sources");
    for (std::size_t i = 0; sources != nullptr && i < sources->size(); ++i) {
        const auto index = (*sources)[i].integer();
        if (!index || *index < 0 || *index > index_range.highest) reader.bad((*sources)[i], "question.sources");
        else out.sources.push_back(static_cast<std::uint32_t>(*index));
    }
    return out;
}

template <typename T>
void read_list(MapReader& outer, std::int64_t key, std::string_view name, std::size_t max_count, std::vector<T>& out,
               T (*read)(MapReader&, const Value&)) {
    const auto* items = outer.array(key, name, max_count);
    if (items == nullptr) return;
    for (const Value& item : *items) {
        MapReader reader(item, outer.base(), field_codes);
        out.push_back(read(reader, item));
        if (auto ok = reader.finish(); !ok) return outer.fail_with(ok.error());
    }
}

void read_drawings(MapReader& outer, std::vector<Drawing>& out) {
    const auto* items = outer.array(pack_key::drawings, "drawings", max_articles + 36);
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        auto drawing = decode_drawing((*items)[i], outer.base());
        if (!drawing) return outer.fail_with(drawing.error());
        out.push_back(std::move(*drawing));
    }
}

bool spans_lead_somewhere(const EducationPack& pack, const Line& line) {
    return std::ranges::all_of(line, [&](const Span& span) {
        if (span.kind == SpanKind::Term) return span.reference < pack.terms.size();
        return span.kind != SpanKind::Source || span.reference < pack.sources.size();
    });
}

bool body_leads_somewhere(const EducationPack& pack, const Body& body) {
    return std::ranges::all_of(body, [&](const Block& block) {
        if (block.kind == BlockKind::Picture) return block.drawing < pack.drawings.size();
        return std::ranges::all_of(block.lines, [&](const Line& line) { return spans_lead_somewhere(pack, line); });
    });
}

template <typename List>
bool ids_differ(const List& list) {
    std::vector<std::string_view> ids;
    for (const auto& entry : list) ids.push_back(entry.id);
    std::ranges::sort(ids);
    return std::ranges::adjacent_find(ids) == ids.end();
}

Result<void> check_references(const EducationPack& pack) {
    const auto refuse = [](std::string_view what) { return fail(ErrorCode::LearnBadReference, {}, std::string{what}); };
    for (const Article& article : pack.articles)
        if (article.topic >= pack.topics.size() || !body_leads_somewhere(pack, article.zh_hans) || !body_leads_somewhere(pack, article.en))
            return refuse(article.id);
    const auto is_source = [&](std::uint32_t index) { return index < pack.sources.size(); };
    for (const Question& question : pack.questions)
        if (question.article >= pack.articles.size() || !std::ranges::all_of(question.sources, is_source)) return refuse(question.id);
    if (!ids_differ(pack.topics)) return refuse("topics");
    if (!ids_differ(pack.sources)) return refuse("sources");
    if (!ids_differ(pack.terms)) return refuse("terms");
    if (!ids_differ(pack.drawings)) return refuse("drawings");
    if (!ids_differ(pack.articles)) return refuse("articles");
    if (!ids_differ(pack.questions)) return refuse("questions");
    return {};
}

}  // namespace

bool is_id(std::string_view id) noexcept {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !id.empty() && id.size() <= max_id_bytes && std::ranges::all_of(id, allowed);
}

Result<EducationPack> decode_education_pack(ByteView payload, std::size_t base) {
    const auto root = cbor::decode(payload, cbor::Rules::deterministic, {.max_bytes = max_pack_bytes});
    if (!root) return fail(root.error().code, base + root.error().byte_offset.value_or(0));
    EducationPack out;
    MapReader pack(*root, base, field_codes);
    out.version = pack.need_integer(pack_key::version, "version", {1, UINT32_MAX});
    const auto issued = pack.time(pack_key::issued, "issued");
    pack.need(issued.has_value(), "issued");
    out.issued_unix_s = issued.value_or(0);
    out.title = read_text(pack, pack_key::title, "title", max_title_bytes);
    read_list(pack, pack_key::topics, "topics", max_topics, out.topics, read_topic);
    read_list(pack, pack_key::sources, "sources", max_sources, out.sources, read_source);
    read_list(pack, pack_key::terms, "terms", max_terms, out.terms, read_term);
    read_drawings(pack, out.drawings);
    read_list(pack, pack_key::articles, "articles", max_articles, out.articles, read_article);
    read_list(pack, pack_key::questions, "questions", max_questions, out.questions, read_question);
    pack.need(!out.topics.empty() && !out.articles.empty(), "articles");
    out.lesson_certificate = pack.bytes(pack_key::lesson_certificate, "lesson_certificate", {1, max_lesson_certificate_bytes});
    if (auto ok = pack.finish(); !ok) return std::unexpected(ok.error());
    if (auto ok = check_references(out); !ok) return std::unexpected(ok.error());
    return out;
}

}  // namespace pipa::learn
