#include "learn/wire_keys.hpp"

namespace pipa::learn {
namespace {

using cbor::MapBuilder;
using cbor::Value;

Value encode_text(const Text& text) {
    return MapBuilder{}.add(text_key::zh_hans, cbor::make_text(text.zh_hans)).add(text_key::en, cbor::make_text(text.en)).finish();
}

Value encode_index(std::uint32_t index) { return cbor::make_unsigned(index); }

template <typename List, typename Encode>
void add_list(MapBuilder& map, std::int64_t key, const List& list, Encode encode) {
    if (list.empty()) return;
    Value array = cbor::make_array();
    for (const auto& item : list) array.items.push_back(encode(item));
    map.add(key, std::move(array));
}

Value encode_span(const Span& span) {
    switch (span.kind) {
        case SpanKind::Plain: return cbor::make_text(span.text);
        case SpanKind::Strong: return cbor::make_array({cbor::make_integer(1), cbor::make_text(span.text)});
        case SpanKind::Term: return cbor::make_array({cbor::make_integer(2), cbor::make_text(span.text), encode_index(span.reference)});
        case SpanKind::Source: return encode_index(span.reference);
    }
    return cbor::make_null();
}

Value encode_block(const Block& block) {
    Value out = cbor::make_array({cbor::make_integer(static_cast<int>(block.kind))});
    if (block.kind == BlockKind::Picture) {
        out.items.push_back(encode_index(block.drawing));
        out.items.push_back(cbor::make_text(block.description));
    }
    for (const Line& line : block.lines) {
        Value spans = cbor::make_array();
        for (const Span& span : line) spans.items.push_back(encode_span(span));
        out.items.push_back(std::move(spans));
    }
    return out;
}

Value encode_body(const Body& body) {
    Value out = cbor::make_array();
    for (const Block& block : body) out.items.push_back(encode_block(block));
    return out;
}

Value encode_topic(const Topic& topic) {
    return MapBuilder{}.add(topic_key::id, cbor::make_text(topic.id)).add(topic_key::name, encode_text(topic.name)).finish();
}

Value encode_source(const Source& source) {
    return MapBuilder{}
        .add(source_key::id, cbor::make_text(source.id))
        .add(source_key::title, encode_text(source.title))
        .add(source_key::checked, cbor::make_integer(source.checked))
        .add(source_key::reference, cbor::make_text(source.reference))
        .add(source_key::standing, cbor::make_integer(static_cast<int>(source.standing)))
        .finish();
}

Value encode_term(const Term& term) {
    return MapBuilder{}
        .add(term_key::id, cbor::make_text(term.id))
        .add(term_key::name, encode_text(term.name))
        .add(term_key::meaning, encode_text(term.meaning))
        .finish();
}

Value encode_article(const Article& article) {
    return MapBuilder{}
        .add(article_key::id, cbor::make_text(article.id))
        .add(article_key::topic, encode_index(article.topic))
        .add(article_key::title, encode_text(article.title))
        .add(article_key::summary, encode_text(article.summary))
        .add(article_key::zh_hans, encode_body(article.zh_hans))
        .add(article_key::en, encode_body(article.en))
        .finish();
}

Value encode_question(const Question& question) {
    MapBuilder map;
    map.add(question_key::id, cbor::make_text(question.id))
        .add(question_key::article, encode_index(question.article))
        .add(question_key::question, encode_text(question.question))
        .add(question_key::answer, encode_index(question.answer))
        .add(question_key::why, encode_text(question.why));
    add_list(map, question_key::options, question.options, encode_text);
    add_list(map, question_key::sources, question.sources, encode_index);
    return map.finish();
}

}  // namespace

Result<Bytes> encode_education_pack(const EducationPack& pack) {
    MapBuilder map;
    map.add(pack_key::version, cbor::make_integer(pack.version))
        .add(pack_key::issued, cbor::make_integer(pack.issued_unix_s))
        .add(pack_key::title, encode_text(pack.title));
    add_list(map, pack_key::topics, pack.topics, encode_topic);
    add_list(map, pack_key::sources, pack.sources, encode_source);
    add_list(map, pack_key::terms, pack.terms, encode_term);
    add_list(map, pack_key::drawings, pack.drawings, encode_drawing);
    add_list(map, pack_key::articles, pack.articles, encode_article);
    add_list(map, pack_key::questions, pack.questions, encode_question);
    if (!pack.lesson_certificate.empty()) map.add(pack_key::lesson_certificate, cbor::make_bytes(pack.lesson_certificate));
    Bytes payload = cbor::encode(map.finish());
    // The parser is the one place that knows the limits; a payload it refuses is never signed.
    if (auto read_back = decode_education_pack(payload, 0); !read_back) return std::unexpected(read_back.error());
    return payload;
}

}  // namespace pipa::learn
