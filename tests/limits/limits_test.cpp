// Where the core says no: each limit of each folder from both sides, and that no limit and no error code goes without its test.
#include <cctype>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <regex>
#include <set>

#include "limits/limits.hpp"
#include "support/project_files.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

using Table = std::vector<Limit> (*)();
const std::map<std::string, Table> tables = {
    {"base", limits_of_base}, {"wire", limits_of_wire},   {"crypto", limits_of_crypto}, {"scan", limits_of_scan},
        {"record", limits_of_record}, {"tuf", limits_of_tuf},
    {"tlog", limits_of_tlog}, {"trust", limits_of_trust}, {"judge", limits_of_judge},   {"inquiry", limits_of_inquiry},
        {"page", limits_of_page},     {"learn", limits_of_learn},
};

const std::vector<Saving> savings = {
    {"wire/cbor_decode.cpp", "max_reserved_items", "longer lists are read all the same, and grow as they are"},
    {"trust/checked_dossier.cpp", "few_subjects", "a dossier that names more producers has the registry read once for all of them"},
    {"inquiry/file_limits.hpp", "max_supplement_bytes", "what a face may stop reading; nothing that is published comes near"},
    {"inquiry/session.cpp", "max_kept_file_bytes", "what is not kept is fetched again on the next day"},
    {"inquiry/scanned_text.cpp", "max_number_with_prefixes", "a longer text is no number, and read_exactly says so"},
};

std::string folder_of(std::string_view file) { return std::string{file.substr(0, file.find('/'))}; }

// The constants of a file that have the name of a limit, and the members of a struct Limits.
std::vector<std::string> limits_in(const std::string& code) {
    static const std::regex constant("constexpr (?:std::size_t|std::u?int\\d+_t|int|unsigned|UnixSeconds|Range) "
                                     "((?:max|min|most|few|fewest|shortest|longest|earliest|latest|first|last)_\\w+|\\w+_range)\\b(?!\\()");
    std::vector<std::string> found;
    for (std::sregex_iterator at(code.begin(), code.end(), constant); at != std::sregex_iterator(); ++at) found.push_back((*at)[1]);
    static const std::regex member("\n    std::\\w+ (\\w+) = ");
    if (const std::size_t begin = code.find("struct Limits {"); begin != std::string::npos) {
        const std::string members = code.substr(begin, code.find("\n};", begin) - begin);
        for (std::sregex_iterator at(members.begin(), members.end(), member); at != std::sregex_iterator(); ++at) found.push_back((*at)[1]);
    }
    return found;
}

}  // namespace

TEST_CASE("limits: the farthest input that keeps each is taken, and the first beyond is not", "[limits]") {
    for (const auto& [folder, table] : tables)
        for (const Limit& limit : table()) {
            INFO(limit.file << " " << limit.name);
            CHECK(folder_of(limit.file) == folder);
            CHECK(limit.kept() == limit.kept_answer);
            CHECK(limit.passed() == limit.passed_answer);
        }
}

TEST_CASE("limits: none stands in the source without its row, and no row without its limit", "[limits]") {
    std::set<std::pair<std::string, std::string>> rows, in_source;
    for (const auto& [folder, table] : tables)
        for (const Limit& limit : table())
            if (!limit.name.contains(' ')) rows.emplace(limit.file, limit.name);  // a limit that has no name is told in words
    for (const Saving& saving : savings) rows.emplace(saving.file, saving.name);
    for (const auto& path : files_below("src", {".cpp", ".hpp"})) {
        const std::string file = std::filesystem::relative(path, project_file("src")).generic_string();
        if (folder_of(file) == "host") continue;  // what a machine gives has limits of its own
        for (const std::string& name : limits_in(read_file(path))) in_source.emplace(file, name);
    }
    CHECK(in_source.size() > 100);
    for (const auto& [file, name] : in_source) {
        INFO("without a row: " << file << " " << name);
        CHECK(rows.contains({file, name}));
    }
    for (const auto& [file, name] : rows) {
        INFO("without a limit: " << file << " " << name);
        CHECK(in_source.contains({file, name}));
    }
}

// Codes are told by their names in tables and in scripts, and by their enumerators in tests that compare those.
TEST_CASE("errors: each code is one that some test has seen", "[limits]") {
    std::string tests;
    for (const auto& path : files_below("tests", {".cpp", ".hpp", ".json", ".mjs", ".sh"}))
        if (!path.generic_string().contains("/golden/") && path.filename() != "limits_test.cpp") tests += read_file(path);
    // A name that stands alone, and is not the beginning of a longer one.
    const auto stands = [&](const std::string& name) {
        for (std::size_t at = tests.find(name); at != std::string::npos; at = tests.find(name, at + 1)) {
            const char next = at + name.size() < tests.size() ? tests[at + name.size()] : ' ';
            if (next != '_' && std::isalnum(static_cast<unsigned char>(next)) == 0) return true;
        }
        return false;
    };
    std::vector<std::string> unseen;
    const auto look = [&](std::string_view enumerator, std::string_view name) {
        if (!stands(std::string{name}) && !stands("ErrorCode::" + std::string{enumerator})) unseen.emplace_back(name);
    };
#define PIPA_ERROR(name, number, text, message) look(#name, text);
#include "base/error_codes.def"
#undef PIPA_ERROR
    CHECK(unseen == std::vector<std::string>{});
}
