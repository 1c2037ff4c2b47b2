#include "pipa/commands/suggest.hpp"

#include <algorithm>
#include <iostream>
#include <numeric>
#include <vector>

namespace pipa::cli {
namespace {

// Insertions, removals and exchanges that lead from one word to the other (Levenshtein). No library for twelve lines.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t before = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t kept = before + (a[i] == b[j] ? 0 : 1);
            before = row[j + 1];
            row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, kept});
        }
    }
    return row.back();
}

// The nearest of the known words, where it is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string& one : known)
        if (const std::size_t far = distance(word, one); far < least) least = far, best = one;
    return best;
}

const CLI::App* command_named(const CLI::App& app, std::string_view name) {
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        if (command->check_name(std::string{name})) return command;
    return nullptr;
}

}  // namespace

void suggest(const CLI::App& app, int argument_count, char** arguments) {
    const CLI::App* at = &app;
    for (int i = 1; i < argument_count; ++i) {
        const std::string_view word = arguments[i];
        std::vector<std::string> known;
        if (word.starts_with("--")) {
            const std::string_view name = word.substr(0, word.find('='));
            for (const CLI::Option* option : at->get_options())
                for (const std::string& one : option->get_lnames()) known.push_back("--" + one);
            if (std::ranges::find(known, name) != known.end()) continue;
            if (const std::string best = nearest(name, known); !best.empty()) std::cerr << "Did you mean " << best << "?\n";
            continue;
        }
        const auto commands = at->get_subcommands([](const CLI::App*) { return true; });
        if (commands.empty()) continue;
        if (const CLI::App* command = command_named(*at, word)) {
            at = command;
            continue;
        }
        for (const CLI::App* command : commands) known.push_back(command->get_name());
        if (const std::string best = nearest(word, known); !best.empty()) std::cerr << "Did you mean " << best << "?\n";
        return;
    }
}

}  // namespace pipa::cli
