// How often signatures are checked. The linker puts this file's function between the core and libsodium's (--wrap, CMakeLists.txt).
#include <catch2/catch_test_macros.hpp>

#include "support/inquiry_site.hpp"

namespace {

std::map<std::vector<unsigned char>, int>& checked() {  // by signature
    static std::map<std::vector<unsigned char>, int> counts;
    return counts;
}

}  // namespace

extern "C" {
int __real_crypto_sign_ed25519_verify_detached(const unsigned char* signature, const unsigned char* message, unsigned long long size, const unsigned char* key);
int __wrap_crypto_sign_ed25519_verify_detached(const unsigned char* signature, const unsigned char* message, unsigned long long size, const unsigned char* key) {
    ++checked()[std::vector<unsigned char>(signature, signature + 64)];
    return __real_crypto_sign_ed25519_verify_detached(signature, message, size, key);
}
}

using namespace pipa;
using namespace pipa::test;

TEST_CASE("inquiry: no signature is checked twice on the way to an answer", "[inquiry]") {
    const InquirySite site = make_site();
    for (const auto& [number, code] : site.codes) {
        INFO(number);
        inquiry::Session session(site.anchor());
        checked().clear();
        const auto first = ask(session, site.files, code);
        REQUIRE(first.is_done());
        CHECK(checked().size() >= 6);  // the repository's, the registry's, the certificate's
        for (const auto& [signature, times] : checked()) CHECK(times == 1);
        // The same again: what this device has verified it has verified; the code is new to every inquiry, and with it what went into it.
        checked().clear();
        const auto again = ask(session, site.files, code);
        REQUIRE(again.is_done());
        CHECK(checked().size() == (number == "MIXED-1" ? 3 : number == "OTHERS-1" ? 2 : 1));
    }
}
