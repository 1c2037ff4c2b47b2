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

// What weighs most comes between the promise and who made it; the rest of the dossier before the code.
std::vector<SectionView> sections_of(const ViewInput& input) {
    const Judgement& judgement = input.judgement;
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
    return out;
}

VoucherView find_voucher(const ViewInput& input, std::string_view id) {
    if (auto of_dossier = find_dossier_voucher(input, id)) return std::move(*of_dossier);
    return id == voucher::log ? make_voucher(input, id, (*input.judgement.public_log)->log) : find_voucher_of_facts(input, id);
}

}  // namespace

View make_view(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue) {
    const ViewInput input{judgement, trust, catalogue};
    View out = make_answer(judgement, trust, catalogue);
    out.lessons = make_lessons(judgement, trust, catalogue);
    if (!judgement.certificate) return out;
    out.sections = sections_of(input);
    out.vouchers.clear();
    add_vouchers(out, [&](std::string_view id) { return find_voucher(input, id); });
    return out;
}

}  // namespace pipa
