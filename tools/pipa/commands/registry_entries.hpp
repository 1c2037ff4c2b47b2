// Parties and keys of a registry from the options of commands, as the JSON that registry/registry.hpp reads.
#pragma once

#include "base/civil_time.hpp"
#include "pipa/commands/command.hpp"
#include "pipa/input/json_reader.hpp"

namespace pipa::cli {

struct PartyOptions {
    std::string kind{"cooperative"}, name{}, name_en{}, uscc{}, place{}, contact{};
    std::int64_t division{};
};

struct KeyOptions {
    std::string role{"producer"}, from{}, until{}, store{};
    std::vector<std::int64_t> divisions{};
    std::vector<std::int64_t> classes{};
    std::vector<std::string> types{};
    bool rechecks{};
};

void add_party_options(CLI::App& app, PartyOptions& party);
void add_scope_options(CLI::App& app, KeyOptions& key);
void add_key_options(CLI::App& app, KeyOptions& key);

[[nodiscard]] Json words(const std::string& chinese, const std::string& english);  // a text in one or two languages
[[nodiscard]] Json party_json(const PartyOptions& party);                          // without an id
[[nodiscard]] Json scope_json(const KeyOptions& key);
[[nodiscard]] Json key_json(const KeyOptions& key, const std::string& public_key, std::int64_t party, UnixSeconds now);

// Says what is wrong with a registry; the exit code.
[[nodiscard]] int report_problems(const Voice& voice, const DocumentProblems& problems);

}  // namespace pipa::cli
