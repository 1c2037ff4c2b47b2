#include "page/portal.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "judge/rules.hpp"
#include "page/portal_parts.hpp"
#include "page/section_rows.hpp"
#include "page/view_json_parts.hpp"

namespace pipa {
namespace {

using cose::StatementType;

struct Register {
    std::string_view what;
    std::string_view url;
};
#define PIPA_REGISTER(what, url) Register{what, url},
constexpr std::array registers = {
#include "page/registers.def"
};
#undef PIPA_REGISTER

// Another dossier in its place, or one that somebody else put together, is not the district's list of who produces here.
const CheckedDossier* of_the_bureau(const CheckedDossier* around) {
    if (around == nullptr || !around->manifest.stands() || !around->manifest.is(StatementType::Manifest)) return nullptr;
    const bool is_it = around->manifest.statement->lists_text(statement_key::certificates, portal_number);
    return is_it && around->manifest.key->role == Role::Bureau ? around : nullptr;
}

std::vector<RemarkView> remarks_of(const PortalInput& input) {
    std::vector<RemarkView> out;
    for (const Reason& reason : input.asked.reasons) {
        if (reason.id == ReasonId::ForeignCode) continue;  // nothing was asked about
        const ReasonRule& rule = rule_of(reason.id);
        out.push_back({std::string{rule.code}, std::string{level_name(rule.level)}, show_reason(input.catalogue, input.asked, reason)});
    }
    return out;
}

PortalCard own_page(const PortalInput& input, std::string_view id, std::string_view place) {
    const Catalogue& catalogue = input.catalogue;
    const std::string key = "portal.learn." + std::string{id};
    return {.id = std::string{id}, .title = catalogue.text(key), .text = catalogue.text(key + ".text"),
            .link = PortalLink{"/learn/?lang=" + catalogue.language() + std::string{place}, catalogue.text(key + ".open")}};
}

PortalPart learn_part(const PortalInput& input) {
    return {.id = "learn", .title = input.catalogue.text("portal.learn.title"),
            .cards = {own_page(input, "articles", "#/"), own_page(input, "quiz", "#/quiz"), own_page(input, "cheat", "#/cheat")}};
}

PortalPart about_part(const PortalInput& input) {
    const Catalogue& catalogue = input.catalogue;
    PortalPart out{.id = "about", .title = catalogue.text("portal.about.title"), .text = catalogue.text("portal.about.text")};
    if (!input.trust().is_loaded()) return out;
    const TrustPack& pack = input.trust().pack();
    PortalCard card{.id = "publisher", .title = catalogue.pick(pack.publisher)};
    add_row(input, card, "register", catalogue.format("value.trust_version", {{"version", std::to_string(pack.version)}}),
            show_time(catalogue, pack.issued_unix_s), std::string{voucher::district});
    add_row(input, card, "addresses", join(catalogue, pack.hosts), {}, std::string{voucher::district});
    out.cards.push_back(std::move(card));
    return out;
}

FreshnessView freshness_of(const PortalInput& input) {
    const Freshness& freshness = input.asked.freshness;
    if (!freshness.as_of) return {std::string{grade_name(freshness.grade)}, input.catalogue.text("freshness.none")};
    const std::string key = "freshness." + std::string{grade_name(freshness.grade)};
    return {std::string{grade_name(freshness.grade)}, input.catalogue.format(key, {{"time", show_time(input.catalogue, *freshness.as_of)}})};
}

// Of the signers of all statements that are shown.
void add_vouchers(const PortalInput& input, PortalView& view) {
    const auto add = [&](const CheckedStatement& told) {
        const std::string id = voucher_of_portal(input, told);
        const bool is_shown = std::ranges::any_of(view.parts, [&](const PortalPart& part) {
            return std::ranges::any_of(part.cards, [&](const PortalCard& card) { return std::ranges::find(card.rows, id, &RowView::voucher) != card.rows.end(); });
        });
        if (!is_shown || std::ranges::find(view.vouchers, id, &VoucherView::id) != view.vouchers.end()) return;
        view.vouchers.push_back({id, show_party(input.catalogue, *told.party), input.catalogue.text_at({"voucher", "role", role_name(told.key->role)}),
                                 input.catalogue.text("voucher.registered.basis")});
    };
    const auto add_all = [&](std::span<const CheckedStatement> statements) {
        for (const CheckedStatement& told : statements)
            if (told.stands() && told.party != nullptr) add(told);
    };
    add_all(input.session.notices());
    if (input.around != nullptr) add_all(input.around->statements);
    if (input.trust().is_loaded())
        view.vouchers.push_back(make_voucher({input.asked, input.trust(), input.catalogue}, voucher::district, input.catalogue.pick(input.trust().pack().publisher)));
}

void write(JsonWriter& json, const PortalCard& card) {
    json.begin_object().member("id", card.id).member("title", card.title);
    json.optional_member("picture", card.picture).optional_member("level", card.level).optional_member("text", card.text);
    write_rows(json, "rows", card.rows);
    write_drawings(json, card.drawings);
    if (card.link) json.key("link").begin_object().member("url", card.link->url).member("text", card.link->text).end_object();
    json.end_object();
}

void write(JsonWriter& json, const PortalPart& part) {
    json.begin_object().member("id", part.id).member("title", part.title).optional_member("text", part.text).optional_member("level", part.level);
    json.key("cards").begin_array();
    for (const PortalCard& card : part.cards) write(json, card);
    json.end_array().end_object();
}

}  // namespace

std::vector<const CheckedStatement*> PortalInput::standing(StatementType type) const {
    std::vector<const CheckedStatement*> out;
    if (around == nullptr) return out;
    for (const CheckedStatement& told : around->statements) {
        const bool is_later = told.statement && !asked.clock_behind && told.statement->issued() > asked.now_unix_s + clock_tolerance_s;
        if (told.stands() && told.is(type) && told.in_manifest && !is_later && told.party != nullptr) out.push_back(&told);
    }
    return out;
}

PortalPart missing_part(PortalPart part, std::string text) {
    part.level = level_name(Level::Unknown);
    part.text = std::move(text);
    return part;
}

std::map<std::string, std::string, std::less<>> names_of_subjects(const PortalInput& input) {
    std::map<std::string, std::string, std::less<>> out;
    (void)input.trust().find_party_if([&](const Party& party) { return out.emplace(subject_id(party), show_party(input.catalogue, party)), false; });
    return out;
}

std::optional<PortalLink> register_of(const Catalogue& catalogue, std::string_view what) {
    const auto* found = std::ranges::find(registers, what, &Register::what);
    if (found == registers.end()) return {};
    return PortalLink{std::string{found->url}, catalogue.text("register." + std::string{what})};
}

std::string voucher_of_portal(const PortalInput& input, const CheckedStatement& told) { return voucher_id(input.asked, told, told.standing); }

std::string show_products(const PortalInput& input, std::span<const cbor::Value> codes) {
    std::vector<std::string> names;
    for (const cbor::Value& code : codes)
        if (const LocalText* name = input.trust().product_name(static_cast<std::uint32_t>(code.integer().value_or(0)))) names.push_back(input.catalogue.pick(*name));
    return join(input.catalogue, names);
}

void add_row(const PortalInput& input, PortalCard& card, std::string_view id, std::string value, std::string note, std::string voucher) {
    if (value.empty()) return;
    card.rows.push_back({.id = std::string{id}, .label = input.catalogue.text("portal.row." + std::string{id}), .value = std::move(value), .note = std::move(note),
                         .voucher = std::move(voucher)});
}

PortalView make_portal(const Judgement& asked, const inquiry::Session& session, const CheckedDossier* around, const Catalogue& catalogue) {
    const PortalInput input{asked, session, of_the_bureau(around), catalogue};
    PortalView out{.language = catalogue.language(), .freshness = freshness_of(input)};
    if (input.trust().is_loaded() && input.trust().pack().demo) out.demo_notice = catalogue.text("demo.notice");
    out.remarks = remarks_of(input);
    out.parts = {now_part(input), season_part(input), board_part(input), producers_part(input), labels_part(input), learn_part(input), about_part(input)};
    add_vouchers(input, out);
    const bool is_short = std::ranges::any_of(out.parts, [](const PortalPart& part) { return part.level == level_name(Level::Unknown); });
    if (is_short) out.retry = catalogue.text("portal.retry");
    return out;
}

std::string to_json(const PortalView& view) {
    JsonWriter json;
    json.begin_object().member("version", 1).member("language", view.language);
    json.key("freshness").begin_object().member("grade", view.freshness.grade).member("text", view.freshness.text).end_object();
    json.optional_member("demo_notice", view.demo_notice).optional_member("retry", view.retry);
    json.key("remarks").begin_array();
    for (const RemarkView& remark : view.remarks) write(json, remark);
    json.end_array().key("parts").begin_array();
    for (const PortalPart& part : view.parts) write(json, part);
    json.end_array().key("vouchers").begin_array();
    for (const VoucherView& voucher : view.vouchers)
        json.begin_object().member("id", voucher.id).member("name", voucher.name).member("role", voucher.role).member("basis", voucher.basis).end_object();
    return json.end_array().end_object().finish();
}

}  // namespace pipa
