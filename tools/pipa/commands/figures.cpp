// pipa figures make, pipa figures add, pipa figures show
#include <cmath>
#include <iostream>

#include "host/atomic_file.hpp"
#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/field/evidence_source.hpp"
#include "pipa/field/statement_making.hpp"
#include "host/files.hpp"
#include "pipa/issue/issuing.hpp"
#include "pipa/input/json_reader.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/terminal/terminal.hpp"
#include "oversight/figures.hpp"

namespace pipa::cli {
namespace {

struct FiguresOptions {
    Voice voice{};
    std::vector<std::string> sources{};
    TrustOptions trust{};
    std::string from{}, until{};
    std::string plan{};
    std::string key{};
    PassphraseSource passphrase{};
    std::string out{};
    std::string id{};
    std::string now{};
    std::string language{};
};

constexpr std::array views = {std::pair{FigureView::Whole, "whole"}, std::pair{FigureView::ByTown, "towns"}, std::pair{FigureView::ByClass, "classes"},
                              std::pair{FigureView::BySubstance, "substances"}};

// Six decimals, so that the same figures print the same everywhere.
double rounded(double share) { return std::round(share * 1e6) / 1e6; }

Json json_of(const FigureRow& row) {
    Json out = Json::object();
    if (row.product_class) out["product_class"] = *row.product_class;
    if (!row.substance.empty()) out["substance"] = row.substance;
    if (row.division != 0) out["division"] = row.division;
    if (row.planned) out["planned"] = *row.planned;
    out.update({{"tested", row.tested}, {"failed", row.failed}, {"disposed", row.disposed}});
    if (row.tested == 0) return out;
    const Interval interval = pass_rate(row);
    out["pass_rate"] = rounded(static_cast<double>(row.tested - row.failed) / static_cast<double>(row.tested));
    out["interval_95"] = {rounded(interval.low), rounded(interval.high)};
    return out;
}

std::string name_of(const FigureRow& row, FigureView view, const TrustStore& trust, const Catalogue& catalogue) {
    if (view == FigureView::Whole) return catalogue.text("cli.figures.all");
    if (view == FigureView::BySubstance) return row.substance;
    if (view == FigureView::ByClass)
        return row.product_class ? catalogue.format("cli.figures.class", {{"number", std::to_string(*row.product_class)}}) : catalogue.text("cli.figures.class_not_told");
    if (row.division == 0) return catalogue.text("cli.figures.town_not_told");
    const LocalText* name = trust.division_name(row.division);
    return name == nullptr ? std::to_string(row.division) : catalogue.pick(*name);
}

std::string percent(double share) {
    const auto tenths = static_cast<long>(std::lround(share * 1000));
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

void print_rows(const Figures& figures, const TrustStore& trust, const Catalogue& catalogue) {
    const auto cell = [](const std::string& text) { return right_aligned(text, 9); };
    std::cout << catalogue.format("cli.figures.head", {{"from", format_day(figures.from)}, {"until", format_day(figures.until)}}) << '\n' << padded("", 28);
    for (const char* column : {"planned", "tested", "failed", "closed", "passed"}) std::cout << cell(catalogue.text("cli.figures.column." + std::string{column}));
    std::cout << "   " << catalogue.text("cli.figures.column.interval") << '\n';
    for (const auto& [view, title] : views) {
        if (view != FigureView::Whole) std::cout << catalogue.text("cli.figures.by." + std::string{title}) << '\n';
        for (const FigureRow& row : summed(figures, view)) {
            std::cout << padded("  " + name_of(row, view, trust, catalogue), 28) << cell(row.planned ? std::to_string(*row.planned) : "-")
                      << cell(std::to_string(row.tested)) << cell(std::to_string(row.failed)) << cell(std::to_string(row.disposed));
            if (row.tested > 0) {
                const Interval interval = pass_rate(row);
                std::cout << cell(percent(static_cast<double>(row.tested - row.failed) / static_cast<double>(row.tested))) << "   "
                          << percent(interval.low) << " .. " << percent(interval.high);
            }
            std::cout << '\n';
        }
    }
}

Json views_json(const Figures& figures) {
    Json out = {{"from", format_day(figures.from)}, {"until", format_day(figures.until)}};
    for (const auto& [view, name] : views) {
        Json list = Json::array();
        for (const FigureRow& row : summed(figures, view)) list.push_back(json_of(row));
        out[name] = std::move(list);
    }
    return out;
}

// {"rows": [{"division": 330113100, "product_class": 1, "planned": 40}]}
Result<std::vector<FigureRow>> read_plan(const std::string& path) {
    std::vector<FigureRow> rows;
    if (path.empty()) return rows;
    const auto content = read_file(path);
    if (!content) return std::unexpected(content.error());
    const auto document = parse_json(as_text(*content));
    if (!document) return std::unexpected(document.error());
    DocumentProblems problems;
    {
        JsonReader reader(*document, "", problems);
        reader.objects("rows", [&](JsonReader& row) {
            FigureRow planned;
            if (const auto code = row.integer("product_class", 0, 65)) planned.product_class = static_cast<std::uint32_t>(*code);
            planned.division = row.integer("division", 0, 999'999'999).value_or(0);
            planned.planned = row.need_integer("planned", 0, 1'000'000'000);
            rows.push_back(std::move(planned));
        });
    }
    if (problems.empty()) return rows;
    return fail(problems.front().error.code, {}, path + ": " + problems.front().path + ": " + problems.front().error.detail);
}

// Signed where there is a key, and written; then shown.
int present(const FiguresOptions& options, const Figures& figures, const TrustStore& trust, UnixSeconds now, std::size_t not_standing) {
    const Voice& voice = options.voice;
    std::string id = options.id;
    if (!options.key.empty()) {
        const auto key = load_key(options.key, options.passphrase);
        if (!key) return voice.fail(key.error(), options.key);
        if (const auto may = check_may_sign(trust, *key, cose::StatementType::Figures, now); !may) return voice.fail(may.error(), options.key);
        if (id.empty()) id = "figures-" + format_day(figures.from) + "-" + format_day(figures.until);
        const Bytes payload = cbor::encode(figures_payload(figures, id, now));
        const Bytes message = Signer(*key, cose::StatementType::Figures).sign(payload);
        // What is signed is what the reader will accept.
        if (const auto parsed = parse_any_statement(message); !parsed) return voice.fail(parsed.error());
        if (const auto written = write_file_atomically(options.out, message); !written) return voice.fail(written.error());
    }
    if (voice.json) {
        Json out = {{"ok", true}, {"figures", views_json(figures)}, {"not_standing", not_standing}};
        if (!options.key.empty()) out.update({{"id", id}, {"file", options.out}});
        voice.print(out);
    } else {
        print_rows(figures, trust, catalogue_of(options.language));
    }
    return done;
}

struct Opened {
    TrustStore trust{};
    UnixSeconds now{};
    std::size_t messages{};
    Observations evidence{};
};

// Trust, clock and statements. The trust store must not move once the evidence refers to it.
std::optional<int> open_all(const FiguresOptions& options, Opened& out) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    auto trust = open_trust(options.trust);
    if (!trust) return options.voice.fail(trust.error(), options.trust.pack);
    const auto messages = gather_messages(options.sources);
    if (!messages) return options.voice.fail(messages.error());
    out.now = *now;
    out.trust = std::move(*trust);
    out.messages = messages->size();
    out.evidence = weigh(*messages, out.trust);
    return {};
}

int run_make(const FiguresOptions& options) {
    const auto from = parse_day(options.from);
    const auto until = parse_day(options.until);
    if (!from || !until || *until < *from) return options.voice.fail(Error{ErrorCode::DateInvalid, {}, options.from + ".." + options.until}, "--from, --until");
    const auto plan = read_plan(options.plan);
    if (!plan) return options.voice.fail(plan.error());
    Opened opened;
    if (const auto failed = open_all(options, opened)) return *failed;
    const auto batches = tested_batches(opened.evidence, opened.trust);
    const auto failures = failures_of(batches, opened.evidence, day_of(opened.now));
    const auto figures = count_figures(batches, failures, *from, *until, *plan);
    if (!figures) return options.voice.fail(figures.error());
    return present(options, *figures, opened.trust, opened.now, standings_of(opened.evidence, opened.messages).others);
}

int run_add(const FiguresOptions& options) {
    Opened opened;
    if (const auto failed = open_all(options, opened)) return *failed;
    std::vector<Figures> parts;
    for (const CheckedStatement& told : opened.evidence.statements)
        if (told.stands() && told.is(cose::StatementType::Figures)) parts.push_back(figures_of(*told.statement));
    if (parts.empty()) return options.voice.fail(Error{ErrorCode::ExportNothing, {}, "figures"});
    const auto sum = sum_figures(parts);
    if (!sum) return options.voice.fail(sum.error());
    return present(options, *sum, opened.trust, opened.now, standings_of(opened.evidence, opened.messages).others);
}

void add_common(CLI::App& app, FiguresOptions& options, const char* sources) {
    app.add_option("source", options.sources, sources)->required()->type_name("FILE|FOLDER");
    add_trust_options(app, options.trust, Need::Required);
    add_language_option(app, options.language);
}

void add_signing(CLI::App& app, FiguresOptions& options) {
    auto* key = app.add_option("--key", options.key, "Sign the figures with the bureau's key")->type_name("FILE");
    auto* out = app.add_option("--out", options.out, "Where the signed statement goes")->type_name("FILE")->needs(key);
    key->needs(out);
    add_passphrase_options(app, options.passphrase);
    app.add_option("--id", options.id, "The statement's own number; its period where not given");
    add_now_option(app, options.now);
}

}  // namespace

void add_figures(CLI::App& pipa, int& exit_code) {
    CLI::App* group = pipa.add_subcommand("figures", "Figures for the board, counted from signed tests");
    group->require_subcommand(1);
    const auto make = declare_command<FiguresOptions>(*group, "make", "Count a period's tests by town, class of product and substance",
        "pipa figures make office.db --from 2026-01-01 --until 2026-11-20 --plan plan.json --trust trust.cose --office-key office.pub \\\n"
        "    --key bureau.key --out figures.cose\n\n"
        "Counted are supervision and monitoring tests that stand, each batch once; what a recheck decided counts. The plan is\n"
        "{\"rows\": [{\"division\": 330113100, \"product_class\": 1, \"planned\": 40}]}.", exit_code, run_make);
    add_common(*make.app, *make.options, "Stores, folders of statements, dossiers");
    make.app->add_option("--from", make.options->from, "First day")->required()->type_name("DAY");
    make.app->add_option("--until", make.options->until, "Last day")->required()->type_name("DAY");
    make.app->add_option("--plan", make.options->plan, "How many batches were planned")->type_name("FILE");
    add_signing(*make.app, *make.options);
    const auto add = declare_command<FiguresOptions>(*group, "add", "Add the signed figures of several towns or districts",
        "pipa figures add tangqi.cose chongxian.cose --trust trust.cose --office-key office.pub --key bureau.key --out district.cose", exit_code, run_add);
    add_common(*add.app, *add.options, "Signed figures of one period");
    add_signing(*add.app, *add.options);
    const auto show = declare_command<FiguresOptions>(*group, "show", "Show signed figures with their rates and intervals",
        "pipa figures show figures.cose --trust trust.cose --office-key office.pub --lang en", exit_code, run_add);
    add_common(*show.app, *show.options, "Signed figures");
}

}  // namespace pipa::cli
