// The commands for newsrooms.
#pragma once

#include "pipa/commands/command.hpp"

namespace pipa::cli {

void add_card(CLI::App& pipa, int& exit_code);
void add_pin(CLI::App& pipa, int& exit_code);

}  // namespace pipa::cli
