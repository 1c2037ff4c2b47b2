#include <catch2/catch_test_macros.hpp>

#include "crypto/token_signatures.hpp"
#include "support/exact_bytes.hpp"
#include "support/table.hpp"

using namespace pipa;
using namespace pipa::test;
using crypto::TokenCheck;

namespace {

std::string answer_of_check(TokenCheck check) {
    switch (check) {
        case TokenCheck::Valid: return "valid";
        case TokenCheck::Wrong: return "wrong";
        case TokenCheck::BadPublicKey: return "bad_public_key";
        case TokenCheck::Unsupported: return "unsupported";
    }
    return "?";
}

}  // namespace

TEST_CASE("token signatures: give the answers of their table", "[crypto]") {
    for_each_row("token_signatures.json", [](Row& row) {
        INFO(row.where());
        const Exact key(row.hex("public_key"));
        const Exact message(row.hex("message"));
        const Exact signature(row.hex("signature"));
        const auto verify = row.text("scheme") == "ecdsa_p256" ? crypto::verify_ecdsa_p256 : crypto::verify_rsa_pss_sha256;
        CHECK(answer_of_check(verify(key.view(), message.view(), signature.view())) == row.text("answer"));
    });
}
