// pipa card: an answer as a still, for where no script may run.
#include <filesystem>
#include <iostream>
#include <optional>

#include "host/file_set.hpp"
#include "pipa/card/still_drawing.hpp"
#include "pipa/commands/judging.hpp"
#include "pipa/commands/press_commands.hpp"
#include "still/still_svg.hpp"
#include "still/still_text.hpp"

namespace pipa::cli {
namespace {

namespace fs = std::filesystem;

constexpr double width_for_wechat = 900;  // pixels; what its editor does not scale down

struct CardOptions {
    Voice voice{};
    std::string input{};
    TrustOptions trust{};
    std::string now{};
    std::string language{};
    std::string out{};
    std::string size{"2x"};
    std::string portal{};
    bool wechat{}, png{}, svg{}, html{}, amp{}, markdown{}, line{};

    [[nodiscard]] bool has_picture_beside() const noexcept { return wechat || amp; }
    [[nodiscard]] double scale() const { return size == "1x" ? 1 : size == "2x" ? 2 : width_for_wechat / still_width; }
};

// Of a picture that stands beside a text.
double scale_beside(const CardOptions& options) { return options.wechat ? width_for_wechat / still_width : options.scale(); }

struct Drawn {
    StillLayout layout{};
    Bytes content{};
};

Result<Drawn> draw(const Still& still, double scale) {
    auto layout = lay_out_still(still);
    if (!layout) return std::unexpected(layout.error());
    auto content = draw_still(*layout, scale, labels::TextShaper{});
    if (!content) return std::unexpected(content.error());
    return Drawn{std::move(*layout), std::move(*content)};
}

// What is asked for; `beside` is the picture that goes with it.
Result<Bytes> make(const CardOptions& options, const Still& still, const std::string& picture, std::optional<Drawn>& beside) {
    const auto text = [](const std::string& words) -> Result<Bytes> { return Bytes(words.begin(), words.end()); };
    if (options.has_picture_beside()) {
        auto drawn = draw(still, scale_beside(options));
        if (!drawn) return std::unexpected(drawn.error());
        beside = std::move(*drawn);
    }
    if (options.html) return text(still_as_html(still));
    if (options.markdown) return text(still_as_markdown(still));
    if (options.line) return text(still.line + " " + still.open + ": " + still.link + "\n");
    if (options.amp) return text(still_for_amp(still, {picture, static_cast<std::size_t>(still_width), static_cast<std::size_t>(beside->layout.height + 0.5)}));
    if (options.png) {
        auto drawn = draw(still, options.scale());
        if (!drawn) return std::unexpected(drawn.error());
        return std::move(drawn->content);
    }
    const auto layout = options.wechat ? lay_out_still_fragment(still) : lay_out_still(still);
    if (!layout) return std::unexpected(layout.error());
    return text(options.wechat ? still_for_wechat(still, *layout) : still_as_svg(still, *layout));
}

// Nothing to take along: the core's sentence why.
int refuse(const CardOptions& options, const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue) {
    const AnswerView view = make_answer(judgement, trust, catalogue);
    const std::string why = view.verdict.word + ": " + view.verdict.reason;
    const bool lacks_site = judgement.certificate && judgement.freshness.as_of;
    std::cerr << "pipa card: " << (lacks_site ? "the code names no checking site; give one with --portal" : why) << '\n';
    if (options.voice.json) options.voice.print({{"ok", false}, {"verdict", view.verdict.code}, {"reason_code", view.verdict.reason_code}});
    return lacks_site ? usage_error : could_not_check;
}

int write(const CardOptions& options, const Still& still, int exit_code) {
    std::optional<Drawn> beside;
    const fs::path picture = fs::path(options.out).replace_extension(".png");
    const auto content = make(options, still, picture.filename().string(), beside);
    if (!content) return options.voice.fail(content.error());
    if (options.out.empty() && !options.voice.json) {
        std::cout << as_text(*content);
        return exit_code;
    }
    FileSet files;
    if (!options.out.empty())
        if (const auto ok = files.write(options.out, *content); !ok) return options.voice.fail(ok.error(), options.out);
    if (beside)
        if (const auto ok = files.write(picture, beside->content); !ok) return options.voice.fail(ok.error(), picture.string());
    files.keep();
    if (options.voice.json) options.voice.print({{"ok", true}, {"out", options.out}, {"word", still.word}, {"as_of", still.day}, {"line", still.line}, {"alt", still.alt}, {"link", still.link}});
    else std::cout << options.out << ": " << still.alt << '\n';
    return exit_code;
}

int run(const CardOptions& options) {
    auto bench = open_bench(options.voice, options.trust, options.now);
    if (!bench) return bench.error();
    const auto asked = ask_about(options.voice, *bench, options.input);
    if (!asked) return asked.error();
    const Catalogue& catalogue = catalogue_of(options.language);
    const auto still = make_still(asked->judgement(), *asked->trust(), catalogue, asked->text(), options.portal);
    if (!still) return refuse(options, asked->judgement(), *asked->trust(), catalogue);
    return write(options, *still, exit_code_of(asked->judgement()));
}

}  // namespace

void add_card(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<CardOptions>(
        pipa, "card", "An answer as a still for articles, letters and feeds: it says of which day it is, and where to check again",
        "pipa card label.png --trust bundle.cbor --root-pin root.pin --png --size 2x --out card.png\n"
        "  pipa card label.png --trust bundle.cbor --wechat --out article.html    (and article.png beside it, 900 pixels wide)\n\n"
        "The day is the one of the signed lists that the answer rests on, not this machine's: fetch them first.\n"
        "The exit code is the answer's, as of pipa verify; without a certificate or lists nothing is written.",
        exit_code, run);
    CLI::App& app = *command.app;
    CardOptions& options = *command.options;
    app.add_option("input", options.input, "What a QR code says, a picture, or a file with a text")->required()->type_name("TEXT|FILE");
    auto* form = app.add_option_group("form");
    form->add_flag("--wechat", options.wechat, "A fragment for an article of a WeChat public account, and a PNG beside it");
    form->add_flag("--png", options.png, "A picture");
    form->add_flag("--svg", options.svg, "A drawing");
    form->add_flag("--html", options.html, "A quotation with inline styles");
    form->add_flag("--amp", options.amp, "A fragment for an AMP document, and a PNG beside it");
    form->add_flag("--md", options.markdown, "Markdown");
    form->add_flag("--line", options.line, "One line of plain text, for feeds and letters");
    form->require_option(1);
    app.add_option("--out", options.out, "Where it goes; else to standard output")->type_name("FILE");
    app.add_option("--size", options.size, "Of a picture: 360 or 720 pixels wide, or 900 for WeChat")->check(CLI::IsMember({"1x", "2x", "900"}))->capture_default_str();
    app.add_option("--portal", options.portal, "The checking site, where the code itself names none")->type_name("https://HOST");
    add_trust_source_options(app, options.trust, Need::Required);
    add_now_option(app, options.now);
    add_language_option(app, options.language);
    app.callback([kept = command.options, &exit_code] {
        if (kept->out.empty() && kept->has_picture_beside()) throw CLI::RequiredError("--out");
        exit_code = run(*kept);
    });
}

}  // namespace pipa::cli
