#include "page/comparison.hpp"

#include <algorithm>
#include <utility>

#include "base/json_writer.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

class Table {
public:
    explicit Table(const Catalogue& catalogue) : m_catalogue(catalogue) {}

    void put(const std::string& id, const std::string& label, std::size_t side, CompareCell cell) {
        auto row = std::ranges::find_if(m_rows, [&](const CompareRow& known) { return known.id == id && known.label == label; });
        if (row == m_rows.end()) row = m_rows.insert(m_rows.end(), CompareRow{.id = id, .label = label});
        row->cells[side] = std::move(cell);
    }
    void put(const RowView& row, std::size_t side) { put(row.id, row.label, side, {row.value, row.note, row.level}); }

    [[nodiscard]] std::vector<CompareRow> finish() {
        for (CompareRow& row : m_rows)
            for (CompareCell& cell : row.cells)
                if (cell.value.empty()) cell.value = m_catalogue.text("compare.nothing");
        return std::move(m_rows);
    }

private:
    const Catalogue& m_catalogue;
    std::vector<CompareRow> m_rows{};
};

CompareHead head_of(const View& view) { return {view.title, view.verdict.level, view.verdict.icon, view.verdict.word}; }

void add_age(Table& table, const Judgement& judgement, std::size_t side, const Catalogue& catalogue) {
    if (!judgement.certificate || !judgement.certificate->certificate.harvest_day) return;
    const std::int64_t days = day_of(judgement.now_unix_s) - *judgement.certificate->certificate.harvest_day;
    if (days < 0) return;  // said as a reason
    const bool one = days == 1 && catalogue.has("compare.days.one");
    table.put("age", catalogue.text("compare.age"), side, {catalogue.format(one ? "compare.days.one" : "compare.days", {{"days", std::to_string(days)}}), {}, {}});
}

void add_section(Table& table, const View& view, std::string_view id, std::size_t side) {
    const auto found = std::ranges::find(view.sections, id, &SectionView::id);
    if (found == view.sections.end()) return;
    for (const RowView& row : found->rows) table.put(row, side);
}

void add_side(Table& table, const Judgement& judgement, const View& view, std::size_t side, const Catalogue& catalogue) {
    table.put("answer", catalogue.text("compare.answer"), side, {view.verdict.word, view.verdict.reason, view.verdict.level});
    for (const RowView& row : view.summary.rows) {
        table.put(row, side);
        if (row.id == "harvest") add_age(table, judgement, side, catalogue);
    }
    std::vector<std::string> labels;
    for (const RowView& badge : view.summary.badges) labels.push_back(badge.value.empty() ? badge.label : badge.label + " (" + badge.value + ")");
    if (!labels.empty()) table.put("labels", catalogue.text("section.labels"), side, {join(catalogue, labels), {}, {}});
    add_section(table, view, "grades", side);
}

}  // namespace

ComparisonView make_comparison(const Judgement& one, const Judgement& other, const TrustStore& trust, const Catalogue& catalogue) {
    const std::array<const Judgement*, 2> judgements = {&one, &other};
    ComparisonView out{.title = catalogue.text("compare.title"), .text = catalogue.text("compare.text")};
    Table table(catalogue);
    for (std::size_t side = 0; side < judgements.size(); ++side) {
        const View view = make_view(*judgements[side], trust, catalogue);
        out.heads[side] = head_of(view);
        add_side(table, *judgements[side], view, side, catalogue);
    }
    out.rows = table.finish();
    return out;
}

std::string to_json(const ComparisonView& view) {
    JsonWriter json;
    json.begin_object().member("title", view.title).member("text", view.text).key("heads").begin_array();
    for (const CompareHead& head : view.heads)
        json.begin_object().member("title", head.title).member("level", head.level).member("icon", head.icon).member("word", head.word).end_object();
    json.end_array().key("rows").begin_array();
    for (const CompareRow& row : view.rows) {
        json.begin_object().member("id", row.id).member("label", row.label).key("cells").begin_array();
        for (const CompareCell& cell : row.cells)
            json.begin_object().member("value", cell.value).optional_member("note", cell.note).optional_member("level", cell.level).end_object();
        json.end_array().end_object();
    }
    return json.end_array().end_object().finish();
}

}  // namespace pipa
