#include "learn/open_pack.hpp"
#include "learn/pick.hpp"
#include "limits/limits.hpp"
#include "support/catalogues.hpp"
#include "support/signing.hpp"

namespace pipa::test {
namespace {

using namespace learn;

// The smallest pack that is one, with one of everything.
EducationPack sample() {
    const Text text{"文", "text"};
    const Body body = {{.kind = BlockKind::Action, .lines = {{{.text = "文"}}}}};
    EducationPack pack{.version = 1, .issued_unix_s = 1'795'138'200, .title = text};
    pack.topics.push_back({"topic", text});
    pack.sources.push_back({"source", text, 20'595, "R1", learn::Standing::Read});
    pack.terms.push_back({"term", text, text});
    pack.drawings.push_back({"drawing", 400, 400, {{.fill = Colour{1}, .path = {{Segment::Line}, {{0, 0}, {4, 4}}, false}}}});
    pack.articles.push_back({"article", 0, text, text, body, body});
    pack.questions.push_back({"question", 0, text, {text, text}, 0, text, {0}});
    return pack;
}

template <typename Change>
std::string pack(Change change) {
    EducationPack made = sample();
    change(made);
    return code_of(encode_education_pack(made));
}

// So many copies of the first entry, each with an id of its own.
template <typename List>
void fill(List& list, std::size_t count) {
    const auto first = list.front();
    list.clear();
    for (std::size_t i = 0; i < count; ++i) {
        list.push_back(first);
        list.back().id = "id-" + std::to_string(i);
    }
}

std::string pack_bytes(std::size_t size) { return code_of(open_education_pack(Bytes(size), Bytes(32), TrustStore{})); }
std::string id_of(std::size_t size) { return pack([=](EducationPack& p) { p.topics[0].id = std::string(size, 'a'); }); }
std::string title_of(std::size_t size) { return pack([=](EducationPack& p) { p.title.en = std::string(size, 'a'); }); }
std::string text_of(std::size_t size) { return pack([=](EducationPack& p) { p.articles[0].summary.en = std::string(size, 'a'); }); }
std::string span_of(std::size_t size) {
    return pack([=](EducationPack& p) { p.articles[0].en[0].lines[0][0].text = std::string(size, 'a'); }); }
std::string topics_of(std::size_t count) { return pack([=](EducationPack& p) { fill(p.topics, count); }); }
std::string articles_of(std::size_t count) { return pack([=](EducationPack& p) { fill(p.articles, count); }); }
std::string sources_of(std::size_t count) { return pack([=](EducationPack& p) { fill(p.sources, count); }); }
std::string terms_of(std::size_t count) { return pack([=](EducationPack& p) { fill(p.terms, count); }); }
std::string questions_of(std::size_t count) { return pack([=](EducationPack& p) { fill(p.questions, count); }); }
std::string drawings_of(std::size_t count) { return pack([=](EducationPack& p) { fill(p.drawings, count); }); }
std::string blocks_of(std::size_t count) {
    return pack([=](EducationPack& p) {
        Body& body = p.articles[0].en;
        body.insert(body.begin(), count - 1, {.kind = BlockKind::Paragraph, .lines = {{{.text = "a"}}}});
    });
}
std::string block_of(BlockKind kind, std::size_t lines) {
    return pack([=](EducationPack& p) {
        Body& body = p.articles[0].en;
        body.insert(body.begin(), {.kind = kind, .lines = std::vector<Line>(lines, {{.text = "a"}})});
    });
}
std::string spans_of(std::size_t count) { return pack([=](EducationPack& p) { p.articles[0].en[0].lines[0].assign(count, {.text = "a"});
    }); }
std::string options_of(std::size_t count) { return pack([=](EducationPack& p) { p.questions[0].options.assign(count, {"文", "text"}); }); }
std::string sources_of_question(std::size_t count) { return pack([=](EducationPack& p) { p.questions[0].sources.assign(count, 0); }); }
std::string answer_of_question(std::uint32_t answer) { return pack([=](EducationPack& p) { p.questions[0].answer = answer; }); }
std::string certificate_of(std::size_t size) { return pack([=](EducationPack& p) { p.lesson_certificate = Bytes(size); }); }
std::string topic_at(std::uint32_t index) {  // refused for its range, or because there is none
    return pack([=](EducationPack& p) { p.articles[0].topic = index; });
}
std::string picture_at(std::uint32_t index) {
    return pack([=](EducationPack& p) { p.articles[0].en.insert(p.articles[0].en.begin(),
        {.kind = BlockKind::Picture, .drawing = index, .description = "d"}); });
}
std::string span_to(SpanKind kind, std::uint32_t index) {
    return pack([=](EducationPack& p) { p.articles[0].en[0].lines[0].push_back({.kind = kind, .text = kind == SpanKind::Term ? "a" : "",
        .reference = index}); });
}
std::string source_of_question(std::uint32_t index) { return pack([=](EducationPack& p) { p.questions[0].sources = {index}; }); }
std::string standing_of(int standing) {
    return pack([=](EducationPack& p) { p.sources[0].standing = static_cast<learn::Standing>(standing); }); }
std::string reference_of(std::size_t size) { return pack([=](EducationPack& p) { p.sources[0].reference = std::string(size, 'R'); }); }

// --- Drawings ---

template <typename Change>
std::string drawing(Change change) {
    return pack([=](EducationPack& p) { change(p.drawings[0]); });
}
std::string width_of(int quarters) { return drawing([=](Drawing& d) { d.width = quarters; }); }
std::string height_of(int quarters) { return drawing([=](Drawing& d) { d.height = quarters; }); }
std::string shapes_of(std::size_t count) { return drawing([=](Drawing& d) { d.shapes.assign(count, Shape{d.shapes[0]}); }); }
Shape path_of(std::size_t points) { return {.fill = Colour{1}, .path = {std::vector<Segment>(points - 1), std::vector<Point>(points),
    false}}; }
std::string points_of_path(std::size_t points) { return drawing([=](Drawing& d) { d.shapes = {path_of(points)}; }); }
std::string points_in_all(std::size_t points) {
    return drawing([=](Drawing& d) {
        d.shapes.assign(points / 300, path_of(300));
        if (points % 300 > 0) d.shapes[0] = path_of(300 + points % 300);
    });
}
Shape label_of(std::size_t size, int type) { return {.fill = Colour{1}, .label = {std::string(size, 'a'), {4, 4}, type}}; }
std::string label_bytes(std::size_t size) { return drawing([=](Drawing& d) { d.shapes = {label_of(size, 40)}; }); }
std::string label_size(int type) { return drawing([=](Drawing& d) { d.shapes = {label_of(1, type)}; }); }
std::string colour_of(int number) { return drawing([=](Drawing& d) { d.shapes[0].fill = static_cast<Colour>(number); }); }
std::string stroke_of(int quarters) {
    return drawing([=](Drawing& d) {
        d.shapes[0].stroke = Colour{1};
        d.shapes[0].stroke_width = quarters;
    });
}
std::string point_at(int x) { return drawing([=](Drawing& d) { d.shapes[0].path.points[1].x = x; }); }

// Whether a calendar is made for a wait of so many days.
std::string pick_of(std::int64_t days) {
    FieldData field;
    field.intervals.push_back({.substance = "毒死蜱", .products = {2002}, .days = days});
    const std::vector<NamedCode> goods = {{2002, {"芹菜", "celery"}}};
    return make_pick_game(field, goods, 1'795'138'200, english()) ? "a round" : "none";
}

}  // namespace

std::vector<Limit> limits_of_learn() {
    constexpr std::size_t one_mib = std::size_t{1} << 20;
    constexpr int colours = static_cast<int>(palette.size());
    return {
        {"learn/education_pack.hpp", "max_pack_bytes", [] { return pack_bytes(one_mib); }, "cbor.trailing_bytes",
            [] { return pack_bytes(one_mib + 1); }, "learn.too_large"},
        {"learn/education_pack.hpp", "max_id_bytes", [] { return id_of(32); }, "ok", [] { return id_of(33); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_title_bytes", [] { return title_of(160); }, "ok", [] { return title_of(161); },
            "learn.bad_field"},
        {"learn/education_pack.hpp", "max_text_bytes", [] { return text_of(1200); }, "ok", [] { return text_of(1201); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_text_bytes", [] { return span_of(1200); }, "ok", [] { return span_of(1201); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_topics", [] { return topics_of(16); }, "ok", [] { return topics_of(17); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_articles", [] { return articles_of(64); }, "ok", [] { return articles_of(65); },
            "learn.bad_field"},
        {"learn/education_pack.hpp", "max_sources", [] { return sources_of(200); }, "ok", [] { return sources_of(201); },
            "learn.bad_field"},
        {"learn/education_pack.hpp", "max_terms", [] { return terms_of(100); }, "ok", [] { return terms_of(101); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_questions", [] { return questions_of(200); }, "ok", [] { return questions_of(201); },
            "learn.bad_field"},
        {"learn/education_pack.hpp", "max_blocks", [] { return blocks_of(64); }, "ok", [] { return blocks_of(65); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_items", [] { return block_of(BlockKind::Bullets, 16); }, "ok",
            [] { return block_of(BlockKind::Bullets, 17); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_items", [] { return block_of(BlockKind::Paragraph, 1); }, "ok",
            [] { return block_of(BlockKind::Paragraph, 2); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_items", [] { return block_of(BlockKind::Heading, 1); }, "ok",
            [] { return block_of(BlockKind::Heading, 2); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_spans", [] { return spans_of(48); }, "ok", [] { return spans_of(49); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_spans", [] { return spans_of(1); }, "ok", [] { return spans_of(0); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_options", [] { return options_of(4); }, "ok", [] { return options_of(5); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_options", [] { return options_of(2); }, "ok", [] { return options_of(1); }, "learn.bad_field"},
        {"learn/education_pack.hpp", "max_lesson_certificate_bytes", [] { return certificate_of(1024); }, "ok",
            [] { return certificate_of(1025); }, "learn.bad_field"},
        {"learn/education_pack_decode.cpp", "max_sources_of_question", [] { return sources_of_question(8); }, "ok",
            [] { return sources_of_question(9); }, "learn.bad_field"},
        {"learn/education_pack_decode.cpp", "index_range", [] { return topic_at(INT16_MAX); }, "learn.bad_reference",
            [] { return topic_at(INT16_MAX + 1); }, "learn.bad_field"},
        {"learn/education_pack_decode.cpp", "index_range", [] { return picture_at(INT16_MAX); }, "learn.bad_reference",
            [] { return picture_at(INT16_MAX + 1); }, "learn.bad_field"},
        {"learn/education_pack_decode.cpp", "index_range", [] { return span_to(SpanKind::Source, INT16_MAX); }, "learn.bad_reference",
            [] { return span_to(SpanKind::Source, INT16_MAX + 1); }, "learn.bad_field"},
        {"learn/education_pack_decode.cpp", "index_range", [] { return span_to(SpanKind::Term, INT16_MAX); }, "learn.bad_reference",
            [] { return span_to(SpanKind::Term, INT16_MAX + 1); }, "learn.bad_field"},
        {"learn/education_pack_decode.cpp", "index_range", [] { return source_of_question(INT16_MAX); }, "learn.bad_reference",
            [] { return source_of_question(INT16_MAX + 1); }, "learn.bad_field"},
        // What a reference leads to is there, or it is not.
        {"learn/education_pack_decode.cpp", "what references lead to", [] { return topic_at(0); }, "ok", [] { return topic_at(1); },
            "learn.bad_reference"},
        {"learn/education_pack_decode.cpp", "what references lead to", [] { return picture_at(0); }, "ok", [] { return picture_at(1); },
            "learn.bad_reference"},
        {"learn/education_pack_decode.cpp", "what references lead to", [] { return span_to(SpanKind::Source, 0); }, "ok",
            [] { return span_to(SpanKind::Source, 1); }, "learn.bad_reference"},
        {"learn/education_pack_decode.cpp", "what references lead to", [] { return span_to(SpanKind::Term, 0); }, "ok",
            [] { return span_to(SpanKind::Term, 1); }, "learn.bad_reference"},
        {"learn/education_pack_decode.cpp", "what references lead to", [] { return source_of_question(0); }, "ok",
            [] { return source_of_question(1); }, "learn.bad_reference"},
        {"learn/education_pack_decode.cpp", "what references lead to", [] { return answer_of_question(1); }, "ok",
            [] { return answer_of_question(2); }, "learn.bad_field"},
        {"learn/education_pack_decode.cpp", "standing of a source", [] { return standing_of(2); }, "ok", [] { return standing_of(3); },
            "learn.bad_field"},
        {"learn/education_pack_decode.cpp", "reference of a source", [] { return reference_of(16); }, "ok",
            [] { return reference_of(17); }, "learn.bad_field"},
        {"learn/education_pack_decode.cpp", "drawings of a pack", [] { return drawings_of(100); }, "ok", [] { return drawings_of(101); },
            "learn.bad_field"},
        {"learn/drawing.hpp", "max_drawing_quarters", [] { return width_of(4000); }, "ok", [] { return width_of(4001); },
            "learn.bad_field"},
        {"learn/drawing.hpp", "max_drawing_quarters", [] { return height_of(4000); }, "ok", [] { return height_of(4001); },
            "learn.bad_field"},
        {"learn/drawing.hpp", "max_drawing_quarters", [] { return width_of(4); }, "ok", [] { return width_of(3); }, "learn.bad_field"},
        {"learn/drawing.hpp", "max_shapes", [] { return shapes_of(400); }, "ok", [] { return shapes_of(401); }, "learn.bad_field"},
        {"learn/drawing.hpp", "max_path_points", [] { return points_of_path(400); }, "ok", [] { return points_of_path(401); },
            "learn.bad_field"},
        {"learn/drawing.hpp", "max_path_points", [] { return points_of_path(2); }, "ok", [] { return points_of_path(1); },
            "learn.bad_field"},
        {"learn/drawing.hpp", "max_drawing_points", [] { return points_in_all(6000); }, "ok", [] { return points_in_all(6001); },
            "learn.bad_field"},
        {"learn/drawing.hpp", "max_label_bytes", [] { return label_bytes(48); }, "ok", [] { return label_bytes(49); }, "learn.bad_field"},
        {"learn/drawing.cpp", "size of lettering", [] { return label_size(800); }, "ok", [] { return label_size(801); }, "learn.bad_field"},
        {"learn/drawing.cpp", "size of lettering", [] { return label_size(4); }, "ok", [] { return label_size(3); }, "learn.bad_field"},
        {"learn/pick.hpp", "max_pick_days", [] { return pick_of(35); }, "a round", [] { return pick_of(36); }, "none"},
        {"learn/drawing.cpp", "colour_range", [] { return colour_of(colours); }, "ok", [] { return colour_of(colours + 1); },
            "learn.bad_field"},
        {"learn/drawing.cpp", "width_range", [] { return stroke_of(400); }, "ok", [] { return stroke_of(401); }, "learn.bad_field"},
        {"learn/drawing.cpp", "width_range", [] { return stroke_of(0); }, "ok", [] { return stroke_of(-1); }, "learn.bad_field"},
        {"learn/drawing.cpp", "coordinate_range", [] { return point_at(8000); }, "ok", [] { return point_at(8001); }, "learn.bad_field"},
        {"learn/drawing.cpp", "coordinate_range", [] { return point_at(-4000); }, "ok", [] { return point_at(-4001); }, "learn.bad_field"},
    };
}

}  // namespace pipa::test
