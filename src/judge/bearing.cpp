// What each statement of a dossier has to do with the certificate at hand, and whether it counts for it. What the certificate is asked
// about again and again is sorted once; each statement is looked at once.
#include <algorithm>
#include <array>

#include "base/heap_sort.hpp"
#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

class Hearing {
public:
    // `input.bearings` has the standings; relations are told here.
    explicit Hearing(const RuleInput& input) : m_input(input), m_subject(subject_id(input.issuer)), m_owners(upstream_owners(input)) { gather_plots(); }

    [[nodiscard]] Relation relation_of(const CheckedStatement& told) const {
        const ParsedStatement& statement = *told.statement;
        switch (statement.type()) {
            case StatementType::Certificate: return relation_of_certificate(told);
            case StatementType::Label: return relation_of_label(statement);
            case StatementType::Notice: return relation_of_notice(statement);
            case StatementType::Variety: return is_this_product(statement) ? Relation::Product : Relation::Other;
            case StatementType::Figures:
            case StatementType::Receipt: return Relation::District;
            case StatementType::Card: return statement.text(card_key::uscc) == m_subject ? Relation::Issuer : issuer_or_other(statement);
            default: break;
        }
        return is_about_lot(statement) ? Relation::Lot : issuer_or_other(statement);
    }

private:
    // The producer's own works name the plots a lot came from.
    void gather_plots() {
        for_each_standing(m_input, StatementType::Work, [&](const CheckedStatement& work) {
            const bool own = work.party != nullptr && work.party->id == m_input.issuer.id && is_of_issuer(*work.statement);
            if (!own || !names_lot(*work.statement)) return;
            for (const cbor::Value& plot : work.statement->list(statement_key::plots)) m_plots.push_back(plot.text());
        });
        heap_sort(m_plots);
        const auto repeated = std::ranges::unique(m_plots);
        m_plots.erase(repeated.begin(), repeated.end());
    }

    [[nodiscard]] bool is_of_issuer(const ParsedStatement& statement) const { return statement.text(statement_key::producer) == m_subject; }
    [[nodiscard]] bool names_lot(const ParsedStatement& statement) const {
        return !m_input.certificate.lot.empty() && statement.lists_text(statement_key::lots, m_input.certificate.lot);
    }

    [[nodiscard]] bool is_about_lot(const ParsedStatement& statement) const {
        if (!is_of_issuer(statement)) return false;
        if (names_lot(statement) || statement.lists_text(statement_key::certificates, m_input.certificate.number)) return true;
        // What names lots or certificates speaks of those, even where another lot grew on the same plot.
        if (!statement.list(statement_key::lots).empty() || !statement.list(statement_key::certificates).empty()) return false;
        return std::ranges::any_of(statement.list(statement_key::plots), [&](const cbor::Value& plot) { return std::ranges::binary_search(m_plots, plot.text()); });
    }

    [[nodiscard]] Relation relation_of_certificate(const CheckedStatement& told) const {
        const Certificate& mine = m_input.certificate;
        const Certificate& other = *told.statement->certificate;
        const bool of_issuer = told.party != nullptr && told.party->id == m_input.issuer.id;
        if (of_issuer && (other.number == mine.number || (!mine.lot.empty() && other.lot == mine.lot))) return Relation::Lot;
        const bool went_in = std::ranges::any_of(mine.upstream, [&](const UpstreamReference& reference) { return is_referred_to(reference, told); });
        return went_in ? Relation::Upstream : Relation::Other;
    }

    [[nodiscard]] Relation relation_of_label(const ParsedStatement& label) const {
        const auto reference = label.integer(label_key::reference).value_or(0);
        if (std::ranges::find(m_input.certificate.labels, reference) != m_input.certificate.labels.end()) return Relation::Label;
        return label.text(label_key::holder) == m_subject ? Relation::Issuer : Relation::Other;
    }

    [[nodiscard]] Relation relation_of_notice(const ParsedStatement& notice) const {
        if (notice_matches(m_input, notice)) return Relation::Lot;
        for (std::size_t i = 0; i < m_owners.size(); ++i)
            if (notice_names(notice, m_input.certificate.upstream[i], m_owners[i])) return Relation::Upstream;
        return issuer_or_other(notice);
    }

