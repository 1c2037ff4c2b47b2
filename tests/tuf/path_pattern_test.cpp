#include <catch2/catch_test_macros.hpp>

#include "support/exact_bytes.hpp"
#include "tuf/path_pattern.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

bool matches(std::string_view pattern, std::string_view path) {
    return tuf::matches_path_pattern(Exact(pattern).text(), Exact(path).text());
}

}  // namespace

TEST_CASE("tuf paths: match as the specification's examples say", "[tuf]") {
    CHECK(matches("targets/*.tgz", "targets/foo.tgz"));
    CHECK(matches("targets/*.tgz", "targets/bar.tgz"));
    CHECK_FALSE(matches("targets/*.tgz", "targets/foo.txt"));
    CHECK(matches("foo-version-?.tgz", "foo-version-2.tgz"));
    CHECK(matches("foo-version-?.tgz", "foo-version-a.tgz"));
    CHECK_FALSE(matches("foo-version-?.tgz", "foo-version-alpha.tgz"));
    CHECK(matches("*.tgz", "foo.tgz"));
    CHECK_FALSE(matches("*.tgz", "targets/foo.tgz"));
    CHECK(matches("foo.tgz", "foo.tgz"));
    CHECK_FALSE(matches("foo.tgz", "foo.tgzz"));
}

TEST_CASE("tuf paths: no wildcard reaches over a slash", "[tuf]") {
    CHECK(matches("*/*/*", "a/b/c"));
    CHECK_FALSE(matches("*/*", "a/b/c"));
    CHECK_FALSE(matches("a?b", "a/b"));
    CHECK_FALSE(matches("a[/]b", "a/b"));
    CHECK_FALSE(matches("a[!x]b", "a/b"));
    CHECK_FALSE(matches("a*", "a/"));
    CHECK(matches("a*/", "a/"));
    CHECK(matches("*a*b*/c*d", "xaxbx/cxd"));
    CHECK_FALSE(matches("*a/b", "xa/xa/b"));
}

TEST_CASE("tuf paths: stars, brackets and their corners", "[tuf]") {
    CHECK(matches("", ""));
    CHECK(matches("*", ""));
    CHECK(matches("***", "abc"));
    CHECK(matches("*ab", "aab"));
    CHECK(matches("a*b*c", "a1b2b3c"));
    CHECK_FALSE(matches("a*b*c", "a1b2b3"));
    CHECK_FALSE(matches("", "a"));
    CHECK_FALSE(matches("?", ""));
    CHECK(matches("[a-c]x", "bx"));
    CHECK_FALSE(matches("[a-c]x", "dx"));
    CHECK(matches("[!a-c]x", "dx"));
    CHECK(matches("[]a]", "]"));
    CHECK(matches("[a-]", "-"));
    CHECK(matches("[枇杷]", "杷"));
    CHECK(matches("[", "["));
    CHECK(matches("[ab", "[ab"));
    CHECK_FALSE(matches("[ab", "a"));
    CHECK_FALSE(matches("A", "a"));
}

TEST_CASE("tuf paths: a question mark is one character of any script", "[tuf]") {
    CHECK(matches("??.json", "枇杷.json"));
    CHECK_FALSE(matches("?.json", "枇杷.json"));
    CHECK(matches("?", "🍑"));
    CHECK(matches("*杷", "枇杷"));
    // Ranges by code point, in sequences of two, three and four bytes.
    CHECK(matches("[а-я]", "п"));
    CHECK_FALSE(matches("[а-я]", "Ж"));
    CHECK_FALSE(matches("[à-ÿ]", "п"));
    CHECK(matches("[枇-枉]x", "枈x"));
    CHECK_FALSE(matches("[枇-枉]", "杷"));
    CHECK(matches("[🍑-🍓]a", "🍒a"));
    CHECK_FALSE(matches("[🍑-🍓]", "🍐"));
    CHECK_FALSE(matches("п", "Ж"));
    CHECK_FALSE(matches("п", "пп"));
}

TEST_CASE("tuf paths: a hostile pattern takes no more than its length times the path's", "[tuf]") {
    std::string pattern;
    for (int i = 0; i < 2'000; ++i) pattern += "*a";
    CHECK_FALSE(matches(pattern + "b", std::string(4'000, 'a')));
}

TEST_CASE("tuf paths: succinct bins are numbered by the first bits of the hash", "[tuf]") {
    // SHA-256 of "status/1" starts with 56..., of "status/3" with a...; TAP 15 pads the number to the width of the last.
    using tuf::bin_name;
    CHECK(bin_name({.bit_length = 4, .name_prefix = "bin"}, "status/1") == "bin-5");
    CHECK(bin_name({.bit_length = 8, .name_prefix = "bin"}, "status/1") == "bin-56");
    CHECK(bin_name({.bit_length = 1, .name_prefix = "bin"}, "status/1") == "bin-0");
    CHECK(bin_name({.bit_length = 1, .name_prefix = "bin"}, "status/3") == "bin-1");
    CHECK(bin_name({.bit_length = 5, .name_prefix = "bin"}, "status/1") == "bin-0a");
    CHECK(bin_name({.bit_length = 32, .name_prefix = "bin"}, "status/1").size() == 12);
}
