#include "pipa/commands/judging.hpp"

#include <string>
#include <utility>

#include "base/filled_in.hpp"

namespace pipa::cli {

std::expected<Bench, int> open_bench(const Voice& voice, const TrustOptions& trust, const std::string& now) {
    const auto time = now_of(now);
    if (!time) return std::unexpected(voice.fail(time.error(), "--now"));
    auto opened = open_trust_source(trust);
    if (!opened) return std::unexpected(voice.fail(opened.error(), trust.pack));
    return Bench{*time, std::move(*opened)};
}

std::expected<inquiry::Inquiry, int> ask_about(const Voice& voice, Bench& bench, const std::string& argument) {
    const ScanOutcome scanned = scan_argument(argument);
    if (!scanned.texts) return std::unexpected(voice.fail(scanned.texts.error(), argument));
    return inquire(bench.trust.session, bench.trust.files, asked_text(scanned.texts->front()), bench.now);
}

std::string asked_text(const InputText& scanned) { return scanned.filled_in ? filled_in_mark + scanned.text : scanned.text; }

int exit_code_of(const Judgement& judgement) noexcept {
    if (judgement.verdict == Verdict::CouldNotCheck) return could_not_check;
    return judgement.verdict == Verdict::Genuine && judgement.level != Level::Stop ? done : judged_no;
}

}  // namespace pipa::cli
