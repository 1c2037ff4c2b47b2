#include "page/report.hpp"

#include <utility>

#include "base/json_writer.hpp"
#include "page/pin.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

// The market regulator's line, the farming line, and the city's line, which passes on what it is told.
std::string_view line_of(BoughtAt place) noexcept {
    switch (place) {
        case BoughtAt::Market:
        case BoughtAt::Online: return "12315";
        case BoughtAt::Farm: return "12316";
        case BoughtAt::Unknown: return "12345";
    }
    return "12345";
}

void add_line(std::string& text, const std::string& line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
}

std::string text_of(const Judgement& judgement, const TrustStore& trust, std::string_view code, Problem problem, const std::string& evidence, const Catalogue& catalogue) {
    const AnswerView answer = make_answer(judgement, trust, catalogue);
    std::string out;
    add_line(out, catalogue.format("report.opening", {{"problem", catalogue.text("report.problem." + std::string{problem_name(problem)})}}));
    std::string goods;
    for (const RowView& row : answer.summary.rows) {
        if (row.id == "product" || row.id == "quantity") goods += (goods.empty() ? "" : " · ") + row.value;
        if (row.id == "promised_by") add_line(goods, row.label + ": " + row.value);
    }
    add_line(out, goods);
    if (judgement.certificate) add_line(out, catalogue.text("row.number") + ": " + judgement.certificate->certificate.number);
    add_line(out, catalogue.format("report.answer", {{"word", answer.verdict.word}, {"reason", answer.verdict.reason}, {"code", answer.verdict.reason_code}}));
    for (const std::string_view blank : {"report.blank.place", "report.blank.seller", "report.blank.date"}) add_line(out, catalogue.text(blank) + " ____");
    std::string proof = answer.freshness.text;
    if (!evidence.empty()) proof = catalogue.format("report.evidence", {{"id", evidence}, {"freshness", proof}});
    if (!answer.demo_notice.empty()) proof += " · " + answer.demo_notice;
    add_line(out, proof);
    add_line(out, std::string{code});
    return out;
}

template <typename Choices, typename NameOf>
std::vector<ReportChoice> choices_of(const Catalogue& catalogue, const Choices& all, std::string_view family, NameOf name_of) {
    std::vector<ReportChoice> out;
    for (const auto one : all) out.push_back({std::string{name_of(one)}, catalogue.text(std::string{family} + std::string{name_of(one)})});
    return out;
}

void write_choices(JsonWriter& json, std::string_view key, const std::vector<ReportChoice>& choices) {
    json.key(key).begin_array();
    for (const ReportChoice& choice : choices) json.begin_object().member("id", choice.id).member("label", choice.label).end_object();
    json.end_array();
}

}  // namespace

std::string_view bought_at_name(BoughtAt place) noexcept {
    switch (place) {
        case BoughtAt::Market: return "market";
        case BoughtAt::Online: return "online";
        case BoughtAt::Farm: return "farm";
        case BoughtAt::Unknown: return "unknown";
    }
    return {};
}

std::string_view problem_name(Problem problem) noexcept {
    switch (problem) {
        case Problem::Certificate: return "certificate";
        case Problem::StillSold: return "still_sold";
        case Problem::Quality: return "quality";
        case Problem::Ill: return "ill";
    }
    return {};
}

ReportView make_report(const Judgement& judgement, const TrustStore& trust, std::string_view code, BoughtAt place, Problem problem, const Catalogue& catalogue) {
    ReportView out{.places = choices_of(catalogue, all_places, "report.place.", bought_at_name), .problems = choices_of(catalogue, all_problems, "report.problem.", problem_name)};
    out.line = line_of(place);
    out.line_text = catalogue.text("report.line." + out.line);
    if (problem == Problem::Ill) out.advice = catalogue.text("report.advice.ill");
    out.evidence = make_pin(judgement);
    out.text = text_of(judgement, trust, code, problem, out.evidence, catalogue);
    return out;
}

std::string to_json(const ReportView& view) {
    JsonWriter json;
    json.begin_object();
    write_choices(json, "places", view.places);
    write_choices(json, "problems", view.problems);
    json.member("line", view.line).member("line_text", view.line_text).optional_member("advice", view.advice).member("text", view.text);
    return json.optional_member("evidence", view.evidence).end_object().finish();
}

}  // namespace pipa
