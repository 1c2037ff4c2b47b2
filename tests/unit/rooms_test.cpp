// The rooms outside src/ keep to their arrows as layers_test.cpp holds src/ to its own: the kiosk, the tools, the page's modules. And
// every include says by its first part alone which folder is meant.
#include <catch2/catch_test_macros.hpp>
#include <ctime>
#include <map>
#include <regex>

#include "support/project_files.hpp"
#include "support/table.hpp"

using namespace pipa::test;
namespace fs = std::filesystem;

namespace {

using Arrows = std::map<std::string, std::set<std::string>>;

const std::set<std::string> roots = {"src", "tools", "kiosk", "tests", "web"};
const std::vector<std::string> code_endings = {".cpp", ".hpp", ".def", ".inc", ".c"};

// src/ from the bottom to where faces begin; host is beside it, for those that have a machine.
const std::set<std::string> page_and_below = {"page", "inquiry", "oversight", "judge", "trust", "tuf", "tlog", "record", "crypto", "wire", "base"};

std::set<std::string> with(std::set<std::string> some, const std::set<std::string>& more) {
    some.insert(more.begin(), more.end());
    return some;
}

const std::set<std::string> core = with(page_and_below, {"learn", "scan"});

// What each room may include besides itself. A room of src/ stands by its name, as in an include.
const Arrows face_arrows = {
    {"kiosk/app", with(page_and_below, {"learn"})},
    {"kiosk/screens", {"kiosk/app"}},
    {"kiosk/platform", with(core, {"kiosk/app", "kiosk/screens", "host"})},
    {"web/bridge", with(core, {"still"})},
};

// The command line from the bottom up. Each may use src/ and host too.
const Arrows tool_arrows = {
    {"tools/conform", {}},
    {"tools/education", {}},
    {"tools/mutation", {}},
    {"tools/pipa/input", {}},
    {"tools/pipa/labels", {}},
    {"tools/pipa/mirror", {}},
    {"tools/pipa/store", {}},
    {"tools/pipa/terminal", {}},
    {"tools/pipa/card", {"tools/pipa/labels"}},
    {"tools/pipa/issue", {"tools/pipa/input"}},
    {"tools/pipa/log", {"tools/pipa/input"}},
    {"tools/pipa/dossier", {"tools/pipa/issue"}},
    {"tools/pipa/registry", {"tools/pipa/input", "tools/pipa/issue"}},
    {"tools/pipa/site", {"tools/education", "tools/pipa/issue"}},
    {"tools/pipa/field", {"tools/pipa/input", "tools/pipa/issue", "tools/pipa/store"}},
    {"tools/pipa/office", {"tools/pipa/dossier", "tools/pipa/issue", "tools/pipa/store"}},
    {"tools/pipa/publish", {"tools/pipa/log", "tools/pipa/site", "tools/pipa/store"}},
    {"tools/pipa/demo", {"tools/education", "tools/pipa/dossier", "tools/pipa/input", "tools/pipa/issue", "tools/pipa/labels", "tools/pipa/log",
                         "tools/pipa/publish", "tools/pipa/registry", "tools/pipa/site"}},
    {"tools/pipa/commands", {"tools/conform", "tools/education", "tools/pipa/card", "tools/pipa/demo", "tools/pipa/dossier", "tools/pipa/field", "tools/pipa/input",
                             "tools/pipa/issue", "tools/pipa/labels", "tools/pipa/log", "tools/pipa/mirror", "tools/pipa/office", "tools/pipa/publish",
                             "tools/pipa/registry", "tools/pipa/site", "tools/pipa/store", "tools/pipa/terminal"}},
    {"tools/pipa", {"tools/pipa/commands"}},
};

// The browser's modules: whose imports may name whom. The page's own (web/site) are published above the others' folders.
const Arrows module_arrows = {
    {"web/bridge", {}},
    {"web/dom", {}},
    {"web/sw", {}},
    {"web/site", {"web/bridge", "web/dom"}},
    {"web/embed", {"web/site", "web/bridge", "web/dom"}},
    {"web/learn", {"web/embed", "web/bridge", "web/dom"}},
    {"kiosk/web", {"web/site", "web/bridge"}},
};

// The texts that are built into the program: the one header of host that knows no machine, so that the kiosk's state may speak too.
const std::string built_in_texts = "host/embedded_catalogues.hpp";

std::string name_of(const fs::path& path) { return fs::relative(path, project_file("")).generic_string(); }

// "tools/pipa/issue" for "tools/pipa/issue/issuing.hpp", "kiosk/app" for "kiosk/app/state.hpp", "judge" for "src/judge/judge.hpp".
std::string room_of(const std::string& file) {
    const std::string folder = fs::path(file).parent_path().generic_string();
    if (folder.starts_with("src/")) return folder.substr(4, folder.find('/', 4) - 4);
    if (folder.starts_with("tools/pipa/")) return folder.substr(0, folder.find('/', 11));
    return folder.substr(0, folder.find('/', folder.find('/') + 1));
}

std::vector<std::string> includes_of(const fs::path& path) {
    static const std::regex include("(^|\n)#include \"([^\"]+)\"");
    const std::string code = read_file(path);
    std::vector<std::string> found;
    for (std::sregex_iterator at(code.begin(), code.end(), include); at != std::sregex_iterator(); ++at) found.push_back((*at)[2]);
    return found;
}

// The room that an include leads to; empty for what the build makes and for a neighbour that is named without folder.
std::string room_of_include(const std::string& include) {
    for (const std::string& root : roots)
        if (include.find('/') != std::string::npos && fs::exists(project_file(root + "/" + include))) return room_of(root + "/" + include);
    return {};
}

bool is_in_src(const std::string& room) { return room.find('/') == std::string::npos; }

// Calls `see` for every include that leaves its room.
using See = std::function<void(const std::string& from, const std::string& to, const std::string& include)>;
void for_each_arrow(const std::string& root, const See& see) {
    for (const fs::path& path : files_below(root, code_endings)) {
        const std::string from = room_of(name_of(path));
        for (const std::string& include : includes_of(path)) {
            const std::string to = room_of_include(include);
            INFO(name_of(path) << " includes " << include);
            if (!to.empty() && to != from) see(from, to, include);
        }
    }
}

}  // namespace

