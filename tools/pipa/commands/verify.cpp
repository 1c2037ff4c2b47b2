// pipa verify
#include <iostream>

#include "page/view_json.hpp"
#include "host/files.hpp"
#include "pipa/commands/judging.hpp"
#include "pipa/terminal/verdict_text.hpp"
#include "tlog/proof_file.hpp"

namespace pipa::cli {
namespace {

struct VerifyOptions {
    Voice voice{};
    std::vector<std::string> inputs{};
    TrustOptions trust{};
    std::string dossier{};
    std::string log_proof{};
    std::string now{};
    std::string language{};
};

class Verifier {
public:
    Verifier(const VerifyOptions& options, Bench& bench, std::string_view log_proof)
        : m_options(options), m_opened(bench.trust), m_files(options.dossier.empty() ? bench.trust.files : dossier_source(options.dossier, bench.trust.files)), m_now(bench.now),
          m_log_proof(log_proof),
          m_catalogue(catalogue_of(options.language)),
          m_painter(Painter::for_standard_output()), m_many(options.inputs.size() > 1) {}

    int run() {
        for (const std::string& input : m_options.inputs) {
            const ScanOutcome scanned = scan_argument(input);
            if (!scanned.texts) {
                cannot_read(scanned);
                continue;
            }
            m_many = m_many || scanned.texts->size() > 1;
            for (const InputText& text : *scanned.texts) look_at(text);
        }
        if (m_options.voice.json) m_options.voice.print({{"exit_code", m_exit_code}, {"results", m_results}});
        return m_exit_code;
    }

private:
    void cannot_read(const ScanOutcome& scanned) {
        const Error& error = scanned.texts.error();
        m_options.voice.complain(error, scanned.argument);
        m_exit_code = worse_of(m_exit_code, cli::exit_code_of(error.code));
        m_results.push_back({{"input", scanned.argument}, {"error", json_of(error)}});
    }

    void look_at(const InputText& scanned) {
        const inquiry::Wishes wishes{.records = m_options.dossier.empty() ? inquiry::RecordsFrom::Site : inquiry::RecordsFrom::ByHand,
                                     .log_proof = std::string{m_log_proof}};
        const inquiry::Inquiry asked = inquire(m_opened.session, m_files, asked_text(scanned), m_now, wishes);
        const Judgement& judgement = asked.judgement();
        const View view = make_view(judgement, *asked.trust(), m_catalogue);
        m_exit_code = worse_of(m_exit_code, exit_code_of(judgement));
        if (m_options.voice.json) {
            Json result = {{"input", scanned.source}, {"text", scanned.text}};
            if (scanned.others > 0) result["other_codes"] = scanned.others;
            result.update(Json::parse(to_json(judgement, view)));
            result.erase("version");
            m_results.push_back(std::move(result));
            return;
        }
        if (m_shown++ > 0) std::cout << '\n';
        if (m_many) std::cout << m_painter.paint(Tone::Dim, scanned.source.empty() ? scanned.text.substr(0, 60) : scanned.source) << '\n';
        std::cout << verdict_text(view, m_catalogue, m_painter, terminal_width());
        if (scanned.others > 0) m_options.voice.warn(std::to_string(scanned.others) + " codes of other systems in this picture were left alone");
    }

    const VerifyOptions& m_options;
    OpenedTrust& m_opened;
    FileSource m_files;
    UnixSeconds m_now;
    std::string_view m_log_proof;
    const Catalogue& m_catalogue;
    Painter m_painter;
    bool m_many;
    std::size_t m_shown{};
    Json m_results = Json::array();
    int m_exit_code{done};
};

int run(const VerifyOptions& options) {
    auto bench = open_bench(options.voice, options.trust, options.now);
    if (!bench) return bench.error();
    std::error_code missing;
    if (!options.dossier.empty() && !std::filesystem::exists(options.dossier, missing)) return options.voice.fail({ErrorCode::FileUnreadable, {}, options.dossier}, options.dossier);
    const auto proof = options.log_proof.empty() ? Result<Bytes>{} : read_file(options.log_proof, tlog::max_proof_bytes);
    if (!proof) return options.voice.fail(proof.error());
    return Verifier(options, *bench, as_text(*proof)).run();
}

}  // namespace

void add_verify(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<VerifyOptions>(
        pipa, "verify", "Judge codes: is the promise genuine, who made it, and what does that not prove?",
        "pipa verify label.png --trust trust.cose --office-key office.pub --lang en --dossier dossiers\n"
        "  pipa verify label.png --trust bundle.cbor --root-pin root.pin    (withdrawals, recalls and records beside it count too)\n"
        "  cut -d, -f2 codes.csv | tail -n +2 | pipa verify - --json    (with PIPA_TRUST and PIPA_OFFICE_KEY set)\n\n"
        "With several inputs the exit code is that of the gravest answer (74, 65, 1, 2, 0 in this order).",
        exit_code, run);
    command.app->add_option("input", command.options->inputs, "What a QR code says, a picture (PNG, JPEG, PGM), a file with one text a line, or - for a pipe")
        ->required()
        ->type_name("TEXT|FILE");
    add_trust_source_options(*command.app, command.options->trust, Need::Required);
    command.app->add_option("--dossier", command.options->dossier, "The statements behind it, by hand: a dossier, or a folder of NUMBER.dossier")->type_name("FILE|DIR");
    command.app->add_option("--log-proof", command.options->log_proof, "The proof that the certificate is in a public log (C2SP tlog-proof)")->type_name("FILE");
    add_now_option(*command.app, command.options->now);
    add_language_option(*command.app, command.options->language);
}

}  // namespace pipa::cli
