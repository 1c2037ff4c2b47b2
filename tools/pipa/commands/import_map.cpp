// pipa import map: a mapping for a table, proposed by the heads of its columns and shown on its first rows.
#include <algorithm>
#include <array>
#include <iostream>

#include "base/utf8.hpp"
#include "embedded/import.hpp"
#include "host/atomic_file.hpp"
#include "host/files.hpp"
#include "pipa/commands/parts.hpp"
#include "pipa/field/import_mapping.hpp"
#include "pipa/field/text_encoding.hpp"
#include "pipa/input/table.hpp"
#include "pipa/input/table_cells.hpp"
#include "pipa/issue/certificate_columns.hpp"
#include "pipa/terminal/terminal.hpp"

namespace pipa::cli {
namespace {

constexpr std::size_t shown_rows = 10;

struct MapOptions {
    Voice voice{};
    std::string table{}, statement{}, out{};
};

struct Sample {
    std::vector<std::string> columns{};
    std::vector<std::vector<std::string>> rows{};
};

Result<Sample> read_sample(const std::string& path) {
    const auto content = read_file(path);
    if (!content) return std::unexpected(content.error());
    const auto text = table_text(*content, {});
    if (!text) return std::unexpected(text.error());
    TableReader reader(*text);
    auto header = reader.header();
    if (!header) return std::unexpected(header.error());
    Sample out{.columns = std::move(*header)};
    while (out.rows.size() < shown_rows) {
        const auto row = reader.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        out.rows.emplace_back((*row)->fields.begin(), (*row)->fields.end());
    }
    return out;
}

// "批次 （号）" and "批次(号)" are one head.
std::string plain_head(std::string_view head) {
    std::string out = narrow_cell(clean_cell(head));
    std::erase(out, ' ');
    return out;
}

// The mappings that come with Pipa (assets/import), each for one usual table.
std::vector<Json> known_mappings() {
    std::vector<Json> out;
    for (const std::string_view text : {embedded::import_certificates, embedded::import_credit, embedded::import_inputs, embedded::import_patrols, embedded::import_subjects, embedded::import_tests})
        out.push_back(Json::parse(text));
    return out;
}

const Json* target_of(const Json& mapping, const std::string& head) {
    for (const auto& [name, target] : mapping["columns"].items())
        if (plain_head(name) == plain_head(head)) return &target;
    return nullptr;
}

Json target_of_certificate(const std::string& head) {
    const auto index = certificate_column_index(head);
    return index ? Json{{"field", certificate_field_names()[*index]}} : Json{};
}

struct Proposal {
    Json mapping{};
    std::size_t matched{};
};

Proposal propose(const Json& known, const Sample& sample) {
    Proposal out{.mapping = {{"statement", known["statement"]}}};
    if (known.contains("constants")) out.mapping["constants"] = known["constants"];
    out.mapping["columns"] = Json::object();
    for (const std::string& head : sample.columns) {
        if (head.empty()) continue;
        const Json* target = target_of(known, head);
        Json found = target != nullptr ? *target : known["statement"] == "certificate" ? target_of_certificate(head) : Json{};
        out.matched += !found.is_null();
        out.mapping["columns"][head] = std::move(found);
    }
    return out;
}

std::string fields_of(const Json& target) {
    if (target.is_null()) return "-";
    if (target.is_object()) return target["field"].get<std::string>();
    std::string out;
    for (const Json& one : target) out += (out.empty() ? "" : ", ") + one["field"].get<std::string>();
    return out;
}

// As much of a cell as fits beside others; a terminal is told nothing else than text.
std::string beginning_of(std::string_view cell) {
    constexpr std::size_t most = 24;
    std::string out;
    for (std::size_t at = 0; at < cell.size() && out.size() < most;) {
        const std::size_t length = std::max<std::size_t>(utf8_sequence(cell, at), 1);
        const std::string_view one = cell.substr(at, length);
        out += has_unprintable(one) ? " " : one;
        at += length;
    }
    return out;
}

void show(const Sample& sample, const Json& mapping) {
    std::cout << "statement: " << mapping["statement"].get<std::string>() << '\n';
    for (std::size_t column = 0; column < sample.columns.size(); ++column) {
        if (sample.columns[column].empty()) continue;
        std::cout << padded(beginning_of(sample.columns[column]), 26) << padded(fields_of(mapping["columns"][sample.columns[column]]), 28);
        for (const auto& row : sample.rows)
            if (column < row.size() && !row[column].empty()) std::cout << " | " << beginning_of(row[column]);
        std::cout << '\n';
    }
}

int run(const MapOptions& options) {
    const auto sample = read_sample(options.table);
    if (!sample) return options.voice.fail(sample.error(), options.table);
    Proposal best;
    for (const Json& known : known_mappings()) {
        if (!options.statement.empty() && known["statement"] != options.statement) continue;
        if (Proposal one = propose(known, *sample); best.mapping.is_null() || one.matched > best.matched) best = std::move(one);
    }
    if (best.mapping.is_null() || best.matched == 0)
        return options.voice.fail({ErrorCode::ImportBadMapping, {}, "none of the columns has a head that is known here: write the mapping by hand (assets/import/README.md)"}, options.table);
    ImportMapping ready;
    const DocumentProblems problems = read_mapping(best.mapping, ready);
    if (!options.out.empty())
        if (const auto written = write_file_atomically(options.out, best.mapping.dump(1) + "\n"); !written) return options.voice.fail(written.error());
    if (options.voice.json) options.voice.print({{"ok", problems.empty()}, {"mapping", best.mapping}, {"matched", best.matched}, {"columns", sample->columns.size()}});
    else show(*sample, best.mapping);
    for (const DocumentProblem& problem : problems) options.voice.complain(problem.error, problem.path);
    if (best.matched < sample->columns.size()) options.voice.warn("a column with '-' is left out: give it a field in the mapping where it should not be");
    return problems.empty() ? done : bad_data;
}

}  // namespace

void add_import_map(CLI::App& import, int& exit_code) {
    const auto command = declare_command<MapOptions>(import, "map", "Propose a mapping for a table and show its first rows under it",
                                                     "pipa import map platform.csv --out platform.json\n  pipa import platform.json platform.csv --store office.store --key laboratory.key --dry-run", exit_code, run);
    command.app->add_option("table", command.options->table, "The table, CSV in UTF-8, GB 18030 or UTF-16")->required()->type_name("FILE");
    command.app->add_option("--statement", command.options->statement, "What its lines are, where the columns leave it open: certificate, test, card, input, patrol or grade")->type_name("TYPE");
    command.app->add_option("--out", command.options->out, "The mapping to write")->type_name("FILE");
}

}  // namespace pipa::cli
