// pipa conform: the driver for outside test suites (tools/conform).
#include <iostream>

#include "conform/driver.hpp"
#include "pipa/commands/command.hpp"

namespace pipa::cli {
namespace {

struct ConformOptions {
    Voice voice{};
};

int run(const ConformOptions&) {
    std::vector<conform::NamedOp> ops;
    for (const auto& list : {conform::core_ops(), conform::picture_ops()}) ops.insert(ops.end(), list.begin(), list.end());
    conform::run(std::cin, std::cout, ops);
    return done;
}

}  // namespace

void add_conform(CLI::App& pipa, int& exit_code) {
    // The answers are JSON lines with or without --json.
    static_cast<void>(declare_command<ConformOptions>(pipa, "conform", "Answer test suites: one JSON request a line, one answer a line",
                                                      R"(echo '{"op":"base10.encode","hex":"0001"}' | pipa conform)", exit_code, run));
}

}  // namespace pipa::cli
