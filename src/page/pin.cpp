#include "page/pin.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "crypto/ed25519.hpp"

namespace pipa {
namespace {

constexpr std::size_t digest_bytes = 16;
constexpr std::array verdicts = {Verdict::Genuine, Verdict::OutOfDate, Verdict::Revoked, Verdict::Altered, Verdict::UnknownIssuer, Verdict::CouldNotCheck};

std::string evidence_of(const SignedCertificate& certificate) {
    const cose::Statement& statement = certificate.statement;
    // One encoding is accepted, so putting the message together again gives the very bytes that were scanned.
    const Bytes message = cose::assemble_statement(statement.protected_bytes, statement.payload, statement.signature);
    const crypto::Digest digest = crypto::sha256(message);
    return to_hex(ByteView{digest}.first(digest_bytes));
}

struct Pin {
    Verdict verdict{};
    std::string_view evidence{};
};

std::optional<Pin> parse_pin(std::string_view text) {
    const std::size_t dot = text.find('.');
    const std::string_view evidence = text.substr(dot + 1);  // npos + 1 is 0: all of it, which is no verdict too
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (evidence.size() != 2 * digest_bytes || !std::ranges::all_of(evidence, is_hex)) return {};
    const auto verdict = std::ranges::find(verdicts, text.substr(0, dot), verdict_name);
    if (verdict == verdicts.end()) return {};
    return Pin{*verdict, evidence};
}

}  // namespace

std::string_view pin_state_name(PinState state) noexcept {
    switch (state) {
        case PinState::Match: return "match";
        case PinState::OtherCertificate: return "other_certificate";
        case PinState::OtherAnswer: return "other_answer";
        case PinState::Malformed: return "malformed";
    }
    return {};
}

std::string make_pin(const Judgement& judgement) {
    if (!judgement.certificate) return {};
    return std::string{verdict_name(judgement.verdict)} + "." + evidence_of(*judgement.certificate);
}

PinView check_pin(std::string_view pin, const Judgement& judgement, const Catalogue& catalogue) {
    const std::string now = make_pin(judgement);
    const auto then = parse_pin(pin);
    if (!then) return {PinState::Malformed, catalogue.text("embed.pin.bad"), now};
    if (!now.ends_with("." + std::string{then->evidence})) return {PinState::OtherCertificate, catalogue.text("embed.pin.certificate"), now};
    if (then->verdict != judgement.verdict) {
        const std::string before = catalogue.text("verdict." + std::string{verdict_name(then->verdict)});
        return {PinState::OtherAnswer, catalogue.format("embed.pin.answer", {{"before", before}}), now};
    }
    return {PinState::Match, catalogue.text("embed.pin.match"), now};
}

}  // namespace pipa
