// The lot's way in time, with its gaps shown as gaps; and every statement with its standing.
#include <algorithm>

#include "page/drawings.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

using cose::StatementType;

constexpr std::int64_t shown_gap_days = 21;   // between two records
constexpr std::int64_t shown_silence_days = 3;  // from the last record to now

struct Event {
    DayNumber day{};
    int order{};  // among events of one day: as the work goes, then as the file has them
    RowView row{};
};

class Timeline {
public:
    explicit Timeline(const ViewInput& input) : m_input(input), m_catalogue(input.catalogue), m_days(input.catalogue) {}

    std::vector<Event> collect() {
        for (const Piece& piece : standing_pieces(m_input.judgement, StatementType::Work, Relation::Lot)) add_work(piece);
        for (const Piece& piece : standing_pieces(m_input.judgement, StatementType::Input, Relation::Lot)) add_use(piece);
        for (const Piece& piece : standing_pieces(m_input.judgement, StatementType::Test, Relation::Lot)) add_test(piece);
        for (const Piece& piece : standing_pieces(m_input.judgement, StatementType::Notice, Relation::Lot))
            add(piece, piece.said.day(notice_key::since), 9, show_choice(m_catalogue, piece.said, notice_key::kind, "kind"), m_catalogue.pick(piece.said.local(notice_key::title)));
        const Certificate& certificate = m_input.judgement.certificate->certificate;
        add_row(day_of(certificate.issued_unix_s), 5, {"event", {}, m_catalogue.text("value.event_issued"), certificate.number, std::string{voucher::producer}});
        std::ranges::sort(m_events, {}, [](const Event& event) { return std::pair{event.day, event.order}; });
        return std::move(m_events);
    }

private:
    void add_row(DayNumber day, int order, RowView row) {
        row.label = m_days.show(day);
        m_events.push_back({day, order * 10'000 + static_cast<int>(m_events.size()), std::move(row)});
    }

    void add(const Piece& piece, std::optional<DayNumber> day, int order, std::string value, std::string note) {
        if (day) add_row(*day, order, {"event", {}, std::move(value), std::move(note), voucher_id(m_input.judgement, piece.checked, piece.bearings.standing)});
    }

    void add_work(const Piece& piece) {
        static constexpr std::array orders = {0, 2, 3, 6, 7, 3};  // sow, harvest, pack, ship, receive, slaughter
        const auto step = static_cast<std::size_t>(piece.said.integer(work_key::step).value_or(1));
        Notes notes(m_catalogue);
        for (const cbor::Value& plot : piece.said.list(statement_key::plots)) notes.add(m_catalogue.format("value.plot", {{"plot", std::string{plot.text()}}}));
        if (const auto kg = piece.said.integer(work_key::quantity_kg)) notes.add(m_catalogue.format("value.kg", {{"amount", format_micro(*kg)}}));
        notes.add(m_catalogue.pick(piece.said.local(work_key::to)));
        add(piece, piece.said.day(work_key::day), orders[step - 1], show_choice(m_catalogue, piece.said, work_key::step, "step"), notes.text());
    }

    void add_use(const Piece& piece) {
        if (piece.said.choice(input_key::action) != "use") return;
        const std::string_view substance = piece.said.text(input_key::substance);
        add(piece, piece.said.day(input_key::used), 1, show_choice(m_catalogue, piece.said, input_key::kind, "kind"),
            substance.empty() ? std::string{piece.said.text(input_key::product)} : show_substance(m_input, substance));
    }

    void add_test(const Piece& piece) {
        add(piece, piece.said.day(test_key::reported), 4, show_choice(m_catalogue, piece.said, test_key::kind, "kind"), show_choice(m_catalogue, piece.said, test_key::verdict, "verdict"));
    }

    const ViewInput& m_input;
    const Catalogue& m_catalogue;
    Days m_days;
    std::vector<Event> m_events{};
};

void add_gap(const Catalogue& catalogue, Rows& rows, std::string_view key, std::int64_t days) {
    rows.add("gap", catalogue.format(key, {{"days", std::to_string(days)}}));
}

std::string name_of_type(const Catalogue& catalogue, const CheckedStatement& checked) {
    if (!checked.statement) return catalogue.text("statement.unknown");
    const Schema* schema = schema_of(checked.statement->type());
    return catalogue.text_at({"statement", schema == nullptr ? std::string_view{"certificate"} : schema->name});
}

// `more` stands between the standing and the date.
RowView evidence_row(const ViewInput& input, Days& days, const CheckedStatement& checked, Standing standing, std::string_view more) {
    const Catalogue& catalogue = input.catalogue;
    Notes notes(catalogue, {catalogue.text_at({"standing", standing_name(standing)}), more});
    if (checked.statement) notes.add(days.show(day_of(checked.statement->issued())));
    return {"evidence", name_of_type(catalogue, checked), checked.statement ? std::string{checked.statement->id()} : "?", notes.text(),
            voucher_id(input.judgement, checked, standing), standing == Standing::Stands ? "" : "caution"};
}

}  // namespace

SectionView timeline_section(const ViewInput& input) {
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "timeline", voucher::device);
    std::vector<Event> events = Timeline(input).collect();
    // What grew somewhere was sown or begun somewhere: a first record of harvest is no beginning.
    if (!events.empty() && events.front().order >= 10'000) rows.add("gap", catalogue.text("value.gap_before"));
    const DayNumber today = day_of(input.judgement.now_unix_s);
    std::vector<StepOfTime> steps;
    for (const Event& event : events) steps.push_back({event.day, event.row.voucher});
    rows.draw(draw_time(catalogue, steps, today, shown_gap_days, shown_silence_days));
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::int64_t gap = i == 0 ? 0 : events[i].day - events[i - 1].day;
        if (gap > shown_gap_days) add_gap(catalogue, rows, "value.gap", gap);
        rows.put(std::move(events[i].row));
    }
    const std::int64_t silence = events.empty() ? 0 : today - events.back().day;
    if (silence > shown_silence_days) add_gap(catalogue, rows, "value.gap_after", silence);
    rows.explain({"gap"});
    return rows.finish();
}

