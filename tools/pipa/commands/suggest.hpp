// After a slip of the pen: which command or option was probably meant.
#pragma once

#include "pipa/commands/command.hpp"

namespace pipa::cli {

// Says so on standard error, where one word of the command line is near to one that is known there.
void suggest(const CLI::App& app, int argument_count, char** arguments);

}  // namespace pipa::cli
