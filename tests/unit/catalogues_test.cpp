#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <regex>

#include "support/table.hpp"
#include "unit/catalogue_keys.hpp"
#include "support/catalogues.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

using Entries = std::map<std::string, std::string, std::less<>>;

std::multiset<std::string> placeholders_in(const std::string& text) {
    static const std::regex placeholder(R"(\{([a-z_0-9]+)\})");
    std::multiset<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), placeholder), end; at != end; ++at) found.insert((*at)[1]);
    return found;
}

bool is_plural(const std::string& key) { return key.ends_with(".one"); }

bool is_in_family(const std::string& key, const std::set<std::string>& families) {
    return std::ranges::any_of(families, [&](const std::string& family) { return key.starts_with(family); });
}

// All code that may ask for texts, and the families that it builds keys of: string literals that end in a full stop.
struct Code {
    std::string text{};
    std::set<std::string> families{};
};

Code all_code() {
    Code code;
    for (const char* folder : {"src", "web", "kiosk", "tools"})
        for (const auto& path : files_below(folder, {".cpp", ".hpp", ".js", ".mjs", ".html", ".in"})) code.text += read_file(path) + "\n";
    static const std::regex family(R"re(["'`]([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*\.)["'`$])re");
    for (std::sregex_iterator at(code.text.begin(), code.text.end(), family), end; at != end; ++at) code.families.insert((*at)[1]);
    return code;
}

bool stands_in(const Code& code, const std::string& key) {
    const auto quoted = [&](char quote) { return code.text.find(quote + key + quote) != std::string::npos; };
    return quoted('"') || quoted('\'') || quoted('`');
}

std::string without_first_part(const std::string& key) { return key.substr(std::min(key.size(), key.find('.') + 1)); }

}  // namespace

TEST_CASE("catalogues: no key stands twice in a file", "[catalogues]") {
    for (const char* tag : {"zh-Hans", "en"}) {
        INFO(tag);
        std::set<std::string> seen;
        const auto watch = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
            if (event != nlohmann::json::parse_event_t::key) return true;
            INFO(parsed.get<std::string>());
            CHECK(seen.insert(parsed.get<std::string>()).second);
            return true;
        };
        const auto parsed = nlohmann::json::parse(read_file(project_file("assets/i18n/" + std::string{tag} + ".json")), watch);
        CHECK(parsed.size() == seen.size());
    }
}

TEST_CASE("catalogues: both languages have the same keys, but for English plurals", "[catalogues]") {
    for (const auto& [key, text] : chinese().entries()) {
        INFO(key);
        CHECK(english().has(key));
        CHECK_FALSE(is_plural(key));
    }
    for (const auto& [key, text] : english().entries()) {
        INFO(key);
        const std::string plain = is_plural(key) ? key.substr(0, key.size() - 4) : key;
        CHECK(chinese().has(plain));
    }
}

TEST_CASE("catalogues: a key has the same placeholders in both languages", "[catalogues]") {
    for (const auto& [key, text] : english().entries()) {
        INFO(key);
        if (is_plural(key)) continue;
        const auto other = std::ranges::find(chinese().entries(), key, &Catalogue::Entry::first);
        if (other == chinese().entries().end()) continue;
        const auto ours = placeholders_in(text);
        const auto theirs = placeholders_in(other->second);
        CHECK(std::set(ours.begin(), ours.end()) == std::set(theirs.begin(), theirs.end()));
    }
}

TEST_CASE("catalogues: braces are used for placeholders alone", "[catalogues]") {
    for (const Catalogue* catalogue : {&chinese(), &english()}) {
        for (const auto& [key, text] : catalogue->entries()) {
            INFO(key);
            const auto count = static_cast<std::size_t>(std::ranges::count(text, '{') + std::ranges::count(text, '}'));
            CHECK(count == 2 * placeholders_in(text).size());
        }
    }
}

TEST_CASE("catalogues: no text is empty, or ends or begins with a blank", "[catalogues]") {
    for (const Catalogue* catalogue : {&chinese(), &english()}) {
        for (const auto& [key, text] : catalogue->entries()) {
            INFO(catalogue->language() << " " << key);
            CHECK_FALSE(text.empty());
            if (key == "list.separator") continue;
            CHECK_FALSE(text.starts_with(' '));
            CHECK_FALSE(text.ends_with(' '));
        }
    }
}

TEST_CASE("catalogues: everything that the core can ask for is there, in both languages", "[catalogues]") {
    for (const std::string& key : keys_of_core()) {
        INFO(key);
        CHECK(chinese().has(key));
        CHECK(english().has(key));
    }
}