SectionView evidence_section(const ViewInput& input) {
    const Judgement& judgement = input.judgement;
    const Catalogue& catalogue = input.catalogue;
    Rows rows(catalogue, "evidence", voucher::device);
    Days days(catalogue);
    if (judgement.dossier->manifest.statement)
        rows.put(evidence_row(input, days, judgement.dossier->manifest, judgement.dossier->manifest.standing, catalogue.format("value.edition", {{"number", std::to_string(judgement.dossier->sequence)}})));
    for (std::size_t i = 0; i < judgement.bearings.size(); ++i) {
        const CheckedStatement& checked = judgement.dossier->statements[i];
        const Bearing& bearings = judgement.bearings[i];
        Notes notes(catalogue);
        if (checked.statement) notes.add(catalogue.text_at({"relation", relation_name(bearings.relation)}));
        const bool own_record = checked.is(StatementType::Input) || checked.is(StatementType::Work);
        if (bearings.after_issue && bearings.relation == Relation::Lot && own_record) notes.add(catalogue.text("value.after_issue"));
        if (judgement.dossier->sequence > 0 && !checked.in_manifest) notes.add(catalogue.text("value.not_listed"));
        rows.put(evidence_row(input, days, checked, bearings.standing, notes.text()));
    }
    if (judgement.dossier->missing > 0)
        rows.put({"missing", catalogue.text("statement.manifest"), catalogue.format("value.missing", {{"count", std::to_string(judgement.dossier->missing)}}), {}, std::string{voucher::device}, "caution"});
    rows.explain({"statement", "standing"});
    return rows.finish();
}

}  // namespace pipa
