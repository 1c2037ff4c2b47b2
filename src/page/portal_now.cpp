// What holds now: notices in force, and what is in season by the field data's calendar.
#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "judge/field_data.hpp"
#include "judge/rules.hpp"
#include "page/pictures.hpp"
#include "page/portal_parts.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

using cose::StatementType;

Level level_of(const ParsedStatement& notice) noexcept {
    if (notice.flag(notice_key::drill)) return Level::Ok;
    switch (static_cast<NoticeKind>(notice.integer(notice_key::kind).value_or(1))) {
        case NoticeKind::Suspension:
        case NoticeKind::Recall:
        case NoticeKind::Withdrawal: return Level::Stop;
        default: return Level::Caution;
    }
}

// A producer may take back its own certificates and nothing else (judge/rules_notices.cpp).
bool counts(const PortalInput& input, const CheckedStatement& told) {
    if (!told.stands() || !told.is(StatementType::Notice) || told.party == nullptr) return false;
    const ParsedStatement& notice = *told.statement;
    const bool is_withdrawal = notice.integer(notice_key::kind) == static_cast<std::int64_t>(NoticeKind::Withdrawal);
    return (told.key->role == Role::Bureau || is_withdrawal) && is_in_force(notice, input.asked.now_unix_s, input.asked.clock_behind);
}

using Names = std::map<std::string, std::string, std::less<>>;

std::string name_of(const Names& names, std::string_view subject) {
    const auto found = names.find(subject);
    return found == names.end() ? std::string{subject} : found->second;
}

std::string texts_of(const Catalogue& catalogue, std::span<const cbor::Value> list) {
    std::vector<std::string> out;
    for (const cbor::Value& one : list) out.emplace_back(one.text());
    return join(catalogue, out);
}

PortalCard card_of(const PortalInput& input, const CheckedStatement& told, const Names& known) {
    const Catalogue& catalogue = input.catalogue;
    const ParsedStatement& notice = *told.statement;
    const std::string voucher = voucher_of_portal(input, told);
    const std::string kind = show_choice(catalogue, notice, notice_key::kind, "kind");
    PortalCard out{.id = std::string{notice.id()}, .level = std::string{level_name(level_of(notice))}, .text = catalogue.pick(notice.local(notice_key::text))};
    const std::string title = catalogue.pick(notice.local(notice_key::title));
    out.title = catalogue.format(notice.flag(notice_key::drill) ? "portal.drill" : "portal.notice", {{"kind", kind}, {"title", title}});
    add_row(input, out, "since", show_day(catalogue, notice.day(notice_key::since).value_or(0)), {}, voucher);
    if (const auto ended = notice.day(notice_key::ended)) add_row(input, out, "until", show_day(catalogue, *ended), {}, voucher);
    std::vector<std::string> names;
    if (const std::string_view producer = notice.text(statement_key::producer); !producer.empty()) names.push_back(name_of(known, producer));
    for (const cbor::Value& producer : notice.list(notice_key::producers)) names.push_back(name_of(known, producer.text()));
    add_row(input, out, "of", join(catalogue, names), {}, voucher);
    add_row(input, out, "products", show_products(input, notice.list(notice_key::products)), {}, voucher);
    add_row(input, out, "lots", texts_of(catalogue, notice.list(statement_key::lots)), {}, voucher);
    add_row(input, out, "numbers", texts_of(catalogue, notice.list(statement_key::certificates)), {}, voucher);
    return out;
}

std::string show(const Catalogue& catalogue, MonthDay date) {
    const auto two = [](unsigned number) { return std::to_string(100 + number).substr(1); };
    return show_month_day(catalogue, two(date.month) + "-" + two(date.day));
}

std::string show_windows(const Catalogue& catalogue, const Season& season) {
    std::vector<std::string> out;
    for (const auto& [from, until] : season.windows)
        out.push_back(catalogue.format("value.period", {{"from", show(catalogue, from)}, {"until", show(catalogue, until)}}));
    return join(catalogue, out);
}

