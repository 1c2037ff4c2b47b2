// pipa: the command line. Each command stands in commands/<name>.cpp.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "pipa/commands/parts.hpp"
#include "pipa/commands/press_commands.hpp"
#include "pipa/commands/suggest.hpp"

int main(int argument_count, char** arguments) {
    using namespace pipa::cli;
    CLI::App app{"Pipa: issue, print and verify produce certificates (承诺达标合格证)", "pipa"};
    app.set_version_flag("--version", PIPA_VERSION);
    app.require_subcommand(1);
    app.formatter(std::make_shared<HelpFormatter>());
    int exit_code = done;
    for (const auto add : {add_keys, add_issue, add_sheet, add_verify, add_explain, add_card, add_pin, add_sign, add_dossier, add_trust, add_site, add_demo, add_officer, add_queue,
                           add_failures, add_figures, add_import, add_export, add_pack, add_tuf, add_store, add_roles, add_publish, add_log,
                           add_revoke, add_recall, add_registry, add_conform})
        add(app, exit_code);
    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::ParseError& problem) {
        exit_code = app.exit(problem) == 0 ? done : usage_error;
        if (exit_code == usage_error) suggest(app, argument_count, arguments);
    } catch (const std::exception& problem) {  // out of memory, or a fault of ours; nothing half-written is left either way
        std::cerr << "pipa: " << problem.what() << '\n';
        exit_code = io_error;
    }
    // A full disk behind '>' shows only here.
    if (!std::cout.flush()) {
        std::cerr << "pipa: standard output cannot be written\n";
        return io_error;
    }
    return exit_code;
}
