// pipa explain: every field of a certificate, where it stands and who vouches for it.
#include <algorithm>
#include <iostream>

#include "base/hex.hpp"
#include "page/view_json.hpp"
#include "host/files.hpp"
#include "pipa/commands/judging.hpp"
#include "pipa/terminal/message_map.hpp"
#include "pipa/terminal/terminal.hpp"
#include "wire/gs1/digital_link.hpp"

namespace pipa::cli {
namespace {

struct ExplainOptions {
    Voice voice{};
    std::string input{};
    TrustOptions trust{};
    std::string now{};
    std::string language{};
};

// A certificate's bytes in a file begin with COSE_Sign1's tag; they are explained as if a code had said them.
std::optional<std::string> text_of_message_file(const std::string& path) {
    constexpr std::uint8_t tag_18 = 0xD2;
    const auto content = read_file(path, max_certificate_bytes);
    if (!content || content->empty() || content->front() != tag_18) return {};
    return make_qr_text("file", *content);
}

Result<std::string> text_of(const std::string& input) {
    if (auto text = text_of_message_file(input)) return *text;
    const ScanOutcome scanned = scan_argument(input);
    if (!scanned.texts) return std::unexpected(scanned.texts.error());
    return asked_text(scanned.texts->front());
}

class Explainer {
public:
    Explainer(const ExplainOptions& options, const inquiry::Inquiry& asked)
        : m_options(options), m_trust(*asked.trust()), m_text(asked.text()), m_catalogue(catalogue_of(options.language)), m_judgement(asked.judgement()),
          m_view(make_view(m_judgement, m_trust, m_catalogue)) {
        if (auto parsed = parse_qr_text(m_text)) m_message = std::move(parsed->certificate);
    }

    int run() {
        if (!m_judgement.certificate) return say_what_is_wrong();
        const std::vector<MappedField> fields = map_message(m_message, m_judgement, m_view, m_trust, m_catalogue);
        if (m_options.voice.json) print_json(fields);
        else print_table(fields);
        return done;
    }

private:
    int say_what_is_wrong() {
        const Error error = m_judgement.error.value_or(Error{ErrorCode::QrTextNotOurs, 0, {}});
        if (error.code == ErrorCode::QrTextNotOurs) return say_it_is_foreign(error);
        const bool in_message = !m_message.empty();
        const std::size_t offset = error.byte_offset.value_or(0);
        const std::string excerpt = in_message ? hex_excerpt(m_message, offset) : text_excerpt(m_text, offset);
        m_options.voice.complain(error, in_message ? "in the message" : "in the text");
        std::cerr << excerpt;
        if (m_options.voice.json)
            m_options.voice.print({{"ok", false}, {"error", json_of(error)}, {"in", in_message ? "message" : "text"}, {"excerpt", excerpt}});
        return cli::exit_code_of(error.code);
    }

    int say_it_is_foreign(const Error& error) {
        const auto link = gs1::parse_digital_link(m_text);
        Json out = {{"ok", false}, {"error", json_of(error)}, {"foreign_code", foreign_code_name(m_judgement.foreign_code)}, {"reason", m_view.verdict.reason}};
        if (!m_options.voice.json) std::cout << m_view.verdict.reason << '\n';
        if (link)  // somebody else's, but its words are public: (01) 06901234567892
            for (const auto& [identifier, value] : link->elements) {
                out["gs1"][identifier] = value;
                if (!m_options.voice.json) std::cout << "  (" << identifier << ") " << value << '\n';
            }
        if (m_options.voice.json) m_options.voice.print(out);
        return could_not_check;
    }

    void print_json(const std::vector<MappedField>& fields) {
        Json list = Json::array();
        for (const MappedField& field : fields) {
            list.push_back({{"offset", field.offset}, {"length", field.length}, {"field", field.name}, {"cbor", field.diagnostic}, {"meaning", field.meaning}});
            if (!field.voucher.empty()) list.back()["voucher"] = field.voucher;
        }
        const Json view = Json::parse(to_json(m_view));
        m_options.voice.print({{"ok", true}, {"bytes", m_message.size()}, {"message", to_hex(m_message)}, {"fields", std::move(list)},
                               {"vouchers", view["vouchers"]}, {"verdict", view["verdict"]}});
    }