// 0: on the fields now; 1: may still be fresh from it; 2: at another time of the year; 3: no season is on record.
int order_of(const Season* season, DayNumber today) noexcept {
    if (season == nullptr) return 3;
    if (in_season(*season, today, 0)) return 0;
    return in_season(*season, today, season->keeps_days) ? 1 : 2;
}

PortalCard product_card(const PortalInput& input, const NamedCode& product, const Season& season, int order) {
    static constexpr std::array words = {"portal.season.now", "portal.season.kept", "portal.season.later"};
    const Catalogue& catalogue = input.catalogue;
    PortalCard out{.id = std::to_string(product.code), .title = catalogue.pick(product.name), .picture = std::string{picture_of_name(product.name.zh_hans)}};
    if (order == 0) out.level = level_name(Level::Ok);
    for (const CheckedStatement* told : input.standing(StatementType::Variety))
        if (told->statement->integer(variety_key::product) == product.code) out.text = catalogue.pick(told->statement->local(variety_key::text));
    add_row(input, out, "season", show_windows(catalogue, season), catalogue.text(words[static_cast<std::size_t>(order)]), std::string{voucher::district});
    return out;
}

}  // namespace

PortalPart now_part(const PortalInput& input) {
    const Catalogue& catalogue = input.catalogue;
    PortalPart out{.id = "now", .title = catalogue.text("portal.now.title")};
    // Without the district's word nothing is known, least of all that there is nothing.
    if (!input.trust().is_loaded()) return missing_part(std::move(out), catalogue.text("portal.now.missing"));
    std::vector<const CheckedStatement*> notices;
    for (const CheckedStatement& told : input.session.notices())
        if (counts(input, told)) notices.push_back(&told);
    // Drills last, and of the others the newest first.
    std::ranges::sort(notices, {}, [](const CheckedStatement* told) {
        const ParsedStatement& notice = *told->statement;
        return std::tuple{notice.flag(notice_key::drill), -std::int64_t{notice.day(notice_key::since).value_or(0)}, notice.id()};
    });
    const Names names = notices.empty() ? Names{} : names_of_subjects(input);
    for (const CheckedStatement* told : notices) out.cards.push_back(card_of(input, *told, names));
    const std::string time = show_time(catalogue, input.trust().as_of());
    out.text = catalogue.format(notices.empty() ? "portal.now.none" : "portal.now.text", {{"time", time}});
    return out;
}

PortalPart season_part(const PortalInput& input) {
    const Catalogue& catalogue = input.catalogue;
    PortalPart out{.id = "season", .title = catalogue.text("portal.season.title")};
    if (!input.trust().is_loaded()) return missing_part(std::move(out), catalogue.text("portal.season.missing"));
    const TrustPack& pack = input.trust().pack();
    struct Entry {
        int order;
        const NamedCode* product;
        const Season* season;
    };
    std::vector<Entry> entries;
    for (const NamedCode& product : pack.products) {
        const auto names_it = [&](const Season& season) { return std::ranges::find(season.products, static_cast<std::uint32_t>(product.code)) != season.products.end(); };
        const auto found = std::ranges::find_if(pack.field_data.seasons, names_it);
        const Season* season = found == pack.field_data.seasons.end() ? nullptr : &*found;
        entries.push_back({order_of(season, input.today()), &product, season});
    }
    std::ranges::sort(entries, {}, [](const Entry& entry) { return std::pair{entry.order, entry.product->code}; });
    std::vector<std::string> others;  // without a season each would be a card that says nothing
    for (const Entry& entry : entries) {
        if (entry.season == nullptr) others.push_back(catalogue.pick(entry.product->name));
        else out.cards.push_back(product_card(input, *entry.product, *entry.season, entry.order));
    }
    if (!others.empty()) out.cards.push_back({.id = "others", .title = catalogue.text("portal.season.others"), .text = join(catalogue, others)});
    out.text = catalogue.format("portal.season.text", {{"date", show_day(catalogue, input.today())}});
    return out;
}

}  // namespace pipa
