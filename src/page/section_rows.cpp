#include "page/section_rows.hpp"

#include <algorithm>

#include "page/privacy.hpp"

namespace pipa {

Rows::Rows(const Catalogue& catalogue, std::string_view section, std::string_view voucher) : m_catalogue(catalogue), m_voucher(voucher) {
    m_section.id = section;
    m_section.title = catalogue.text("section." + m_section.id);
}

Rows& Rows::add(std::string_view id, std::string value, std::string note, std::string_view voucher) {
    if (value.empty()) return *this;
    return put({.id = std::string{id}, .label = m_catalogue.text_at({"row", id}), .value = std::move(value), .note = std::move(note),
                .voucher = std::string{voucher}});
}

Rows& Rows::put(RowView row) {
    if (row.voucher.empty()) row.voucher = m_voucher;
    m_section.rows.push_back(std::move(row));
    return *this;
}

Rows& Rows::draw(std::optional<DrawingView> drawing) {
    if (drawing) m_section.drawings.push_back(std::move(*drawing));
    return *this;
}

Rows& Rows::explain(std::initializer_list<std::string_view> terms) {
    for (const std::string_view term : terms) {
        m_section.explain.push_back({m_catalogue.text_at({"explain", term, "term"}), m_catalogue.text_at({"explain", term, "text"})});
    }
    return *this;
}

std::vector<Piece> standing_pieces(const Judgement& judgement, cose::StatementType type, std::optional<Relation> relation) {
    std::vector<Piece> out;
    for (std::size_t i = 0; judgement.dossier && i < judgement.bearings.size(); ++i) {
        const CheckedStatement& checked = judgement.dossier->statements[i];
        const Bearing& bearings = judgement.bearings[i];
        if (bearings.standing == Standing::Stands && checked.is(type) && (!relation || bearings.relation == *relation)) out.push_back({checked, bearings, *checked.statement});
    }
    return out;
}

std::string voucher_id(const Judgement& judgement, const CheckedStatement& checked, Standing standing) {
    if (standing != Standing::Stands || checked.party == nullptr) return std::string{voucher::nobody};
    if (judgement.issuer != nullptr && checked.party->id == judgement.issuer->id) return std::string{voucher::issuer};
    std::string id{role_name(checked.key->role)};
    id += '-';
    id += std::to_string(checked.party->id);
    return id;
}

std::optional<VoucherView> find_dossier_voucher(const ViewInput& input, std::string_view id) {
    const Judgement& judgement = input.judgement;
    const Catalogue& catalogue = input.catalogue;
    for (std::size_t i = 0; judgement.dossier && i < judgement.bearings.size(); ++i) {
        const CheckedStatement& checked = judgement.dossier->statements[i];
        if (voucher_id(judgement, checked, judgement.bearings[i].standing) != id || checked.party == nullptr) continue;
        const bool own = id == voucher::issuer;
        const std::string_view role = own ? voucher::issuer : role_name(checked.key->role);
        return VoucherView{std::string{id}, show_party(catalogue, *checked.party), catalogue.text("voucher.role." + std::string{role}),
                           catalogue.text(own ? "voucher.own.basis" : "voucher.registered.basis")};
    }
    return {};
}

std::string about_whom(const Catalogue& catalogue, const Piece& piece) {
    switch (piece.bearings.relation) {
        case Relation::Lot: return {};
        case Relation::Other: return catalogue.text("value.other_lot");
        case Relation::Issuer: return catalogue.text("value.whole_producer");
        default: return catalogue.text_at({"relation", relation_name(piece.bearings.relation)});
    }
}

std::string show_choice(const Catalogue& catalogue, const ParsedStatement& said, std::int64_t key, std::string_view field) {
    const Schema* schema = schema_of(said.type());
    const std::string_view word = said.choice(key);
    return word.empty() ? std::string{} : catalogue.text_at({"choice", schema->name, field, word});
}

std::string show_substance(const ViewInput& input, std::string_view substance) {
    const std::string_view english = input.trust.pack().field_data.english_name(substance);
    if (input.catalogue.is_chinese() || english.empty()) return std::string{substance};
    return std::string{english} + " (" + std::string{substance} + ")";
}

std::string show_party(const Catalogue& catalogue, const Party& party) {
    const std::string& name = catalogue.pick(party.name);
    return is_natural_person(party.kind) ? mask_name(name) : name;
}

std::string mask_person(std::string_view name_and_number) {
    const std::size_t blank = std::min(name_and_number.find(' '), name_and_number.size());
    return mask_name(name_and_number.substr(0, blank)) + mask_contact(name_and_number.substr(blank));
}

Notes::Notes(const Catalogue& catalogue, std::initializer_list<std::string_view> notes) : m_separator(catalogue.is_chinese() ? "；" : "; ") {
    for (const std::string_view note : notes) add(note);
}

Notes& Notes::add(std::string_view note) {
    if (!note.empty() && !m_text.empty()) m_text += m_separator;
    m_text += note;
    return *this;
}

Finding finding_of(const ViewInput& input, std::string_view statement_id) {
    Notes texts(input.catalogue);
    bool any = false;
    Level strictest = Level::Ok;
    for (const Reason& reason : input.judgement.reasons) {
        if (std::ranges::find(reason.evidence, statement_id) == reason.evidence.end()) continue;
        strictest = std::max(strictest, rule_of(reason.id).level);
        std::string text = show_reason(input.catalogue, input.judgement, reason);
        for (const std::string_view stop : {"。", "."})
            if (text.ends_with(stop)) text.resize(text.size() - stop.size());
        texts.add(text);
        any = true;
    }
    return {texts.text(), any ? std::string{level_name(strictest)} : std::string{}};
}

}  // namespace pipa