    // What names another lot, plot or certificate of the same producer is still about something else.
    [[nodiscard]] Relation issuer_or_other(const ParsedStatement& statement) const {
        static constexpr std::array keys = {statement_key::lots, statement_key::plots, statement_key::certificates};
        if (std::ranges::any_of(keys, [&](std::int64_t key) { return !statement.list(key).empty(); })) return Relation::Other;
        const bool of_issuer = is_of_issuer(statement) || statement.lists_text(notice_key::producers, m_subject);
        return of_issuer ? Relation::Issuer : Relation::Other;
    }

    [[nodiscard]] bool is_this_product(const ParsedStatement& variety) const {
        return m_input.certificate.product_code && variety.integer(variety_key::product) == std::int64_t{*m_input.certificate.product_code};
    }

    const RuleInput& m_input;
    std::string m_subject;
    std::vector<std::string> m_owners;  // of the certificates upstream
    std::vector<std::string_view> m_plots{};
};

// Tests, inputs and works name no product; for this lot they are held against the lot's own.
bool names_no_product(StatementType type) noexcept {
    return type == StatementType::Test || type == StatementType::Input || type == StatementType::Work;
}

}  // namespace

std::vector<Bearing> lot_bearings_of(const RuleInput& given) {
    const auto& statements = given.dossier.statements;
    std::vector<Bearing> out(statements.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const CheckedStatement& told = statements[i];
        out[i].standing = told.standing;
        if (told.stands() && !given.clock_behind && told.statement->issued() > given.now + clock_tolerance_s) out[i].standing = Standing::NotYet;
        out[i].after_issue = told.statement && told.statement->issued() > given.certificate.issued_unix_s;
    }
    RuleInput input = given;
    input.bearings = out;  // plots are shared through harvests that stand
    const Hearing hearing(input);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const CheckedStatement& told = statements[i];
        if (!told.statement) continue;
        out[i].relation = hearing.relation_of(told);
        // Goods without a product code may be those that the key speaks of.
        const bool of_lot = out[i].relation == Relation::Lot && names_no_product(told.statement->type()) && given.certificate.product_code;
        if (out[i].standing == Standing::Stands && of_lot && !covers_class(told.key->scope, product_class_of(given.certificate)))
            out[i].standing = Standing::OutOfScope;
    }
    return out;
}

std::vector<std::size_t> known_upstream(const RuleInput& input) {
    const auto& statements = input.dossier.statements;
    std::vector<std::size_t> certificates;
    if (!input.certificate.upstream.empty())
        for (std::size_t i = 0; i < statements.size(); ++i)
            if (statements[i].stands() && statements[i].is(StatementType::Certificate) && statements[i].party != nullptr) certificates.push_back(i);
    const auto number_of = [&](std::size_t at) { return statements[at].statement->id(); };
    heap_sort(certificates, {}, number_of);
    std::vector<std::size_t> out;
    const auto take_those_of = [&](const Certificate& certificate) {
        for (const UpstreamReference& reference : certificate.upstream)
            for (const std::size_t at : std::ranges::equal_range(certificates, std::string_view{reference.number}, {}, number_of))
                if (is_referred_to(reference, statements[at]) && out.size() < max_upstream_judged && std::ranges::find(out, at) == out.end()) out.push_back(at);
    };
    take_those_of(input.certificate);
    std::size_t done = 0;
    for (std::size_t depth = 1; depth < max_upstream_depth; ++depth)
        for (const std::size_t end = out.size(); done < end; ++done) take_those_of(*statements[out[done]].statement->certificate);
    return out;
}

RuleInput for_upstream(const RuleInput& input, std::size_t statement) {
    const CheckedStatement& told = input.dossier.statements[statement];
    return {.certificate = *told.statement->certificate, .issuer = *told.party, .dossier = input.dossier, .field = input.field, .now = input.now,
            .clock_behind = input.clock_behind, .has_dossier = input.has_dossier, .notices = input.notices, .trust = input.trust};
}

std::vector<Bearing> bearings_of(const RuleInput& input) {
    std::vector<Bearing> out = lot_bearings_of(input);
    for (const std::size_t at : known_upstream(input)) {
        out[at].relation = Relation::Upstream;
        const std::vector<Bearing> theirs = lot_bearings_of(for_upstream(input, at));
        for (std::size_t i = 0; i < out.size(); ++i)
            if (out[i].relation == Relation::Other && theirs[i].relation == Relation::Lot) out[i].relation = Relation::Upstream;
    }
    return out;
}

}  // namespace pipa
