#include "learn/learn_json.hpp"

#include "base/json_writer.hpp"
#include "page/view_json.hpp"

namespace pipa {
namespace {

// Quarters as a short decimal: 13 -> "3.25".
std::string units(int quarters) {
    constexpr std::string_view fractions[] = {"", ".25", ".5", ".75"};
    std::string out = quarters < 0 ? "-" : "";
    const int size = quarters < 0 ? -quarters : quarters;
    out += std::to_string(size / learn::quarters_per_unit);
    return out + std::string{fractions[size % learn::quarters_per_unit]};
}

std::string path_data(const learn::Path& path) {
    std::string out;
    std::size_t at = 0;
    const auto add_points = [&](char command, std::size_t count) {
        out += command;
        for (std::size_t i = 0; i < count; ++i, ++at)
            out += (i == 0 ? "" : " ") + units(path.points[at].x) + " " + units(path.points[at].y);
    };
    add_points('M', 1);
    for (const learn::Segment segment : path.segments)
        if (segment == learn::Segment::Curve) add_points('C', 3);
        else add_points('L', 1);
    return path.closed ? out + "Z" : out;
}

void write_strings(JsonWriter& json, std::string_view key, std::span<const std::string> texts) {
    json.key(key).begin_array();
    for (const std::string& text : texts) json.value(text);
    json.end_array();
}

void write_number(JsonWriter& json, std::string_view key, int quarters) { json.key(key).raw(units(quarters)); }

void write(JsonWriter& json, const learn::Shape& shape) {
    json.begin_object();
    if (shape.label.text.empty()) {
        json.member("d", path_data(shape.path));
    } else {
        json.member("text", shape.label.text);
        write_number(json, "x", shape.label.at.x);
        write_number(json, "y", shape.label.at.y);
        write_number(json, "size", shape.label.size);
    }
    if (shape.fill != learn::Colour::None) json.member("fill", learn::palette_entry(shape.fill).name);
    if (shape.stroke != learn::Colour::None) {
        json.member("stroke", learn::palette_entry(shape.stroke).name);
        write_number(json, "stroke_width", shape.stroke_width);
    }
    json.end_object();
}

void write(JsonWriter& json, const learn::Drawing& drawing) {
    json.begin_object();
    write_number(json, "width", drawing.width);
    write_number(json, "height", drawing.height);
    json.key("shapes").begin_array();
    for (const learn::Shape& shape : drawing.shapes) write(json, shape);
    json.end_array().end_object();
}

void write(JsonWriter& json, const std::vector<SpanView>& line) {
    json.begin_array();
    for (const SpanView& span : line)
        json.begin_object().member("kind", span.kind).member("text", span.text).optional_member("term", span.term).end_object();
    json.end_array();
}

void write(JsonWriter& json, const BlockView& block) {
    json.begin_object().member("kind", block.kind).optional_member("label", block.label);
    if (!block.lines.empty()) {
        json.key("lines").begin_array();
        for (const auto& line : block.lines) write(json, line);
        json.end_array();
    }
    if (block.drawing != nullptr) {
        json.member("description", block.description).key("drawing");
        write(json, *block.drawing);
    }
    json.end_object();
}

void write_sources(JsonWriter& json, const std::vector<SourceView>& sources) {
    json.key("sources").begin_array();
    for (const SourceView& source : sources)
        json.begin_object().member("number", source.number).member("title", source.title).member("checked", source.checked)
            .optional_member("standing", source.standing).end_object();
    json.end_array();
}

void write_door(JsonWriter& json, std::string_view key, const std::optional<DoorView>& door) {
    if (door) json.key(key).begin_object().member("title", door->title).member("text", door->text).end_object();
}

JsonWriter begin(const std::string& language, const std::string& title) {
    JsonWriter json;
    json.begin_object().member("version", learn_view_version).member("language", language).member("title", title);
    return json;
}

void write(JsonWriter& json, const ArticleCardView& card) {
    json.begin_object().member("id", card.id).member("title", card.title).member("summary", card.summary);
    if (card.drawing != nullptr) {
        json.key("drawing");
        write(json, *card.drawing);
    }
    json.end_object();
}

void write(JsonWriter& json, const QuestionView& question) {
    json.begin_object().member("id", question.id).member("progress", question.progress).member("question", question.question);
    write_strings(json, "options", question.options);
    json.member("answer", question.answer).member("why", question.why);
    write_sources(json, question.sources);
    json.key("article").begin_object().member("id", question.article_id).member("title", question.article_title).end_object().end_object();
}

void write(JsonWriter& json, const CheatFieldView& field) {
    json.begin_object().member("id", field.id).member("label", field.label).member("original", field.original).key("options").begin_array();
    for (const CheatOptionView& option : field.options)
        json.begin_object().member("value", option.change.value).member("text", option.text).end_object();
    json.end_array().end_object();
}

}  // namespace

std::string to_json(const learn::Drawing& drawing) {
    JsonWriter json;
    write(json, drawing);
    return json.finish();
}

std::string to_json(const LearnHomeView& view) {
    JsonWriter json = begin(view.language, view.title);
    json.member("edition", view.edition).key("topics").begin_array();
    for (const TopicView& topic : view.topics) {
        json.begin_object().member("id", topic.id).member("name", topic.name).key("articles").begin_array();
        for (const ArticleCardView& card : topic.articles) write(json, card);
        json.end_array().end_object();
    }
    json.end_array();
    write_door(json, "quiz", view.quiz);
    write_door(json, "cheat", view.cheat);
    return json.end_object().finish();
}

std::string to_json(const ArticleView& view) {
    JsonWriter json = begin(view.language, view.title);
    json.member("id", view.id).member("topic", view.topic).member("summary", view.summary).key("blocks").begin_array();
    for (const BlockView& block : view.blocks) write(json, block);
    json.end_array().member("words_title", view.words_title).key("words").begin_array();
    for (const WordView& word : view.words)
        json.begin_object().member("id", word.id).member("name", word.name).member("meaning", word.meaning).end_object();
    json.end_array().member("sources_title", view.sources_title);
    write_sources(json, view.sources);
    json.key("next").begin_object().member("id", view.next_id).member("title", view.next_title).end_object();
    return json.end_object().finish();
}

std::string to_json(const QuizView& view) {
    JsonWriter json = begin(view.language, view.title);
    json.key("questions").begin_array();
    for (const QuestionView& question : view.questions) write(json, question);
    json.end_array();
    write_strings(json, "scores", view.scores);
    return json.end_object().finish();
}

// The verdict's own view is written by src/page; it is put in as it is, so that there is one form of it.
std::string to_json(const CheatLessonView& view) {
    JsonWriter json = begin(view.language, view.title);
    write_strings(json, "introduction", view.introduction);
    json.key("original").raw(to_json(view.original)).key("fields").begin_array();
    for (const CheatFieldView& field : view.fields) write(json, field);
    json.end_array().member("copy_label", view.copy_label).member("again_label", view.again_label);
    return json.end_object().finish();
}

std::string to_json(const PickGameView& view) {
    JsonWriter json = begin(view.language, view.title);
    json.member("text", view.text).member("introduction", view.introduction).key("rounds").begin_array();
    for (const PickRoundView& round : view.rounds) {
        json.begin_object().member("progress", round.progress).member("question", round.question).key("days").begin_array();
        for (const PickDayView& day : round.days)
            json.begin_object().member("text", day.text).member("label", day.label).member("right", day.right).member("answer", day.answer).end_object();
        json.end_array().member("source", round.source);
        if (!round.demo.empty()) json.member("demo", round.demo);
        json.end_object();
    }
    json.end_array().member("done", view.done);
    json.key("article").begin_object().member("id", view.article_id).member("title", view.article_title).end_object();
    return json.end_object().finish();
}

std::string to_json(const CheatOutcomeView& view) {
    JsonWriter json;
    json.begin_object().member("version", learn_view_version).member("did", view.did).key("view").raw(to_json(view.view));
    write_strings(json, "explanation", view.explanation);
    return json.end_object().finish();
}

}  // namespace pipa