    [[nodiscard]] std::string voucher_text(std::string_view id) const {
        const auto found = std::ranges::find(m_view.vouchers, id, &VoucherView::id);
        if (found != m_view.vouchers.end()) return found->role;
        return id.empty() ? std::string{} : m_catalogue.text("voucher." + std::string{id} + ".role");
    }

    void print_table(const std::vector<MappedField>& fields) {
        const Painter painter = Painter::for_standard_output();
        constexpr std::size_t name_width = 21, indent = 14;
        const std::size_t width = terminal_width();
        std::cout << painter.paint(Tone::Bold, m_view.title) << '\n'
                  << painter.paint(Tone::Dim, std::to_string(m_message.size()) + " bytes of CBOR in " + std::to_string(m_text.size()) + " characters; " + m_view.verdict.reason)
                  << "\n\n" << painter.paint(Tone::Dim, " byte  len  field") << '\n';
        for (const MappedField& field : fields) {
            const auto right = [](std::size_t number, std::size_t columns) { return std::string(columns - std::min(columns, std::to_string(number).size()), ' ') + std::to_string(number); };
            std::cout << right(field.offset, 5) << right(field.length, 5) << "  " << painter.paint(Tone::Bold, padded(field.name, name_width));
            const std::string voucher = voucher_text(field.voucher);
            const std::string meaning = field.meaning + (voucher.empty() ? "" : "  — " + voucher);
            print_hanging(meaning, indent + name_width - 2, width, Tone::Plain, painter);
            std::cout << std::string(indent, ' ');
            print_hanging(shortened(field.diagnostic), indent, width, Tone::Dim, painter);
        }
    }

    // Signatures and other long strings tell a reader nothing beyond their beginning.
    static std::string shortened(const std::string& diagnostic) {
        constexpr std::size_t longest = 100;
        if (diagnostic.size() <= longest) return diagnostic;
        std::size_t end = 40;
        while ((static_cast<unsigned char>(diagnostic[end]) & 0xC0) == 0x80) --end;  // not inside a character
        return diagnostic.substr(0, end) + "...";
    }

    // Starts where the cursor is and continues below that column.
    static void print_hanging(const std::string& text, std::size_t column, std::size_t width, Tone tone, const Painter& painter) {
        bool first = true;
        for (const std::string& line : wrap(text, width - column)) {
            if (!first) std::cout << std::string(column, ' ');
            std::cout << painter.paint(tone, line) << '\n';
            first = false;
        }
    }

    const ExplainOptions& m_options;
    const TrustStore& m_trust;
    std::string m_text;
    const Catalogue& m_catalogue;
    const Judgement& m_judgement;
    View m_view;
    Bytes m_message{};
};

int run(const ExplainOptions& options) {
    auto bench = open_bench(options.voice, options.trust, options.now);
    if (!bench) return bench.error();
    auto text = text_of(options.input);
    if (!text) return options.voice.fail(text.error(), options.input);
    return Explainer(options, inquire(bench->trust.session, bench->trust.files, *text, bench->now)).run();
}

}  // namespace

void add_explain(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<ExplainOptions>(
        pipa, "explain", "Show every field of a certificate: where it stands, what it means, who vouches for it",
        "pipa explain label.png --trust trust.cose --office-key office.pub\n"
        "  pipa explain 'HTTPS://PIPA.LINPING.EXAMPLE/C#0115...'      (without trust: nobody has confirmed this)",
        exit_code, run);
    command.app->add_option("input", command.options->input, "What a QR code says, a picture, a file with a text, or a certificate's bytes")
        ->required()
        ->type_name("TEXT|FILE");
    add_trust_source_options(*command.app, command.options->trust, Need::Optional);
    add_now_option(*command.app, command.options->now);
    add_language_option(*command.app, command.options->language);
}

}  // namespace pipa::cli
