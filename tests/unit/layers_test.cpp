// The arrows of the design run down only, and the core owns no clock, no file and no platform.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <regex>

#include "support/project_files.hpp"
#include "support/table.hpp"

using namespace pipa::test;
namespace fs = std::filesystem;

namespace {

// What each folder of src/ may include besides itself.
const std::map<std::string, std::set<std::string>> allowed = {
    {"base", {}},
    {"wire", {"base"}},
    {"crypto", {"base"}},
    {"scan", {"base"}},
    {"record", {"wire", "base"}},
    {"tuf", {"crypto", "base"}},
    {"tlog", {"record", "crypto", "wire", "base"}},
    {"trust", {"tuf", "tlog", "record", "crypto", "wire", "base"}},
    {"judge", {"trust", "tuf", "tlog", "record", "crypto", "wire", "base"}},
    {"inquiry", {"judge", "trust", "tuf", "tlog", "record", "crypto", "wire", "base"}},
    {"oversight", {"judge", "trust", "record", "crypto", "wire", "base"}},
    {"page", {"inquiry", "oversight", "judge", "trust", "tlog", "record", "crypto", "wire", "base"}},
    {"still", {"page", "inquiry", "judge", "trust", "record", "scan", "wire", "base"}},
    {"learn", {"page", "inquiry", "judge", "trust", "record", "crypto", "wire", "base"}},
    {"host", {"learn", "page", "oversight", "inquiry", "judge", "trust", "tuf", "tlog", "record", "scan", "crypto", "wire", "base"}},
};

const std::vector<std::string> code_endings = {".cpp", ".hpp", ".def", ".inc"};

std::string layer_of(const fs::path& path) { return fs::relative(path, project_file("src")).begin()->string(); }

std::vector<std::string> all_matches(const std::string& text, const std::regex& pattern) {
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), pattern); at != std::sregex_iterator(); ++at) found.push_back((*at)[1]);
    return found;
}

std::string without_comments(const std::string& code) { return std::regex_replace(code, std::regex("//[^\n]*"), ""); }

// Sees to it that only the named folder of src/ includes a header.
void check_only_in(const std::string& layer, const std::regex& header) {
    for (const fs::path& path : files_below("src", code_endings)) {
        INFO(path.string());
        if (layer_of(path) != layer) CHECK_FALSE(std::regex_search(read_file(path), header));
    }
}

}  // namespace

TEST_CASE("layers: every folder of src is one that the test knows", "[layers]") {
    for (const auto& entry : fs::directory_iterator(project_file("src"))) {
        INFO(entry.path().string());
        if (entry.is_directory()) CHECK(allowed.contains(entry.path().filename().string()));
    }
}

TEST_CASE("layers: includes only run down", "[layers]") {
    const std::regex include("#include \"([a-z_]+)/");
    for (const fs::path& path : files_below("src", code_endings)) {
        const std::string layer = layer_of(path);
        for (const std::string& used : all_matches(read_file(path), include)) {
            INFO(path.string() << " includes " << used);
            CHECK((used == layer || allowed.at(layer).contains(used)));
        }
    }
}

TEST_CASE("layers: an include names its folder", "[layers]") {
    const std::regex bare("#include \"([^/\"]+)\"");
    for (const fs::path& path : files_below("src", code_endings)) {
        INFO(path.string());
        if (layer_of(path) != "host") CHECK(all_matches(read_file(path), bare).empty());  // host includes what the build makes
    }
}

TEST_CASE("layers: libsodium is included in crypto alone, ZXing in scan alone", "[layers]") {
    check_only_in("crypto", std::regex("#include [<\"]sodium"));
    check_only_in("crypto", std::regex("#include [<\"]openssl/"));
    check_only_in("scan", std::regex("#include [<\"]ZXing"));
}

TEST_CASE("layers: the core has no clock, no file, no platform and no output", "[layers]") {
    const std::vector<std::string> forbidden = {
        "#include <fstream>", "#include <cstdio>", "#include <stdio.h>", "#include <iostream>", "#include <filesystem>", "#include <ctime>", "#include <thread>",
        "::now\\(", "system_clock", "steady_clock", "\\bfopen\\b", "\\bgetenv\\b", "__EMSCRIPTEN__", "emscripten", "\\bstd::time\\(", "\\brand\\(", "random_device", "SDL_", "imgui",
    };
    for (const fs::path& path : files_below("src", code_endings)) {
        if (layer_of(path) == "host") continue;  // what the others do without is there
        const std::string code = without_comments(read_file(path));
        for (const std::string& word : forbidden) {
            INFO(path.string() << ": " << word);
            CHECK_FALSE(std::regex_search(code, std::regex(word)));
        }
    }
}

TEST_CASE("layers: headers stand on their own guard and open with their purpose", "[layers]") {
    for (const fs::path& path : files_below("src", {".hpp"})) {
        INFO(path.string());
        const std::string code = read_file(path);
        CHECK(code.starts_with("//"));
        CHECK(code.find("\n#pragma once\n") != std::string::npos);
    }
}
