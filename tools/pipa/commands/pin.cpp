// pipa pin make, pipa pin check: for an editor's archive.
#include <algorithm>
#include <array>
#include <iostream>
#include <optional>

#include "host/files.hpp"
#include "page/pin.hpp"
#include "pipa/commands/judging.hpp"
#include "pipa/commands/press_commands.hpp"
#include "pipa/input/csv.hpp"

namespace pipa::cli {
namespace {

constexpr std::size_t max_list_bytes = std::size_t{16} << 20;

struct PinOptions {
    Voice voice{};
    std::string input{};
    TrustOptions trust{};
    std::string now{};
    std::string language{};
    bool changed_only{};
};

struct Article {
    std::size_t line{};
    std::string name{}, certificate{}, pin{};  // the pin with its day, where the list has one
};

// The columns article, certificate, pin and, where an editor has it, published; others are let be.
class ListReader {
public:
    explicit ListReader(std::string_view text) : m_reader(text) {}

    Result<std::vector<Article>> read() {
        if (auto ok = read_header(); !ok) return std::unexpected(ok.error());
        std::vector<Article> out;
        for (;;) {
            const auto record = m_reader.next();
            if (!record) return std::unexpected(record.error());
            if (!*record) return out;
            const auto field = [&](std::size_t column) { return std::string{column < (*record)->fields.size() ? (*record)->fields[column] : std::string_view{}}; };
            Article article{(*record)->line, field(m_columns[0]), field(m_columns[1]), field(m_columns[2])};
            if (article.certificate.empty()) return fail(ErrorCode::CsvBadTable, {}, "line " + std::to_string(article.line) + ": no certificate");
            if (const std::string day = field(m_columns[3]); !day.empty()) article.pin += "@" + day;
            out.push_back(std::move(article));
        }
    }

private:
    Result<void> read_header() {
        const auto header = m_reader.next();
        if (!header) return std::unexpected(header.error());
        if (!*header) return fail(ErrorCode::CsvBadTable);
        constexpr std::array names = {"article", "certificate", "pin", "published"};
        const auto& fields = (*header)->fields;
        for (std::size_t i = 0; i < names.size(); ++i) {
            m_columns[i] = static_cast<std::size_t>(std::ranges::find(fields, names[i]) - fields.begin());
            if (m_columns[i] == fields.size() && i < 3) return fail(ErrorCode::CsvBadTable, {}, "there is no column '" + std::string{names[i]} + "'");
        }
        return {};
    }

    CsvReader m_reader;
    std::array<std::size_t, 4> m_columns{};
};

class Archive {
public:
    Archive(const PinOptions& options, Bench& bench) : m_options(options), m_bench(bench), m_catalogue(catalogue_of(options.language)) {}

    void look_at(const Article& article) {
        const inquiry::Inquiry asked = inquire(m_bench.trust.session, m_bench.trust.files, article.certificate, m_bench.now);
        const Judgement& judgement = asked.judgement();
        const PinView pin = check_pin(article.pin, judgement, m_catalogue);
        const bool unknown = judgement.verdict == Verdict::CouldNotCheck || pin.state == PinState::Malformed;
        const bool changed = !unknown && pin.state != PinState::Match;
        m_unchecked += unknown ? 1 : 0;
        m_changed += changed ? 1 : 0;
        if (m_options.changed_only && !changed && !unknown) return;
        if (m_options.voice.json) {
            m_results.push_back({{"line", article.line}, {"article", article.name}, {"certificate", article.certificate}, {"state", unknown && pin.state == PinState::OtherAnswer ? "not_checked" : pin_state_name(pin.state)}, {"verdict", verdict_name(judgement.verdict)},
                                 {"level", level_name(judgement.level)}, {"reason", rule_of(judgement.reasons.front().id).code}, {"text", pin.text}, {"pin", pin.now}});
        } else {
            std::cout << (changed ? "✖ " : unknown ? "? " : "✔ ") << article.name << ": " << pin.text << '\n';
        }
    }

    int finish(std::size_t count) {
        if (m_options.voice.json) m_options.voice.print({{"ok", true}, {"checked", count}, {"changed", m_changed}, {"not_checked", m_unchecked}, {"results", std::move(m_results)}});
        else std::cout << count << " articles, " << m_changed << " changed, " << m_unchecked << " not checked\n";
        return m_changed > 0 ? judged_no : m_unchecked > 0 ? could_not_check : done;
    }

private:
    const PinOptions& m_options;
    Bench& m_bench;
    const Catalogue& m_catalogue;
    std::size_t m_changed{}, m_unchecked{};
    Json m_results = Json::array();
};

int run_check(const PinOptions& options) {
    auto bench = open_bench(options.voice, options.trust, options.now);
    if (!bench) return bench.error();
    const auto content = options.input == "-" ? read_standard_input(max_list_bytes) : read_file(options.input, max_list_bytes);
    if (!content) return options.voice.fail(content.error(), options.input);
    const auto list = ListReader(as_text(*content)).read();
    if (!list) return options.voice.fail(list.error(), options.input);
    Archive archive(options, *bench);
    for (const Article& article : *list) archive.look_at(article);
    return archive.finish(list->size());
}

int run_make(const PinOptions& options) {
    auto bench = open_bench(options.voice, options.trust, options.now);
    if (!bench) return bench.error();
    const auto asked = ask_about(options.voice, *bench, options.input);
    if (!asked) return asked.error();
    const std::string pin = make_pin(asked->judgement());
    if (pin.empty()) return options.voice.fail(asked->judgement().error.value_or(Error{ErrorCode::QrTextNotOurs}), options.input);
    if (options.voice.json) options.voice.print({{"ok", true}, {"pin", pin}});
    else std::cout << pin << '\n';
    return done;
}

void add_common(CLI::App& app, PinOptions& options) {
    add_trust_source_options(app, options.trust, Need::Required);
    add_now_option(app, options.now);
}

}  // namespace

void add_pin(CLI::App& pipa, int& exit_code) {
    CLI::App* pin = pipa.add_subcommand("pin", "What an article wrote down on the day of its publication, and what has changed since");
    pin->require_subcommand(1);
    const auto make = declare_command<PinOptions>(*pin, "make", "The pin of a certificate as it is judged now",
                                                  "pipa pin make label.png --trust bundle.cbor", exit_code, run_make);
    make.app->add_option("input", make.options->input, "What a QR code says, a picture, or a file with a text")->required()->type_name("TEXT|FILE");
    add_common(*make.app, *make.options);
    const auto check = declare_command<PinOptions>(
        *pin, "check", "Which articles of an archive carry an answer that has changed?",
        "pipa pin check archive.csv --trust bundle.cbor --json\n\n"
        "The list is CSV with the columns article, certificate, pin and, where it is known, published (2026-11-02).\n"
        "Exit code 1 where an answer changed, 2 where none did and some could not be checked.",
        exit_code, run_check);
    check.app->add_option("list", check.options->input, "The list, or - for a pipe")->required()->type_name("FILE");
    check.app->add_flag("--changed", check.options->changed_only, "Leave out what is as it was");
    add_common(*check.app, *check.options);
    add_language_option(*check.app, check.options->language);
}

}  // namespace pipa::cli
