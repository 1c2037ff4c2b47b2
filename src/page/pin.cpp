#include "page/pin.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/civil_time.hpp"
#include "base/hex.hpp"
#include "crypto/ed25519.hpp"
#include "page/format.hpp"
#include "page/view_sections.hpp"

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

// "genuine-stop" is another answer than "genuine". A caution is not: older lists on a reader's device give one, and nothing changed.
bool is_stopped(Verdict verdict, Level level) noexcept { return verdict == Verdict::Genuine && level == Level::Stop; }

std::string answer_name(Verdict verdict, Level level) { return std::string{verdict_name(verdict)} + (is_stopped(verdict, level) ? "-stop" : ""); }

struct Pin {
    std::string answer{};  // "genuine-stop"
    std::string word_key{};
    std::string_view evidence{};
    std::optional<DayNumber> published{};
};

std::optional<Pin> parse_pin(std::string_view text) {
    Pin out;
    if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
        const auto day = parse_day(text.substr(at + 1));
        if (!day) return {};
        out.published = *day;
        text = text.substr(0, at);
    }
    const std::size_t dot = text.find('.');
    out.evidence = text.substr(dot + 1);  // npos + 1 is 0: all of it, which is no answer too
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (out.evidence.size() != 2 * digest_bytes || !std::ranges::all_of(out.evidence, is_hex)) return {};
    out.answer = text.substr(0, dot);
    for (const Verdict verdict : verdicts)
        for (const Level level : {Level::Ok, Level::Stop}) {
            if (answer_name(verdict, level) != out.answer) continue;
            out.word_key = "verdict." + std::string{verdict_name(verdict)};
            if (is_stopped(verdict, level)) out.word_key += ".stop";
            return out;
        }
    return {};
}

// Since when it is so, where somebody signed that.
std::optional<DayNumber> since_when(const Judgement& judgement) {
    const Reason& gravest = judgement.reasons.front();
    constexpr std::array dated = {ReasonId::Recalled, ReasonId::Withdrawn, ReasonId::Suspended};
    if (std::ranges::find(dated, gravest.id) == dated.end()) return {};
    const auto date = std::ranges::find(gravest.arguments, "date", [](const Argument& argument) { return std::string_view{argument.name}; });
    if (date == gravest.arguments.end()) return {};
    const auto day = parse_day(std::string_view{date->value}.substr(0, 10));
    return day ? std::optional{*day} : std::nullopt;
}

std::string what_changed(const Pin& then, const Judgement& judgement, const Catalogue& catalogue) {
    const auto since = since_when(judgement);
    const std::string_view undated = since ? "embed.pin.answer.since" : "embed.pin.answer", dated = since ? "embed.pin.dated.since" : "embed.pin.dated";
    return catalogue.format(then.published ? dated : undated, {{"published", then.published ? show_day(catalogue, *then.published) : ""}, {"before", catalogue.text(then.word_key)},
                                  {"since", since ? show_day(catalogue, *since) : ""}, {"after", word_of(judgement, catalogue)}});
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
    return answer_name(judgement.verdict, judgement.level) + "." + evidence_of(*judgement.certificate);
}

PinView check_pin(std::string_view pin, const Judgement& judgement, const Catalogue& catalogue) {
    const std::string now = make_pin(judgement);
    const auto then = parse_pin(pin);
    if (!then) return {PinState::Malformed, catalogue.text("embed.pin.bad"), now};
    if (!now.ends_with("." + std::string{then->evidence})) return {PinState::OtherCertificate, catalogue.text("embed.pin.certificate"), now};
    if (then->answer != answer_name(judgement.verdict, judgement.level)) return {PinState::OtherAnswer, what_changed(*then, judgement, catalogue), now};
    return {PinState::Match, catalogue.text("embed.pin.match"), now};
}

}  // namespace pipa
