#include "lesson/learn_json.hpp"

#include <nlohmann/json.hpp>

#include "page/view_json.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;

// Texts were checked as UTF-8 when the pack was read; the replacing handler only keeps a later slip from ending the program.
std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Quarters as a short decimal: 13 -> "3.25".
std::string units(int quarters) {
    constexpr std::string_view fractions[] = {"", ".25", ".5", ".75"};
    std::string out = quarters < 0 ? "-" : "";
    const int size = quarters < 0 ? -quarters : quarters;
    out += std::to_string(size / learn::quarters_per_unit);
    return out + std::string{fractions[size % learn::quarters_per_unit]};
}

double number(int quarters) { return static_cast<double>(quarters) / learn::quarters_per_unit; }

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

Json json_of(const learn::Shape& shape) {
    Json out;
    if (shape.label.text.empty()) out["d"] = path_data(shape.path);
    else out = {{"text", shape.label.text}, {"x", number(shape.label.at.x)}, {"y", number(shape.label.at.y)}, {"size", number(shape.label.size)}};
    if (shape.fill != learn::Colour::None) out["fill"] = learn::palette_entry(shape.fill).name;
    if (shape.stroke != learn::Colour::None) {
        out["stroke"] = learn::palette_entry(shape.stroke).name;
        out["stroke_width"] = number(shape.stroke_width);
    }
    return out;
}

Json json_of(const learn::Drawing& drawing) {
    Json shapes = Json::array();
    for (const learn::Shape& shape : drawing.shapes) shapes.push_back(json_of(shape));
    return {{"width", number(drawing.width)}, {"height", number(drawing.height)}, {"shapes", std::move(shapes)}};
}

Json json_of(const BlockView& block) {
    Json out = {{"kind", block.kind}};
    if (!block.label.empty()) out["label"] = block.label;
    for (const auto& line : block.lines) {
        Json spans = Json::array();
        for (const SpanView& span : line) {
            Json each = {{"kind", span.kind}, {"text", span.text}};
            if (!span.term.empty()) each["term"] = span.term;
            spans.push_back(std::move(each));
        }
        out["lines"].push_back(std::move(spans));
    }
    if (block.drawing != nullptr) {
        out["description"] = block.description;
        out["drawing"] = json_of(*block.drawing);
    }
    return out;
}

Json json_of(const std::vector<SourceView>& sources) {
    Json out = Json::array();
    for (const SourceView& source : sources) {
        out.push_back({{"number", source.number}, {"title", source.title}, {"checked", source.checked}});
        if (!source.standing.empty()) out.back()["standing"] = source.standing;
    }
    return out;
}

Json json_of(const DoorView& door) { return {{"title", door.title}, {"text", door.text}}; }

// The verdict's own view is written by src/page; it is put in as it is, so that there is one form of it.
Json json_of(const View& view) { return Json::parse(to_json(view)); }

Json begin(const std::string& language, const std::string& title) {
    return {{"version", learn_view_version}, {"language", language}, {"title", title}};
}

}  // namespace

std::string to_json(const learn::Drawing& drawing) { return dump(json_of(drawing)); }

std::string to_json(const LearnHomeView& view) {
    Json out = begin(view.language, view.title);
    out["edition"] = view.edition;
    out["topics"] = Json::array();
    for (const TopicView& topic : view.topics) {
        Json articles = Json::array();
        for (const ArticleCardView& card : topic.articles) {
            articles.push_back({{"id", card.id}, {"title", card.title}, {"summary", card.summary}});
            if (card.drawing != nullptr) articles.back()["drawing"] = json_of(*card.drawing);
        }
        out["topics"].push_back({{"id", topic.id}, {"name", topic.name}, {"articles", std::move(articles)}});
    }
    if (view.quiz) out["quiz"] = json_of(*view.quiz);
    if (view.cheat) out["cheat"] = json_of(*view.cheat);
    return dump(out);
}

std::string to_json(const ArticleView& view) {
    Json out = begin(view.language, view.title);
    out["id"] = view.id;
    out["topic"] = view.topic;
    out["summary"] = view.summary;
    out["blocks"] = Json::array();
    for (const BlockView& block : view.blocks) out["blocks"].push_back(json_of(block));
    out["words_title"] = view.words_title;
    out["words"] = Json::array();
    for (const WordView& word : view.words) out["words"].push_back({{"id", word.id}, {"name", word.name}, {"meaning", word.meaning}});
    out["sources_title"] = view.sources_title;
    out["sources"] = json_of(view.sources);
    out["next"] = {{"id", view.next_id}, {"title", view.next_title}};
    return dump(out);
}

std::string to_json(const QuizView& view) {
    Json out = begin(view.language, view.title);
    out["questions"] = Json::array();
    for (const QuestionView& question : view.questions)
        out["questions"].push_back({{"id", question.id}, {"progress", question.progress}, {"question", question.question}, {"options", question.options},
                                    {"answer", question.answer}, {"why", question.why}, {"sources", json_of(question.sources)},
                                    {"article", {{"id", question.article_id}, {"title", question.article_title}}}});
    out["scores"] = view.scores;
    return dump(out);
}

std::string to_json(const CheatLessonView& view) {
    Json out = begin(view.language, view.title);
    out["introduction"] = view.introduction;
    out["original"] = json_of(view.original);
    out["fields"] = Json::array();
    for (const CheatFieldView& field : view.fields) {
        Json options = Json::array();
        for (const CheatOptionView& option : field.options) options.push_back({{"value", option.change.value}, {"text", option.text}});
        out["fields"].push_back({{"id", field.id}, {"label", field.label}, {"original", field.original}, {"options", std::move(options)}});
    }
    out["copy_label"] = view.copy_label;
    out["again_label"] = view.again_label;
    return dump(out);
}

std::string to_json(const CheatOutcomeView& view) {
    return dump({{"version", learn_view_version}, {"did", view.did}, {"view", json_of(view.view)}, {"explanation", view.explanation}});
}

}  // namespace pipa
