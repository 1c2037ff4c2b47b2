// The whole way of a scan: text, judgement, view, JSON. The first byte says how the rest is used: as the text itself, as
// the bytes of a certificate, or as a payload that a listed producer signs, so that the rules behind the signature are
// reached too.
#include <nlohmann/json.hpp>

#include "fuzz/fuzz.hpp"
#include "page/view_json.hpp"
#include "support/catalogues.hpp"
#include "support/district.hpp"
#include "support/signing.hpp"

using namespace pipa;
using fuzz::must;

namespace {

constexpr UnixSeconds now = 1'795'138'200;

std::string text_of(std::uint8_t mode, ByteView rest) {
    static const crypto::SecretKey key = test::worthless_key("P2");
    if (mode % 3 == 0) return std::string{as_text(rest)};
    if (mode % 3 == 1) return make_qr_text("pipa.example", rest);
    return make_qr_text("pipa.example", test::sign_payload(key, cose::StatementType::Certificate, rest));
}

}  // namespace

void fuzz_one(ByteView input) {
    if (input.empty()) return;
    const std::uint8_t mode = input.front();
    const std::string text = text_of(mode, input.subspan(1));
    const TrustStore& trust = test::district().store;
    const Judgement judgement = judge(text, trust, now);
    must(!judgement.reasons.empty(), "a judgement has a reason");
    must(judgement.verdict != Verdict::Genuine || judgement.signature_valid, "nothing unsigned is genuine");
    must(nlohmann::json::accept(to_json(judgement)), "a judgement is valid JSON");
    for (const Catalogue* catalogue : {&test::chinese(), &test::english()}) {
        const View view = make_view(judgement, trust, *catalogue);
        must(!view.verdict.word.empty() && !view.verdict.reason.empty(), "a view says what and why");
        must(nlohmann::json::accept(to_json(view)), "a view is valid JSON");
    }
}
