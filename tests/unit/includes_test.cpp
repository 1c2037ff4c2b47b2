// A file that uses a name of the standard library includes its header, or a header of ours that does. What a library's headers
// include of each other changes from one edition to the next, and with it whether a file builds: GCC 12 forgives what 14 does not.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <regex>
#include <set>

#include "support/project_files.hpp"
#include "support/table.hpp"

using namespace pipa::test;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> code_endings = {".cpp", ".hpp", ".def", ".inc"};
const std::vector<std::string> rooms = {"src", "tools", "kiosk", "web", "tests"};

// The names that are looked for, by header. Not <utility> and <initializer_list>, which no header of a container does without.
const std::map<std::string, std::string> header_of = [] {
    const std::map<std::string, std::vector<std::string>> names = {
        {"algorithm", {"all_of", "any_of", "binary_search", "clamp", "copy_n", "count_if", "equal_range", "find_if", "lower_bound", "max_element",
                       "min_element", "none_of", "partition_point", "stable_sort", "upper_bound"}},
        {"array", {"array", "to_array"}},
        {"atomic", {"atomic", "atomic_bool"}},
        {"bit", {"bit_cast", "bit_ceil", "bit_width", "countl_zero", "has_single_bit", "popcount"}},
        {"charconv", {"from_chars", "to_chars"}},
        {"chrono", {"chrono"}},
        {"cmath", {"ceil", "floor", "isfinite", "log10", "lround", "pow", "sqrt"}},
        {"concepts", {"convertible_to", "integral", "invocable", "same_as"}},
        {"cstddef", {"byte", "size_t"}},
        {"cstdint", {"int16_t", "int32_t", "int64_t", "int8_t", "uint16_t", "uint32_t", "uint64_t", "uint8_t"}},
        {"cstdlib", {"abort", "getenv"}},
        {"cstring", {"memcmp", "memcpy", "memset", "strlen"}},
        {"deque", {"deque"}},
        {"exception", {"exception"}},
        {"filesystem", {"filesystem"}},
        {"format", {"format"}},
        {"fstream", {"ifstream", "ofstream"}},
        {"functional", {"function", "greater", "less"}},
        {"iostream", {"cerr", "cin", "cout"}},
        {"iterator", {"back_inserter", "distance", "inserter", "next", "prev"}},
        {"limits", {"numeric_limits"}},
        {"map", {"map", "multimap"}},
        {"memory", {"make_shared", "make_unique", "shared_ptr", "unique_ptr"}},
        {"mutex", {"lock_guard", "mutex", "scoped_lock", "unique_lock"}},
        {"numeric", {"accumulate", "iota"}},
        {"optional", {"nullopt", "optional"}},
        {"random", {"mt19937", "mt19937_64"}},
        {"set", {"multiset", "set"}},
        {"span", {"span"}},
        {"sstream", {"istringstream", "ostringstream", "stringstream"}},
        {"stdexcept", {"invalid_argument", "logic_error", "out_of_range", "runtime_error"}},
        {"string", {"string", "to_string"}},
        {"string_view", {"string_view"}},
        {"thread", {"jthread", "thread"}},
        {"tuple", {"tie", "tuple"}},
        {"unordered_map", {"unordered_map"}},
        {"unordered_set", {"unordered_set"}},
        {"variant", {"variant"}},
        {"vector", {"vector"}},
    };
    std::map<std::string, std::string> turned;
    for (const auto& [header, all] : names) {
        for (const std::string& name : all) turned[name] = header;
    }
    return turned;
}();

struct CodeFile {
    std::set<std::string> used;      // standard headers whose names it uses
    std::set<std::string> included;  // standard headers that it includes itself
    std::vector<std::string> ours;   // what it includes of the tree, as written
};

std::vector<std::string> all_matches(const std::string& text, const std::regex& pattern) {
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), pattern); at != std::sregex_iterator(); ++at) found.push_back((*at)[1]);
    return found;
}

CodeFile read_code(const fs::path& path) {
    static const std::regex comment("//[^\n]*"), name(R"(\bstd::(?:ranges::)?([a-z_0-9]+))");
    static const std::regex standard("#include <([a-z_0-9]+)>"), own("#include \"([^\"]+)\"");
    const std::string code = std::regex_replace(read_file(path), comment, "");
    CodeFile file;
    for (const std::string& used : all_matches(code, name)) {
        if (const auto header = header_of.find(used); header != header_of.end()) file.used.insert(header->second);
    }
    for (std::string& header : all_matches(code, standard)) file.included.insert(std::move(header));
    file.ours = all_matches(code, own);
    return file;
}

using Tree = std::map<fs::path, CodeFile>;

Tree read_tree() {
    Tree tree;
    for (const std::string& room : rooms) {
        for (const fs::path& path : files_below(room, code_endings)) tree[path.lexically_normal()] = read_code(path);
    }
    return tree;
}

// The file that an include means: beside the file that says so, in one of the include roots, or none of the tree.
const fs::path* find_included(const Tree& tree, const fs::path& from, const std::string& written) {
    std::vector<fs::path> places = {from.parent_path() / written, project_file(written)};
    for (const std::string& room : rooms) places.push_back(project_file(room) / written);
    for (const fs::path& place : places) {
        if (const auto found = tree.find(place.lexically_normal()); found != tree.end()) return &found->first;
    }
    return nullptr;
}

// All standard headers that a file gets by itself and by the tree's headers below it.
void gather(const Tree& tree, const fs::path& path, std::set<fs::path>& seen, std::set<std::string>& headers) {
    if (!seen.insert(path).second) return;
    const CodeFile& file = tree.at(path);
    headers.insert(file.included.begin(), file.included.end());
    for (const std::string& written : file.ours) {
        if (const fs::path* next = find_included(tree, path, written)) gather(tree, *next, seen, headers);
    }
}

}  // namespace

TEST_CASE("includes: what a file uses of the standard library, it or a header of ours includes", "[layers]") {
    const Tree tree = read_tree();
    std::size_t uses = 0;
    for (const auto& [path, file] : tree) {
        if (path.extension() != ".cpp" && path.extension() != ".hpp") continue;  // tables are pasted into a file that includes
        std::set<fs::path> seen;
        std::set<std::string> headers;
        gather(tree, path, seen, headers);
        for (const std::string& header : file.used) {
            ++uses;
            INFO(path.string() << " wants #include <" << header << ">");
            CHECK(headers.contains(header));
        }
    }
    CHECK(uses > 1000);
}
