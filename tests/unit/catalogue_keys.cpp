#include "unit/catalogue_keys.hpp"

#include <algorithm>
#include <regex>

#include "page/lessons.hpp"
#include "page/view_sections.hpp"
#include "support/project_files.hpp"

namespace pipa::test {
namespace {

constexpr std::string_view first_days = "reason.age.issued_days_ago";

template <typename Enum, typename NameOf>
void add_names(std::set<std::string>& keys, const std::string& family, int first, int last, NameOf name_of) {
    for (int i = first; i <= last; ++i) keys.insert(family + std::string{name_of(static_cast<Enum>(i))});
}

void add_reasons(std::set<std::string>& keys) {
    const auto add = [&](ReasonId id, const std::string& code) {
        if (id != ReasonId::ForeignCode) keys.insert("reason." + code);
        if (id <= ReasonId::SignatureFits) keys.insert("next." + code);
    };
#define PIPA_REASON(id_name, text, verdict, level) add(ReasonId::id_name, text);
#include "judge/reasons.def"
#undef PIPA_REASON
    add_names<ForeignCode>(keys, "reason.check.foreign_code.", 0, static_cast<int>(ForeignCode::ActiveContent), foreign_code_name);
    keys.insert(std::string{first_days} + ".today");
}

void add_verdicts(std::set<std::string>& keys) {
    add_names<Verdict>(keys, "verdict.", 0, static_cast<int>(Verdict::CouldNotCheck), verdict_name);
    keys.insert({"verdict.genuine.caution", "verdict.genuine.stop", "verdict.could_not_check.half", "verdict.revoked.recalled", "verdict.revoked.suspended", "verdict.revoked.withdrawn",
                 "limits.could_not_check.half", "limits.genuine.copy", "limits.genuine.safe", "limits.genuine.official"});
    for (int i = 1; i <= static_cast<int>(Verdict::CouldNotCheck); ++i)
        keys.insert("limits." + std::string{verdict_name(static_cast<Verdict>(i))} + ".1");
}

// Rows and sections are named where they are made.
void add_rows(std::set<std::string>& keys) {
    const std::regex row(R"re(rows\.add\("([a-z_]+)")re");
    const std::regex section(R"re(Rows rows\(catalogue, "([a-z_]+)")re");
    for (const auto& path : files_below("src/page", {".cpp"})) {
        const std::string code = read_file(path);
        for (std::sregex_iterator at(code.begin(), code.end(), row), end; at != end; ++at) keys.insert("row." + (*at)[1].str());
        for (std::sregex_iterator at(code.begin(), code.end(), section), end; at != end; ++at) keys.insert("section." + (*at)[1].str());
    }
}

// The words of the dossier: types, relations, choices that are shown, and the terms that sections explain.
void add_dossier_statement_words(std::set<std::string>& keys) {
    using cose::StatementType;
    static const std::vector<std::pair<StatementType, std::string>> shown = {
        {StatementType::Test, "kind"}, {StatementType::Test, "verdict"}, {StatementType::Input, "kind"}, {StatementType::Input, "action"},
        {StatementType::Work, "step"}, {StatementType::Patrol, "finding"}, {StatementType::Notice, "kind"}};
    for (const auto& [type, field] : shown) {
        const Schema& schema = *schema_of(type);
        for (const std::string_view word : std::ranges::find(schema.fields, field, &Field::name)->choices)
            keys.insert("choice." + std::string{schema.name} + "." + field + "." + std::string{word});
    }
    for (const char* word : {"negative", "positive", "not_detected"}) keys.insert("choice.item.result." + std::string{word});
    for (const StatementType type : story_types()) keys.insert("statement." + std::string{schema_of(type)->name});
    keys.insert({"statement.certificate", "statement.unknown", "voucher.role.issuer", "voucher.own.basis", "voucher.registered.basis"});
    add_names<Relation>(keys, "relation.", 0, static_cast<int>(Relation::Other), relation_name);
    add_names<Role>(keys, "voucher.role.", 1, last_role, role_name);
    const std::regex terms(R"re(rows\.explain\(\{([^}]*)\}\))re");
    const std::regex term(R"re("([a-z_]+)")re");
    for (const auto& path : files_below("src/page", {".cpp"})) {
        const std::string code = read_file(path);
        for (std::sregex_iterator at(code.begin(), code.end(), terms), end; at != end; ++at) {
            const std::string list = (*at)[1];
            for (std::sregex_iterator one(list.begin(), list.end(), term); one != end; ++one)
                for (const char* part : {".term", ".text"}) keys.insert("explain." + (*one)[1].str() + part);
        }
    }
}

// Whole keys that stand in the code as they are.
void add_literals(std::set<std::string>& keys) {
    const std::regex literal(R"re([cC]atalogue\.(?:text|format)\("([a-z0-9_.-]*[a-z0-9_])")re");
    for (const auto& path : files_below("src", {".cpp"})) {
        const std::string code = read_file(path);
        for (std::sregex_iterator at(code.begin(), code.end(), literal), end; at != end; ++at) keys.insert((*at)[1]);
    }
}

}  // namespace

std::set<std::string> keys_of_core() {
    std::set<std::string> keys;
    add_reasons(keys);
    add_verdicts(keys);
    add_rows(keys);
    add_literals(keys);
    add_dossier_statement_words(keys);
    add_names<Grade>(keys, "freshness.", 0, static_cast<int>(Grade::Unknown), grade_name);
    add_names<Unit>(keys, "unit.", 1, static_cast<int>(Unit::Egg), unit_name);
    add_names<Pack>(keys, "pack.", 1, static_cast<int>(Pack::Bundle), pack_name);
    add_names<Form>(keys, "form.", 1, static_cast<int>(Form::Buyer2025), form_name);
    add_names<PartyKind>(keys, "kind.", 1, static_cast<int>(PartyKind::Office), party_kind_name);
    for (const Basis basis : all_bases) keys.insert("basis." + std::string{basis_name(basis)});
    for (const std::string_view id : {voucher::producer, voucher::district, voucher::device, voucher::log, voucher::nobody})
        for (const char* part : {"name", "role", "basis"}) keys.insert("voucher." + std::string{id} + "." + part);
    add_names<Standing>(keys, "standing.", 0, static_cast<int>(Standing::KeyLostLater), standing_name);
    const Schema& label = *schema_of(cose::StatementType::Label);
    const auto kind = std::ranges::find(label.fields, "kind", &Field::name);
    for (const std::string_view word : kind->choices) keys.insert("label_kind." + std::string{word});
    for (const auto rules : {lesson_rules(), product_lesson_rules()})
        for (const LessonRule& rule : rules) keys.insert("lesson." + std::string{rule.article});
    for (const char* word : {"laboratories", "substances", "over", "screened_positive", "not_comparable", "self_alone", "self_too"}) keys.insert(std::string{"tested."} + word);
    keys.insert({"value.lines", "row.promised_by", "badge.wrong", "badge.questioned"});
    for (int month = 1; month <= 12; ++month) keys.insert("date.month." + std::to_string(month));
    return keys;
}

std::set<std::string> optional_keys_of_core() {
    std::set<std::string> keys;
    for (const std::string& key : keys_of_core())
        if (key.starts_with("unit.") || key.starts_with("pack.")) keys.insert(key + ".one");
    keys.insert({std::string{first_days} + ".one", "tested.laboratories.one", "tested.substances.one", "value.lines.one"});
#define PIPA_REASON(id_name, text, verdict, level) keys.insert(std::string{"next."} + text);
#include "judge/reasons.def"
#undef PIPA_REASON
    return keys;
}

std::set<std::string> families_of_core() {
    return {"reason.", "next.", "verdict.", "limits.", "freshness.", "row.", "section.", "unit.", "pack.", "form.", "kind.", "basis.", "voucher.", "date.",
            "standing.", "label_kind.", "tested.", "badge.", "drawing.", "choice.", "relation.", "statement.", "explain.", "lesson."};
}

}  // namespace pipa::test
