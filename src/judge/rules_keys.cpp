// Keys that have run out since: whoever kept one can still sign, and write any day of the key's life under it. What such a key signed is taken as
// it stands, for last year's goods are judged as they were; and where nothing shows that it was there before the key's end, that is said. What
// stops goods is heard without a word more, as it is from a lost key.
#include <optional>
#include <string_view>

#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

std::optional<UnixSeconds> end_of(const CheckedStatement& told, UnixSeconds now) {
    return told.key != nullptr && told.key->valid_until && *told.key->valid_until < now ? told.key->valid_until : std::nullopt;
}

// When the record was sealed. A manifest by a key that has run out itself shows nothing, unless its record is the one that the office
// publishes, or an office's receipt shows it.
std::optional<UnixSeconds> sealed_at(const RuleInput& input) {
    const CheckedStatement& manifest = input.dossier.manifest;
    if (!is_keeper(input, manifest)) return {};
    const bool certain = !end_of(manifest, input.now) || input.on_file || manifest.received;
    return certain ? std::optional{manifest.statement->issued()} : std::nullopt;
}

// Whether it can speak for these goods. Of receipts only those do that something rests on.
bool bears(const CheckedStatement& told, const Bearing& bearing) {
    if (bearing.standing != Standing::Stands) return false;
    const bool of_goods = bearing.relation == Relation::Lot || bearing.relation == Relation::Upstream;
    switch (told.statement->type()) {
        case StatementType::Certificate:
        case StatementType::Test:
        case StatementType::Input:
        case StatementType::Work: return of_goods;
        case StatementType::Label: return bearing.relation == Relation::Label;
        case StatementType::Patrol:
        case StatementType::Grade: return of_goods || bearing.relation == Relation::Issuer;
        case StatementType::Receipt: return told.shows;
        default: return false;
    }
}

void say(const CheckedStatement& told, UnixSeconds end, Findings& reasons) {
    const std::string_view id = told.statement->id();
    add(reasons, ReasonId::StatementKeyEnded).with("id", id).with("date", format_day(day_of(end))).because_of(id);
}

}  // namespace

void judge_key_ends(const RuleInput& input, Findings& reasons) {
    const CheckedStatement& manifest = input.dossier.manifest;
    const auto sealed = sealed_at(input);
    if (const auto end = end_of(manifest, input.now); end && !sealed && is_keeper(input, manifest)) say(manifest, *end, reasons);
    for (std::size_t i = 0; i < input.bearings.size(); ++i) {
        const CheckedStatement& told = input.dossier.statements[i];
        const auto end = end_of(told, input.now);
        if (!end || told.received || !(bears(told, input.bearings[i]) || &told == input.receipt)) continue;
        if (!(told.in_manifest && sealed && *sealed <= *end)) say(told, *end, reasons);
    }
}

}  // namespace pipa
