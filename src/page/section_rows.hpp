// Building a section row by row, and what the sections of the dossier share.
#pragma once

#include <cstdint>
#include <optional>

#include "page/format.hpp"
#include "page/view_sections.hpp"

namespace pipa {

class Rows {
public:
    Rows(const Catalogue& catalogue, std::string_view section, std::string_view voucher);

    // A row whose label is the catalogue's row.<id>. Empty values make no row; `note` may be empty.
    Rows& add(std::string_view id, std::string value, std::string note = {}, std::string_view voucher = {});
    // A row with a label of its own; `level` may be empty.
    Rows& put(RowView row);
    // Plain words for terms of this section: explain.<term>.term and .text.
    Rows& explain(std::initializer_list<std::string_view> terms);
    // A drawing of the row that was added last, which is no part of the row.
    Rows& draw(std::optional<DrawingView> drawing);
    [[nodiscard]] std::int32_t last() const noexcept { return static_cast<std::int32_t>(m_section.rows.size()) - 1; }
    [[nodiscard]] bool empty() const noexcept { return m_section.rows.empty(); }
    [[nodiscard]] SectionView finish() { return std::move(m_section); }

private:
    const Catalogue& m_catalogue;
    std::string_view m_voucher;
    SectionView m_section{};
};

// Days in this language. The last one is remembered: the statements of a lot share few.
class Days {
public:
    explicit Days(const Catalogue& catalogue) : m_catalogue(catalogue) {}
    [[nodiscard]] const std::string& show(DayNumber day) {
        if (m_text.empty() || day != m_day) m_text = show_day(m_catalogue, day);
        m_day = day;
        return m_text;
    }

private:
    const Catalogue& m_catalogue;
    DayNumber m_day{};
    std::string m_text{};
};

struct Piece {  // a statement of the dossier, as it is taken for this certificate
    const CheckedStatement& checked;
    const Bearing& bearings;
    const ParsedStatement& said;
};

// The statements of one type that stand, in the file's order; with `relation` only those.
[[nodiscard]] std::vector<Piece> standing_pieces(const Judgement& judgement, cose::StatementType type, std::optional<Relation> relation = {});

// The id of the voucher of a statement: the issuer itself, another party in its role, or nobody.
[[nodiscard]] std::string voucher_id(const Judgement& judgement, const CheckedStatement& checked, Standing standing);
// The voucher behind such an id; empty where no statement has it.
[[nodiscard]] std::optional<VoucherView> find_dossier_voucher(const ViewInput& input, std::string_view id);

// The word for a choice: choice.<type>.<field>.<word>.
// Whom a statement of the issuer's speaks of, where that is not this lot alone.
[[nodiscard]] std::string about_whom(const Catalogue& catalogue, const Piece& piece);
[[nodiscard]] std::string show_choice(const Catalogue& catalogue, const ParsedStatement& said, std::int64_t key, std::string_view field);
[[nodiscard]] std::string show_substance(const ViewInput& input, std::string_view substance);
[[nodiscard]] std::string show_party(const Catalogue& catalogue, const Party& party);  // masked where it is a person
// "示例员 0571-..." -> "示** 057*-..."
[[nodiscard]] std::string mask_person(std::string_view name_and_number);

// Short remarks one after the other, as this language sets them. Empty ones make no remark.
class Notes {
public:
    explicit Notes(const Catalogue& catalogue, std::initializer_list<std::string_view> notes = {});
    Notes& add(std::string_view note);
    [[nodiscard]] std::string text() { return std::move(m_text); }

private:
    std::string_view m_separator;
    std::string m_text{};
};

struct Finding {
    std::string text{};
    std::string level{};  // the strictest of those found
};
// What the judgement says of the statement with this id.
[[nodiscard]] Finding finding_of(const ViewInput& input, std::string_view statement_id);

// Sections of the dossier, in reading order; each is empty where there is nothing to say.
[[nodiscard]] SectionView notices_section(const ViewInput& input);
[[nodiscard]] SectionView tests_section(const ViewInput& input);
[[nodiscard]] SectionView inputs_section(const ViewInput& input);
[[nodiscard]] SectionView labels_section(const ViewInput& input);
[[nodiscard]] SectionView upstream_section(const ViewInput& input);
[[nodiscard]] SectionView timeline_section(const ViewInput& input);
[[nodiscard]] SectionView grades_section(const ViewInput& input);
[[nodiscard]] SectionView visits_section(const ViewInput& input);
[[nodiscard]] SectionView variety_section(const ViewInput& input);
[[nodiscard]] SectionView card_section(const ViewInput& input);
[[nodiscard]] SectionView evidence_section(const ViewInput& input);

}  // namespace pipa
