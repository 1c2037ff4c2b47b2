// Commands below other commands, in files of their own.
#pragma once

#include "pipa/commands/command.hpp"

namespace pipa::cli {

inline constexpr int waits = 3;  // exit code: done, but something urgent waits, for a signature from another machine or for somebody to look

void add_keys_request(CLI::App& keys, int& exit_code);
void add_import_map(CLI::App& import, int& exit_code);
void add_store_backup(CLI::App& store, int& exit_code);  // backup, restore, reserve
void add_store_add(CLI::App& store, int& exit_code);
void add_registry(CLI::App& pipa, int& exit_code);

}  // namespace pipa::cli
