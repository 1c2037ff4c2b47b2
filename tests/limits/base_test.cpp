// Refusals of src/base, src/crypto and src/page that are told by a code or a state, each reached by one input.
#include <catch2/catch_test_macros.hpp>

#include "crypto/base64.hpp"
#include "limits/limits.hpp"
#include "page/pin.hpp"
#include "support/catalogues.hpp"
#include "support/district.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

const Judgement& genuine() {
    static const Judgement judgement = [] {
        for (const Scene& scene : load_scenes())
            if (scene.verdict == "genuine" && scene.level == "ok" && !scene.without_trust) return judge(scene.text, trust_of(scene),
                scene.now);
        return Judgement{};
    }();
    return judgement;
}

std::string pin(const std::string& text) { return std::string{pin_state_name(check_pin(text, genuine(), english()).state)}; }

}  // namespace

TEST_CASE("base64: what is not whole and plain is refused at its place", "[limits][crypto]") {
    CHECK(code_of(crypto::from_base64("")) == "ok");
    CHECK(code_of(crypto::from_base64("YWJj")) == "ok");
    for (const char* bad : {"!", "YWJ", "YWI", "YW==a", "Y W I=", "YWJj\n", "YWJj====", "YWJ-"}) {
        INFO(bad);
        CHECK(code_of(crypto::from_base64(bad)) == "base64.invalid");
    }
    CHECK(code_of(crypto::from_base64("YW\r\nJj\n", crypto::LineBreaks::Ignore)) == "ok");
    CHECK(code_of(crypto::from_base64("YW Jj", crypto::LineBreaks::Ignore)) == "base64.invalid");
}

TEST_CASE("pin: a verdict, a point and 32 small hexadecimal digits", "[limits][page]") {
    const std::string now = make_pin(genuine());
    REQUIRE(now.starts_with("genuine."));
    const std::string evidence = now.substr(8);
    CHECK(evidence.size() == 32);
    CHECK(pin(now) == "match");
    CHECK(pin("revoked." + evidence) == "other_answer");
    CHECK(pin("could_not_check." + evidence) == "other_answer");
    CHECK(pin("genuine." + std::string(32, '0')) == "other_certificate");
    CHECK(pin("genuine." + std::string(32, '9')) == "other_certificate");
    CHECK(pin("genuine." + std::string(32, 'a')) == "other_certificate");
    CHECK(pin("genuine." + std::string(32, 'f')) == "other_certificate");
    for (const std::string& bad : {std::string{}, std::string{"genuine"}, evidence, "." + evidence, "genuine." + evidence + "0",
        "genuine." + evidence.substr(1), "Genuine." + evidence, "genuine.." + evidence,
                                   "genuine." + std::string(32, 'g'), "genuine." + std::string(32, '/'),
                                       "genuine." + std::string(32, ':'), "genuine." + std::string(32, '`'),
                                       "genuine." + std::string(32, 'A'),
                                   std::string(40, 'a') + "." + evidence, now + " "}) {
        INFO(bad);
        CHECK(pin(bad) == "malformed");
    }
    CHECK(pin(now + "@2026-11-20") == "match");
    CHECK(pin("genuine-stop." + evidence) == "other_answer");
    CHECK(pin("genuine-stop." + evidence + "@2026-11-20") == "other_answer");
    for (const char* bad : {"@", "@2026-11-31", "@2026-11-20T09:00:00+08:00", "@20261120", "@2026-11-20@2026-11-20"}) CHECK(pin(now + bad) == "malformed");
    for (const char* bad : {"genuine-ok.", "genuine-caution.", "genuine-unknown.", "revoked-stop.", "genuine-."}) CHECK(pin(bad + evidence) == "malformed");
    CHECK(check_pin(now, Judgement{}, english()).state == PinState::OtherCertificate);
    CHECK(check_pin(now, Judgement{}, english()).now.empty());
}
