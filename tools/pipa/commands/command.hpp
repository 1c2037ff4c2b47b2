// What all commands share: how they are declared, how they say that something went wrong, and how they end.
#pragma once

#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "host/help_formatter.hpp"

namespace pipa::cli {

using Json = nlohmann::ordered_json;

// Exit codes; 64, 65 and 74 are those of sysexits.h.
inline constexpr int done = 0;             // genuine, or done
inline constexpr int judged_no = 1;        // altered, unknown issuer, out of date, revoked, or genuine with a reason to stop
inline constexpr int could_not_check = 2;  // unreadable, foreign, incomplete
inline constexpr int usage_error = 64;
inline constexpr int bad_data = 65;
inline constexpr int io_error = 74;

[[nodiscard]] int exit_code_of(ErrorCode code) noexcept;
// The graver of two: 74, then 65, 64, 1, 2, 0. A judged 'no' outweighs a label that could not be read.
[[nodiscard]] int worse_of(int a, int b) noexcept;

// How a command speaks. Results go to standard output, problems and progress to standard error.
struct Voice {
    std::string command{};  // "keys new"
    bool json{};

    // 'pipa <command>: <code>: <message> (<where>)' and, with --json, {"ok":false,"error":{...}}; the exit code to end with.
    [[nodiscard]] int fail(const Error& error, std::string_view where = {}) const;
    void complain(const Error& error, std::string_view where = {}) const;
    void warn(std::string_view text) const;
    void print(const Json& json) const;  // one line on standard output
};

[[nodiscard]] Json json_of(const Error& error);

// A subcommand with --json and a --help that ends in an example and the exit codes. What `run` returns, pipa ends with.
template <typename Options>
struct Command {
    CLI::App* app{};
    std::shared_ptr<Options> options{};  // has a member `voice`
};

[[nodiscard]] CLI::App* declare(CLI::App& parent, std::string name, std::string purpose, std::string_view example, bool& json);

template <typename Options>
[[nodiscard]] Command<Options> declare_command(CLI::App& parent, std::string name, std::string purpose,
                                               std::string_view example, int& exit_code, int (*run)(const Options&)) {
    Command<Options> command{.options = std::make_shared<Options>()};
    Voice& voice = command.options->voice;
    command.app = declare(parent, std::move(name), std::move(purpose), example, voice.json);
    voice.command = (parent.get_name().empty() || parent.get_parent() == nullptr ? "" : parent.get_name() + " ") + command.app->get_name();
    command.app->callback([options = command.options, &exit_code, run] { exit_code = run(*options); });
    return command;
}

// One for each command, in commands/<name>.cpp.
void add_keys(CLI::App& pipa, int& exit_code);
void add_issue(CLI::App& pipa, int& exit_code);
void add_sheet(CLI::App& pipa, int& exit_code);
void add_verify(CLI::App& pipa, int& exit_code);
void add_explain(CLI::App& pipa, int& exit_code);
void add_trust(CLI::App& pipa, int& exit_code);
void add_site(CLI::App& pipa, int& exit_code);
void add_demo(CLI::App& pipa, int& exit_code);
void add_sign(CLI::App& pipa, int& exit_code);
void add_dossier(CLI::App& pipa, int& exit_code);
void add_officer(CLI::App& pipa, int& exit_code);  // sample, patrol, order, close
void add_queue(CLI::App& pipa, int& exit_code);
void add_failures(CLI::App& pipa, int& exit_code);
void add_figures(CLI::App& pipa, int& exit_code);
void add_import(CLI::App& pipa, int& exit_code);
void add_export(CLI::App& pipa, int& exit_code);
void add_pack(CLI::App& pipa, int& exit_code);
void add_tuf(CLI::App& pipa, int& exit_code);
void add_log(CLI::App& pipa, int& exit_code);
void add_conform(CLI::App& pipa, int& exit_code);
void add_store(CLI::App& pipa, int& exit_code);
void add_publish(CLI::App& pipa, int& exit_code);
void add_roles(CLI::App& pipa, int& exit_code);
void add_revoke(CLI::App& pipa, int& exit_code);  // and suspend
void add_recall(CLI::App& pipa, int& exit_code);
void add_registry_keys(CLI::App& keys, int& exit_code);  // below `keys`

}  // namespace pipa::cli
