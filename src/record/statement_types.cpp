#include "record/statement_types.hpp"

#include <algorithm>
#include <array>

namespace pipa {
namespace {

using enum FieldKind;
using cose::StatementType;
using Words = std::string_view;

constexpr std::int64_t short_text = 64;
constexpr std::int64_t long_text = 200;
constexpr std::int64_t any_number = 1'000'000'000;
constexpr std::int64_t any_value = 1'000'000 * micro;

constexpr Field required(std::int64_t key, std::string_view name, FieldKind kind, std::int64_t limit = 0) {
    return {.key = key, .name = name, .kind = kind, .required = true, .limit = limit};
}
constexpr Field optional(std::int64_t key, std::string_view name, FieldKind kind, std::int64_t limit = 0) {
    return {.key = key, .name = name, .kind = kind, .limit = limit};
}
constexpr Field list(std::int64_t key, std::string_view name, FieldKind kind, std::int64_t limit = 0) {
    return {.key = key, .name = name, .kind = kind, .is_list = true, .limit = limit};
}
constexpr Field choice(std::int64_t key, std::string_view name, std::span<const std::string_view> choices, bool is_required = true) {
    return {.key = key, .name = name, .kind = Choice, .required = is_required, .choices = choices};
}
constexpr Field records(std::int64_t key, std::string_view name, const Schema& nested, bool is_required) {
    return {.key = key, .name = name, .kind = Record, .required = is_required, .is_list = true, .nested = &nested};
}

constexpr std::array common = {
    required(statement_key::id, "id", Text, short_text),
    required(statement_key::issued, "issued", Time),
    optional(statement_key::producer, "producer", Text, short_text),
    list(statement_key::lots, "lots", Text, max_lot_bytes),
    list(statement_key::plots, "plots", Text, max_lot_bytes),
    list(statement_key::certificates, "certificates", Text, max_number_characters),
    optional(statement_key::note, "note", Local),
};

template <std::size_t N>
constexpr auto with_common(const std::array<Field, N>& own) {
    std::array<Field, common.size() + N> all{};
    std::copy(common.begin(), common.end(), all.begin());
    std::copy(own.begin(), own.end(), all.begin() + common.size());
    return all;
}

// Of types that speak of a producer's goods: lots, plots and numbers are that producer's, whoever else uses the same.
template <std::size_t N>
constexpr auto with_producer(const std::array<Field, N>& own) {
    auto all = with_common(own);
    for (Field& field : all)
        if (field.key == statement_key::producer) field.required = true;
    return all;
}

constexpr Field reference(std::int64_t key, std::string_view name) {  // SHA-256 of another signed message
    return {.key = key, .name = name, .kind = Binary, .limit = 32};
}

constexpr std::array<Words, 7> party_kinds = {"enterprise", "cooperative", "family_farm", "household", "buyer_organisation", "buyer_person", "office"};
constexpr std::array<Words, 4> test_kinds = {"self_test", "commissioned", "supervision", "monitoring"};
constexpr std::array<Words, 3> test_verdicts = {"pass", "fail", "screen_positive"};
constexpr std::array<Words, 3> item_results = {"negative", "positive", "not_detected"};
constexpr std::array<Words, 4> item_units = {"mg/kg", "ug/kg", "percent_inhibition", "percent"};
constexpr std::array<Words, 4> label_kinds = {"green_food", "organic", "geographical_indication", "pollution_free"};
constexpr std::array<Words, 3> input_kinds = {"pesticide", "veterinary_drug", "fertiliser"};
constexpr std::array<Words, 3> input_actions = {"use", "purchase", "return"};
constexpr std::array<Words, 2> yes_no = {"yes", "no"};
constexpr std::array<Words, 6> work_steps = {"sow", "harvest", "pack", "ship", "receive", "slaughter"};
constexpr std::array<Words, 3> patrol_findings = {"in_order", "to_correct", "violation"};
constexpr std::array<Words, 6> disposals = {"corrected", "recalled", "destroyed", "rendered_harmless", "penalised", "referred"};
constexpr std::array<Words, 2> grade_scales = {"credit", "standard"};
constexpr std::array<Words, 6> notice_kinds = {"warning", "suspension", "recall", "disposal", "emergency", "withdrawal"};

constexpr std::array change_fields = {required(1, "day", Day), required(2, "what", Local)};
constexpr Schema change_schema{"change", change_fields};

constexpr auto card_fields = with_common(std::array{
    required(card_key::name, "name", Local), choice(card_key::kind, "kind", party_kinds), optional(card_key::uscc, "uscc", Text, 18),
    required(card_key::division, "division", Division), optional(card_key::place, "place", Local),
    optional(card_key::area_mu, "area_mu", Micro, any_value), list(card_key::products, "products", Integer, 65'535),
    list(card_key::bases, "bases", Text, long_text), records(card_key::changes, "changes", change_schema, false)});

constexpr std::array test_item_fields = {
    required(test_item_key::analyte, "analyte", Text, long_text), optional(test_item_key::value, "value", Micro, any_value),
    choice(test_item_key::unit, "unit", item_units, false), optional(test_item_key::limit, "limit", Micro, any_value),
    optional(test_item_key::limit_source, "limit_source", Text, long_text),
    optional(test_item_key::detection_limit, "detection_limit", Micro, any_value), choice(test_item_key::result, "result", item_results, false)};
constexpr Schema test_item_schema{"item", test_item_fields};

constexpr auto test_fields = with_producer(std::array{
    choice(test_key::kind, "kind", test_kinds), required(test_key::method, "method", Text, long_text),
    optional(test_key::sample_number, "sample_number", Text, short_text), optional(test_key::sampled, "sampled", Day),
    required(test_key::reported, "reported", Day), records(test_key::items, "items", test_item_schema, true),
    choice(test_key::verdict, "verdict", test_verdicts), reference(test_key::recheck_of, "recheck_of"),
    optional(test_key::confirms, "confirms", Flag)});

constexpr auto label_fields = with_common(std::array{
    choice(label_key::kind, "kind", label_kinds), required(label_key::number, "number", Text, short_text),
    required(label_key::reference, "reference", Integer, UINT32_MAX), required(label_key::holder, "holder", Text, short_text),
    list(label_key::products, "products", Integer, 65'535), required(label_key::product_name, "product_name", Local),
    required(label_key::valid_from, "valid_from", Day), optional(label_key::valid_until, "valid_until", Day),
    list(label_key::areas, "areas", Integer, 999'999'999'999), optional(label_key::transcribed, "transcribed", Day),
    optional(label_key::enterprise_code, "enterprise_code", Text, short_text)});

constexpr auto input_fields = with_producer(std::array{
    choice(input_key::kind, "kind", input_kinds), choice(input_key::action, "action", input_actions),
    required(input_key::product, "product", Text, long_text), optional(input_key::substance, "substance", Text, short_text),
    optional(input_key::registration, "registration", Text, short_text), required(input_key::used, "used", Day),
    optional(input_key::target, "target", Text, short_text), optional(input_key::interval_days, "interval_days", Integer, 1000),
    optional(input_key::degree_days, "degree_days", Integer, 10'000),
    optional(input_key::water_temperature, "water_temperature", Micro, 60 * micro),
    optional(input_key::egg_discard_days, "egg_discard_days", Integer, 1000),
    optional(input_key::withdrawal_days, "withdrawal_days", Integer, 1000),
    choice(input_key::registered_for_crop, "registered_for_crop", yes_no, false),
    optional(input_key::nitrogen_kg_per_mu, "nitrogen_kg_per_mu", Micro, any_value), optional(input_key::amount, "amount", Text, short_text),
    optional(input_key::quota_nitrogen, "quota_nitrogen", Micro, any_value), optional(input_key::packs_bought, "packs_bought", Integer, any_number),
    optional(input_key::packs_returned, "packs_returned", Integer, any_number), optional(input_key::laying_period, "laying_period", Flag)});

constexpr auto work_fields = with_producer(std::array{
    choice(work_key::step, "step", work_steps), required(work_key::day, "day", Day), optional(work_key::quantity_kg, "quantity_kg", Micro, any_value),
    optional(work_key::from, "from", Local), optional(work_key::to, "to", Local), optional(work_key::division, "division", Division)});

constexpr auto patrol_fields = with_producer(std::array{
    required(patrol_key::visited, "visited", Day), choice(patrol_key::finding, "finding", patrol_findings),
    optional(patrol_key::subject, "subject", Local), optional(patrol_key::order, "order", Local), optional(patrol_key::due, "due", Day),
    optional(patrol_key::closed, "closed", Day), optional(patrol_key::contact, "contact", Text, short_text),
    optional(patrol_key::sample_number, "sample_number", Text, short_text), reference(patrol_key::test, "test"), reference(patrol_key::closes, "closes"),
    choice(patrol_key::disposal, "disposal", disposals, false)});

constexpr auto grade_fields = with_producer(std::array{
    choice(grade_key::scale, "scale", grade_scales), required(grade_key::letter, "letter", Text, 4), required(grade_key::from, "from", Day),
    required(grade_key::until, "until", Day), required(grade_key::scale_name, "scale_name", Local)});

// What grew on a plot its producer alone can tell, so no notice names one: it would stop what he likes.
template <std::size_t N>
constexpr auto without_plots(const std::array<Field, N>& all) {
    std::array<Field, N - 1> out{};
    std::ranges::copy_if(all, out.begin(), [](const Field& field) { return field.key != statement_key::plots; });
    return out;
}

constexpr auto notice_fields = without_plots(with_common(std::array{
    choice(notice_key::kind, "kind", notice_kinds), required(notice_key::title, "title", Local), optional(notice_key::text, "text", Local),
    required(notice_key::since, "since", Day), optional(notice_key::ended, "ended", Day), list(notice_key::producers, "producers", Text, short_text),
    list(notice_key::products, "products", Integer, 65'535), optional(notice_key::issued_from, "issued_from", Day),
    optional(notice_key::issued_until, "issued_until", Day), optional(notice_key::drill, "drill", Flag)}));

// A notice may name several producers instead of one.
constexpr std::array notice_owned = {statement_key::lots, statement_key::certificates};
constexpr std::array notice_owners = {statement_key::producer, notice_key::producers};

constexpr auto variety_fields = with_common(std::array{
    required(variety_key::product, "product", Integer, 65'535), required(variety_key::name, "name", Local),
    required(variety_key::text, "text", Local), optional(variety_key::season_from, "season_from", Text, 5),
    optional(variety_key::season_until, "season_until", Text, 5), optional(variety_key::bred_at, "bred_at", Local)});

constexpr std::array figure_row_fields = {
    optional(figure_row_key::product_class, "product_class", Integer, 65), optional(figure_row_key::substance, "substance", Text, short_text),
    optional(figure_row_key::division, "division", Division), optional(figure_row_key::planned, "planned", Integer, any_number),
    required(figure_row_key::tested, "tested", Integer, any_number), required(figure_row_key::failed, "failed", Integer, any_number),
    optional(figure_row_key::disposed, "disposed", Integer, any_number)};
constexpr Schema figure_row_schema{"row", figure_row_fields};

constexpr auto figures_fields = with_common(std::array{
    required(figures_key::from, "from", Day), required(figures_key::until, "until", Day), records(figures_key::rows, "rows", figure_row_schema, true)});

constexpr auto manifest_fields = with_common(std::array{
    required(manifest_key::sequence, "sequence", Integer, UINT32_MAX),
    Field{.key = manifest_key::digests, .name = "digests", .kind = FieldKind::Binary, .required = true, .is_list = true, .limit = 32, .max_items = max_manifest_digests}});

// What an office had before it when it signed: the time by which each of these messages was there.
constexpr auto receipt_fields = with_common(std::array{
    Field{.key = receipt_key::digests, .name = "digests", .kind = FieldKind::Binary, .required = true, .is_list = true, .limit = 32, .max_items = max_receipt_digests}});

constexpr std::array producers = {Role::Producer, Role::Buyer};
constexpr std::array bureau = {Role::Bureau};
constexpr std::array testers = {Role::Laboratory, Role::Producer, Role::Buyer};
constexpr std::array certifiers = {Role::Certifier, Role::Bureau};
constexpr std::array growers = {Role::Producer, Role::Buyer, Role::Bureau, Role::Supplier};
constexpr std::array handlers = {Role::Producer, Role::Buyer, Role::Carrier, Role::Market};
constexpr std::array inspectors = {Role::Inspector, Role::Bureau};
constexpr std::array notifiers = {Role::Bureau, Role::Producer, Role::Buyer};  // who issued a certificate may withdraw it
constexpr std::array keepers = {Role::Producer, Role::Buyer, Role::Bureau};

struct TypeRow {
    StatementType type;
    Schema schema;
    std::span<const Role> signers;
};
constexpr std::array types = {
    TypeRow{StatementType::Card, {"card", card_fields}, bureau},
    TypeRow{StatementType::Test, {"test", test_fields}, testers},
    TypeRow{StatementType::Label, {"label", label_fields}, certifiers},
    TypeRow{StatementType::Input, {"input", input_fields}, growers},
    TypeRow{StatementType::Work, {"work", work_fields}, handlers},
    TypeRow{StatementType::Patrol, {"patrol", patrol_fields}, inspectors},
    TypeRow{StatementType::Grade, {"grade", grade_fields}, bureau},
    TypeRow{StatementType::Notice, {"notice", notice_fields, notice_owned, notice_owners}, notifiers},
    TypeRow{StatementType::Variety, {"variety", variety_fields}, bureau},
    TypeRow{StatementType::Figures, {"figures", figures_fields}, bureau},
    TypeRow{StatementType::Manifest, {"manifest", manifest_fields}, keepers},
    TypeRow{StatementType::Receipt, {"receipt", receipt_fields}, bureau},
};

constexpr auto type_list = [] {
    std::array<StatementType, types.size()> list{};
    for (std::size_t i = 0; i < types.size(); ++i) list[i] = types[i].type;
    return list;
}();

const TypeRow* find_type(StatementType type) noexcept {
    const auto found = std::ranges::find(types, type, &TypeRow::type);
    return found == types.end() ? nullptr : &*found;
}

}  // namespace

const Schema* schema_of(StatementType type) noexcept {
    const TypeRow* row = find_type(type);
    return row == nullptr ? nullptr : &row->schema;
}

std::optional<StatementType> statement_type_named(std::string_view name) noexcept {
    const auto found = std::ranges::find_if(types, [&](const TypeRow& row) { return row.schema.name == name; });
    if (found == types.end()) return {};
    return found->type;
}

std::span<const Role> signers_of(StatementType type) noexcept {
    if (type == StatementType::Certificate) return producers;
    const TypeRow* row = find_type(type);
    return row == nullptr ? std::span<const Role>{} : row->signers;
}

std::span<const StatementType> story_types() noexcept { return type_list; }

}  // namespace pipa
