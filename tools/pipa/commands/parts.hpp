// Commands below other commands, in files of their own.
#pragma once

#include "pipa/commands/command.hpp"

namespace pipa::cli {

void add_import_map(CLI::App& import, int& exit_code);
void add_store_add(CLI::App& store, int& exit_code);

}  // namespace pipa::cli