TEST_CASE("catalogues: no text is there that nobody asks for", "[catalogues]") {
    const std::set<std::string> needed = keys_of_core();
    const std::set<std::string> optional = optional_keys_of_core();
    const std::set<std::string> families = families_of_core();
    const Code code = all_code();
    const auto is_used = [&](const std::string& key) {
        if (needed.contains(key) || optional.contains(key) || stands_in(code, key)) return true;
        return !is_in_family(key, families) && is_in_family(key, code.families);
    };
    for (const auto& [key, text] : english().entries()) {
        INFO(key);
        // A face's own words for a text of the core stand under the face's name: "kiosk.next.check.no_trust".
        const std::string inner = without_first_part(key);
        CHECK((is_used(key) || (code.families.contains(key.substr(0, key.find('.') + 1)) && is_in_family(inner, families) && is_used(inner))));
    }
}

TEST_CASE("catalogues: one word a thing: what assets/i18n/terms.md never wants is in no text", "[catalogues]") {
    const std::regex row(R"(\|[^|\n]*\|[^|\n]*\|[^|\n]*\|([^|\n]*)\|)");
    const std::string table = read_file(project_file("assets/i18n/terms.md"));
    std::vector<std::string> words;
    for (std::sregex_iterator at(table.begin(), table.end(), row), end; at != end; ++at) {
        const std::string cell = (*at)[1];
        static const std::regex word(R"([^ ,][^,]*[^ ,])");
        for (std::sregex_iterator one(cell.begin(), cell.end(), word); one != end; ++one) words.push_back(one->str());
    }
    std::erase_if(words, [](const std::string& word) { return word == "never" || word.starts_with("---"); });
    REQUIRE(words.size() > 20);
    const auto lower = [](std::string text) {
        for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return text;
    };
    for (const Catalogue* catalogue : {&chinese(), &english()})
        for (const auto& [key, text] : catalogue->entries())
            for (const std::string& word : words) {
                INFO(catalogue->language() << ' ' << key << ": " << text << " has " << word);
                CHECK(lower(text).find(word) == std::string::npos);
            }
}

TEST_CASE("catalogues: nothing claims that the government certifies, but the denial", "[catalogues]") {
    const std::regex english_claim("government[ -]certif|certified by the (government|bureau|ministry)", std::regex::icase);
    for (const auto& [key, text] : english().entries()) {
        INFO(key << ": " << text);
        const bool denial = text.find("no government certification") != std::string::npos || text.find("not government") != std::string::npos;
        CHECK((!std::regex_search(text, english_claim) || denial));
    }
    for (const auto& [key, text] : chinese().entries()) {
        INFO(key << ": " << text);
        for (const char* claim : {"政府认证", "政府担保", "官方认证"})
            CHECK((text.find(claim) == std::string::npos || text.find("不是" + std::string{claim}) != std::string::npos));
    }
    CHECK(chinese().text("limits.genuine.official").find("不是政府认证") != std::string::npos);
    CHECK(english().text("limits.genuine.official").find("no government certification") != std::string::npos);
}

TEST_CASE("catalogues: a genuine certificate is never called safe", "[catalogues]") {
    for (const auto& [key, text] : english().entries()) {
        if (!key.starts_with("verdict.") && !key.starts_with("reason.genuine")) continue;
        INFO(key << ": " << text);
        CHECK_FALSE(std::regex_search(text, std::regex("\\bsafe\\b", std::regex::icase)));
    }
    for (const auto& [key, text] : chinese().entries()) {
        if (!key.starts_with("verdict.") && !key.starts_with("reason.genuine")) continue;
        INFO(key << ": " << text);
        CHECK(text.find("安全") == std::string::npos);
        CHECK(text.find("放心") == std::string::npos);
    }
}

TEST_CASE("catalogues: the packed form holds the same texts", "[catalogues]") {
    std::string packed;
    for (const auto& [key, text] : english().entries()) packed += key + '\0' + text + '\0';
    const auto unpacked = Catalogue::unpack("en", packed);
    REQUIRE(unpacked);
    CHECK(std::ranges::equal(unpacked->entries(), english().entries()));
    CHECK(unpacked->language() == "en");
    using namespace std::string_view_literals;
    for (const std::string_view bad : {"a"sv, "a\0"sv, "a\0b"sv, "a\0b\0c"sv, "a\0b\0c\0"sv, "a\0\xff\0"sv, "\xff\0a\0"sv, "b\0x\0a\0y\0"sv, "a\0x\0a\0y\0"sv}) {
        INFO(bad.size());
        CHECK_FALSE(Catalogue::unpack("en", bad));
    }
    CHECK(Catalogue::unpack("en", "")->entries().empty());
}

TEST_CASE("catalogues: a face's own words take the place of the core's", "[catalogues]") {
    Catalogue catalogue = Catalogue::parse("en", R"({"next.x": "phone", "kiosk.next.x": "kiosk", "kiosk.y": "other"})").value();
    catalogue.prefer("kiosk.");
    CHECK(catalogue.text("next.x") == "kiosk");
    CHECK(catalogue.text("y") == "other");
    CHECK(catalogue.text("kiosk.next.x") == "kiosk");
}
