// What the commands of `pipa log` share.
#pragma once

#include "pipa/commands/command.hpp"

#include "base/bytes.hpp"

namespace pipa::cli {

// Complains, and ends with 1 for a judged no, 2 where a log or signer is not known, else as usual.
[[nodiscard]] int fail_log(const Voice& voice, const Error& error, std::string_view where = {});

[[nodiscard]] std::string proof_file_name(ByteView certificate_message);  // "<64 hex digits>.tlog-proof"

void add_log_verify(CLI::App& log, int& exit_code);

}  // namespace pipa::cli