TEST_CASE("rooms: every folder with code is one that the test knows", "[layers]") {
    for (const char* root : {"kiosk", "tools", "web"})
        for (const fs::path& path : files_below(root, code_endings)) {
            INFO(name_of(path));
            const std::string room = room_of(name_of(path));
            CHECK((face_arrows.contains(room) || tool_arrows.contains(room)));
        }
    for (const char* root : {"kiosk/web", "web/bridge", "web/dom", "web/embed", "web/learn", "web/site", "web/sw"}) CHECK(module_arrows.contains(root));
}

TEST_CASE("rooms: the kiosk and the page's wasm include only what stands below them", "[layers]") {
    for (const char* root : {"kiosk", "web"})
        for_each_arrow(root, [](const std::string& from, const std::string& to, const std::string& include) {
            CHECK((face_arrows.at(from).contains(to) || (from == "kiosk/app" && include == built_in_texts)));
        });
}

TEST_CASE("rooms: the tools include src/ and what stands below them, and nothing of a face", "[layers]") {
    for_each_arrow("tools", [](const std::string& from, const std::string& to, const std::string&) {
        CHECK((is_in_src(to) || tool_arrows.at(from).contains(to)));
    });
}

TEST_CASE("rooms: the tools' arrows have no circle", "[layers]") {
    std::set<std::string> done;
    for (std::size_t before = 0; done.size() < tool_arrows.size(); before = done.size()) {
        for (const auto& [room, below] : tool_arrows)
            if (std::ranges::includes(done, below)) done.insert(room);
        REQUIRE(done.size() > before);
    }
}

TEST_CASE("rooms: what a machine gives is included by tools, kiosk and tests alone", "[layers]") {
    for (const char* root : {"src", "web"})
        for_each_arrow(root, [](const std::string&, const std::string& to, const std::string&) { CHECK(to != "host"); });
}

TEST_CASE("rooms: outside tools, host and the kiosk's platform there is no clock and no file", "[layers]") {
    const std::regex machine(R"(#include <(fstream|cstdio|stdio\.h|iostream|filesystem|ctime|time\.h|thread|unistd\.h|fcntl\.h|sys/[a-z]+\.h)>)"
                             R"(|::now\(|system_clock|steady_clock|\bfopen\b|\bgetenv\b|\bstd::time\(|random_device|\bSDL_)");
    for (const char* room : {"kiosk/app", "kiosk/screens", "web/bridge"})
        for (const fs::path& path : files_below(room, code_endings)) {
            INFO(name_of(path));
            CHECK_FALSE(std::regex_search(std::regex_replace(read_file(path), std::regex("//[^\n]*"), ""), machine));
        }
}

TEST_CASE("rooms: the first part of an include means one folder", "[layers]") {
    std::map<std::string, std::string> root_of;
    for (const std::string& root : roots)
        for (const fs::path& path : files_below(root, {".hpp", ".def", ".h"})) {
            const fs::path below = fs::path(name_of(path)).lexically_relative(root);
            const std::string first = below.begin()->string();
            INFO(name_of(path) << " and " << root_of[first]);
            CHECK((root_of[first].empty() || root_of[first] == root));
            root_of[first] = root;
        }
}

TEST_CASE("rooms: the browser's modules import only what stands below them", "[layers]") {
    const std::regex import(R"((?:\bfrom\s+|\bimport\s*\(?\s*)['"](\.[^'"]+)['"])");
    for (const auto& [room, below] : module_arrows) {
        const std::string folder = room == "web/site" ? "" : fs::path(room).filename().string() + "/";
        for (const fs::path& path : files_below(room, {".mjs", ".js"})) {
            const std::string code = read_file(path);
            for (std::sregex_iterator at(code.begin(), code.end(), import); at != std::sregex_iterator(); ++at) {
                INFO(name_of(path) << " imports " << (*at)[1]);
                const std::string published = fs::path("/" + folder + (*at)[1].str()).lexically_normal().generic_string().substr(1);
                const std::size_t slash = published.find('/');
                const std::string first = slash == std::string::npos ? "site" : published.substr(0, slash);
                const std::string to = first == "web" ? "kiosk/web" : "web/" + first;
                CHECK((to == room || (room == "kiosk/web" && first == "web") || below.contains(to)));
            }
        }
    }
}
