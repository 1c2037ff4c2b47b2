// Who produces in the district, and which labels there are: from the file that the bureau keeps for the start page.
#include <algorithm>
#include <map>
#include <utility>

#include "page/portal_parts.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

using cose::StatementType;
using Statements = std::vector<const CheckedStatement*>;

void add_grades(const PortalInput& input, PortalCard& card, std::string_view subject, const Statements& grades) {
    const Catalogue& catalogue = input.catalogue;
    for (const CheckedStatement* told : grades) {
        const ParsedStatement& grade = *told->statement;
        const bool holds = grade.day(grade_key::from).value_or(0) <= input.today() && input.today() <= grade.day(grade_key::until).value_or(0);
        if (!holds || grade.text(statement_key::producer) != subject) continue;
        add_row(input, card, "grade", catalogue.format("value.grade", {{"letter", std::string{grade.text(grade_key::letter)}}}),
                catalogue.pick(grade.local(grade_key::scale_name)), voucher_of_portal(input, *told));
    }
}

void add_last_visit(const PortalInput& input, PortalCard& card, std::string_view subject, const Statements& visits) {
    const Catalogue& catalogue = input.catalogue;
    const CheckedStatement* last = nullptr;
    for (const CheckedStatement* told : visits) {
        const ParsedStatement& visit = *told->statement;
        if (visit.text(statement_key::producer) != subject || visit.day(patrol_key::visited).value_or(0) > input.today()) continue;
        if (last == nullptr || last->statement->day(patrol_key::visited) < visit.day(patrol_key::visited)) last = told;
    }
    if (last == nullptr) return add_row(input, card, "visit", catalogue.text("portal.no_visit"), {}, std::string{voucher::device});
    const ParsedStatement& visit = *last->statement;
    Notes notes(catalogue, {show_choice(catalogue, visit, patrol_key::finding, "finding"), catalogue.pick(visit.local(patrol_key::subject))});
    if (const auto closed = visit.day(patrol_key::closed)) notes.add(catalogue.format("value.closed", {{"date", show_day(catalogue, *closed)}}));
    add_row(input, card, "visit", show_day(catalogue, visit.day(patrol_key::visited).value_or(0)), notes.text(), voucher_of_portal(input, *last));
}

// The newest card of each producer that the register knows, by place and number in the register: no ranking.
std::vector<std::pair<Party, const CheckedStatement*>> newest_cards(const PortalInput& input) {
    std::map<std::string, const CheckedStatement*, std::less<>> newest;
    for (const CheckedStatement* told : input.standing(StatementType::Card)) {
        const std::string subject{told->statement->text(statement_key::producer)};
        const auto [at, is_first] = newest.emplace(subject, told);
        if (!is_first && at->second->statement->issued() < told->statement->issued()) at->second = told;
    }
    std::vector<std::pair<Party, const CheckedStatement*>> out;
    (void)input.trust().find_party_if([&](const Party& party) {
        if (const auto found = newest.find(subject_id(party)); found != newest.end()) out.emplace_back(party, found->second);
        return false;
    });
    std::ranges::sort(out, {}, [](const auto& one) { return std::pair{one.first.division, one.first.id}; });
    return out;
}

PortalCard producer_card(const PortalInput& input, const Party& party, const CheckedStatement& told, const Statements& grades, const Statements& visits) {
    const Catalogue& catalogue = input.catalogue;
    const ParsedStatement& card = *told.statement;
    const std::string subject = subject_id(party);
    const std::string voucher = voucher_of_portal(input, told);
    const std::string place = catalogue.pick(card.local(card_key::place));
    PortalCard out{.id = subject, .title = show_party(catalogue, party)};
    out.text = join(catalogue, std::vector<std::string>{show_division(catalogue, input.trust(), card.integer(card_key::division).value_or(0)), place,
                                                        catalogue.text("kind." + std::string{party_kind_name(party.kind)})});
    add_row(input, out, "products", show_products(input, card.list(card_key::products)), {}, voucher);
    if (const auto area = card.integer(card_key::area_mu)) add_row(input, out, "area", catalogue.format("value.area", {{"area", format_micro(*area)}}), {}, voucher);
    add_grades(input, out, subject, grades);
    add_last_visit(input, out, subject, visits);
    if (party.uscc.empty()) return out;
    add_row(input, out, "uscc", party.uscc, {}, std::string{voucher::district});
    out.link = register_of(catalogue, "company");
    return out;
}

bool holds_today(const PortalInput& input, const ParsedStatement& label) {
    const auto until = label.day(label_key::valid_until);
    return label.day(label_key::valid_from).value_or(0) <= input.today() && (!until || input.today() <= *until);
}

}  // namespace

PortalPart producers_part(const PortalInput& input) {
    const Catalogue& catalogue = input.catalogue;
    PortalPart out{.id = "producers", .title = catalogue.text("portal.producers.title")};
    if (input.around == nullptr) return missing_part(std::move(out), catalogue.text("portal.producers.missing"));
    const Statements grades = input.standing(StatementType::Grade);
    const Statements visits = input.standing(StatementType::Patrol);
    const auto cards = newest_cards(input);
    for (const auto& [party, told] : cards) out.cards.push_back(producer_card(input, party, *told, grades, visits));
    out.text = catalogue.format("portal.producers.text", {{"count", show_count(cards.size())}, {"time", show_time(catalogue, input.around->issued_unix_s)}});
    // Somebody left something out of the list that the bureau signed: what is not shown may be what counts.
    if (input.around->missing > 0) {
        out.level = level_name(Level::Unknown);
        if (!catalogue.is_chinese()) out.text += ' ';
        out.text += catalogue.format("portal.producers.short", {{"count", show_count(input.around->missing)}});
    }
    return out;
}

PortalPart labels_part(const PortalInput& input) {
    const Catalogue& catalogue = input.catalogue;
    PortalPart out{.id = "labels", .title = catalogue.text("portal.labels.title"), .text = catalogue.text("portal.labels.text")};
    const Statements labels = input.standing(StatementType::Label);
    const auto names = labels.empty() ? std::map<std::string, std::string, std::less<>>{} : names_of_subjects(input);
    for (const std::string_view kind : {"green_food", "organic", "geographical_indication", "pollution_free"}) {
        PortalCard card{.id = std::string{kind}, .title = catalogue.text("label_kind." + std::string{kind}), .text = catalogue.text("portal.label." + std::string{kind})};
        for (const CheckedStatement* told : labels) {
            const ParsedStatement& label = *told->statement;
            if (label.choice(label_key::kind) != kind || !holds_today(input, label)) continue;
            const auto holder = names.find(label.text(label_key::holder));
            add_row(input, card, "holder", holder != names.end() ? holder->second : std::string{label.text(label_key::holder)},
                    std::string{label.text(label_key::number)}, voucher_of_portal(input, *told));
        }
        card.link = register_of(catalogue, kind);
        out.cards.push_back(std::move(card));
    }
    return out;
}

}  // namespace pipa
