#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "page/format.hpp"
#include "page/lessons.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

RowView log_row(const Catalogue& catalogue, const tlog::LogInclusion& inclusion) {
    std::vector<std::string> names;
    for (const note::Signer& witness : inclusion.witnesses) names.push_back(witness.name);
    std::string note = catalogue.format("note.log_entry", {{"number", std::to_string(inclusion.index + 1)}, {"size", std::to_string(inclusion.tree_size)}});
    if (!names.empty()) note = catalogue.format("note.log_witnesses", {{"note", note}, {"names", join(catalogue, names)}});
    std::string value = inclusion.since ? catalogue.format("value.log_since", {{"time", show_time(catalogue, *inclusion.since)}}) : catalogue.text("value.log_shown");
    return {.id = "public_log", .label = catalogue.text("row.public_log"), .value = std::move(value), .note = std::move(note), .voucher = std::string{voucher::log}};
}

// Said only where the trust pack names a log: elsewhere nobody promised that there would be one.
void add_public_log(const ViewInput& input, SectionView& code) {
    const Catalogue& catalogue = input.catalogue;
    const auto& found = input.judgement.public_log;
    if (!input.judgement.signature_valid || input.trust.pack().logs.empty()) return;
    Rows rows(catalogue, "code", voucher::device);
    if (!found) rows.add("public_log", catalogue.text("value.log_not_shown"), catalogue.text("note.log_not_shown"));
    else if (!*found) rows.add("public_log", catalogue.text("value.log_wrong"), catalogue.text("note.log_wrong"));
    else rows.put(log_row(catalogue, **found));
    code.rows.push_back(std::move(rows.finish().rows.front()));
}

void add_section(std::vector<SectionView>& out, SectionView section) {
    if (!section.rows.empty()) out.push_back(std::move(section));
}

// What a shopper does not ask for first, and what one line says of it then.
struct Folding {
    std::string_view section;
    std::string RowView::* hint;  // of every row; null: how many rows there are
};
constexpr std::array foldings = {Folding{"promise", nullptr},          Folding{"promisor", &RowView::value}, Folding{"card", nullptr},
                                 Folding{"grades", &RowView::value},   Folding{"visits", &RowView::label},   Folding{"variety", &RowView::label},
                                 Folding{"evidence", nullptr},         Folding{"code", &RowView::value}};
constexpr std::array hints_of_one_row = {std::string_view{"promisor"}, std::string_view{"code"}};

void fold(const Catalogue& catalogue, SectionView& section) {
    const auto folding = std::ranges::find(foldings, section.id, &Folding::section);
    if (folding == foldings.end()) return;
    section.folded = std::ranges::none_of(section.rows, [](const RowView& row) { return row.level == "stop" || row.level == "caution"; });
    if (folding->hint == nullptr) {
        const std::string_view key = section.rows.size() == 1 && catalogue.has("value.lines.one") ? "value.lines.one" : "value.lines";
        section.hint = catalogue.format(key, {{"count", std::to_string(section.rows.size())}});
        return;
    }
    const bool one = std::ranges::find(hints_of_one_row, section.id) != hints_of_one_row.end();
    std::vector<std::string> hints;
    for (const RowView& row : section.rows)
        if (hints.empty() || !one) hints.push_back(row.*(folding->hint));
    section.hint = join(catalogue, hints);
}

// What weighs most comes between the promise and who made it; the rest of the dossier before the code.
std::vector<SectionView> sections_of(const ViewInput& input) {
    const Judgement& judgement = input.judgement;
    const Catalogue& catalogue = input.catalogue;
    std::vector<SectionView> out;
    out.push_back(promise_section(input));
    if (judgement.dossier) {
        add_section(out, notices_section(input));
        add_section(out, tests_section(input));
        add_section(out, inputs_section(input));
        add_section(out, labels_section(input));
        add_section(out, upstream_section(input));
    }
    if (judgement.issuer != nullptr && judgement.signature_valid) out.push_back(promisor_section(input));
    if (judgement.dossier) {
        add_section(out, card_section(input));
        add_section(out, timeline_section(input));
        add_section(out, grades_section(input));
        add_section(out, visits_section(input));
        add_section(out, variety_section(input));
        add_section(out, evidence_section(input));
    }
    out.push_back(code_section(input));
    add_public_log(input, out.back());
    for (SectionView& section : out) fold(catalogue, section);
    return out;
}

VoucherView find_voucher(const ViewInput& input, std::string_view id) {
    if (auto of_dossier = find_dossier_voucher(input, id)) return std::move(*of_dossier);
    return id == voucher::log ? make_voucher(input, id, (*input.judgement.public_log)->log) : find_voucher_of_facts(input, id);
}

}  // namespace

View make_view(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue) {
    const ViewInput input{judgement, trust, catalogue};
    View out{make_answer(judgement, trust, catalogue)};
    out.lessons = make_lessons(judgement, trust, catalogue);
    if (!judgement.certificate) return out;
    complete_summary(input, out.summary);
    out.sections = sections_of(input);
    out.vouchers.clear();
    const auto find = [&](std::string_view id) { return find_voucher(input, id); };
    for (const SectionView& section : out.sections) add_vouchers(out, section.rows, find);
    add_vouchers(out, out.summary.rows, find);
    return out;
}

}  // namespace pipa
