#include <catch2/catch_test_macros.hpp>

#include "tuf/names.hpp"

using namespace pipa;

TEST_CASE("tuf names: a role is one part of a URL's path, whatever it is called", "[tuf]") {
    CHECK(tuf::metadata_path("timestamp", 0) == "timestamp.json");
    CHECK(tuf::metadata_path("root", 12) == "12.root.json");
    CHECK(tuf::metadata_path("../root", 1) == "1...%2Froot.json");
    CHECK(tuf::metadata_path("?#%", 1) == "1.%3F%23%25.json");
    CHECK(tuf::metadata_path("云雾", 1) == "1.%E4%BA%91%E9%9B%BE.json");
}

TEST_CASE("tuf names: a target's hash goes before its last part", "[tuf]") {
    tuf::TargetFile file{.hashes = {.sha256 = crypto::Digest{0xAB}, .listed = true}};
    const std::string hash = "ab" + std::string(62, '0');
    CHECK(tuf::target_url_path("keys", file, true) == hash + ".keys");
    CHECK(tuf::target_url_path("a/b/keys", file, true) == "a/b/" + hash + ".keys");
    CHECK(tuf::target_url_path("a/b/keys", file, false) == "a/b/keys");
    CHECK(tuf::target_url_path("a b?c#d", file, false) == "a%20b%3Fc%23d");
    CHECK(tuf::target_url_path("100%25", file, false) == "100%25");
    CHECK(tuf::target_url_path("枇杷", file, false) == "%E6%9E%87%E6%9D%B7");
    file.hashes = {.sha512 = crypto::LongDigest{0xCD}, .listed = true};
    CHECK(tuf::target_url_path("keys", file, true).starts_with("cd0000"));
}

TEST_CASE("tuf names: nothing leaves the folder, and no two things share a file", "[tuf]") {
    CHECK(tuf::stored_metadata_name("root") == "root.json");
    CHECK(tuf::stored_metadata_name("../root") == "%2E.%2Froot.json");
    CHECK(tuf::file_name_of("..") == "%2E.");
    CHECK(tuf::file_name_of(".") == "%2E");
    CHECK(tuf::file_name_of("a/b") == "a%2Fb");
    CHECK(tuf::file_name_of("a%2Fb") == "a%252Fb");
    CHECK(tuf::file_name_of("枇杷") == "枇杷");
    using namespace std::string_literals;
    CHECK(tuf::file_name_of("a\0b"s) == "a%00b");
    CHECK(tuf::file_name_of(std::string(240, 'a')) == std::string(240, 'a'));
    CHECK(tuf::file_name_of(std::string(241, 'a')).size() == 65);
    CHECK(tuf::file_name_of(std::string(241, 'a')) != tuf::file_name_of(std::string(242, 'a')));
}
