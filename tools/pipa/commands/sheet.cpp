// pipa sheet: labels as SVG, PDF or PNG.
#include <algorithm>
#include <cmath>
#include <iostream>
#include <iterator>

#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/input/csv.hpp"
#include "host/file_set.hpp"
#include "host/files.hpp"
#include "pipa/labels/label_drawing.hpp"
#include "pipa/input/scanned_texts.hpp"

namespace pipa::cli {
namespace {

using labels::Label;
namespace fs = std::filesystem;

constexpr double usual_dots_per_inch = 300;
constexpr double lowest_dots_per_inch = 100;  // coarser than any printer of labels
constexpr double highest_dots_per_inch = 2400;
constexpr std::size_t max_labels = 20'000;

struct SheetOptions {
    Voice voice{};
    std::vector<std::string> inputs{};
    std::string csv{};
    TrustOptions trust{};
    std::string out{};
    std::string size{"60x40"};
    std::string paper{"label"};
    double printer_dots_per_inch{usual_dots_per_inch};
    double png_dots_per_inch{};

    [[nodiscard]] bool is_pdf() const { return fs::path(out).extension() == ".pdf"; }
    [[nodiscard]] bool is_png() const { return png_dots_per_inch > 0; }
    [[nodiscard]] bool is_one_file() const { return is_pdf() || fs::path(out).extension() == ".svg" || fs::path(out).extension() == ".png"; }
    [[nodiscard]] double dot_mm() const { return labels::mm_per_inch / (is_png() ? png_dots_per_inch : printer_dots_per_inch); }
};

// The column 'text' of what pipa issue wrote.
Result<std::vector<InputText>> texts_of_table(const std::string& path) {
    const auto content = read_file(path);
    if (!content) return std::unexpected(content.error());
    CsvReader reader(as_text(*content));
    const auto header = reader.next();
    if (!header) return std::unexpected(header.error());
    std::vector<InputText> texts;
    if (!*header) return texts;
    const auto& names = (*header)->fields;
    const auto column = static_cast<std::size_t>(std::ranges::find(names, "text") - names.begin());
    if (column == names.size()) return fail(ErrorCode::CsvBadTable, {}, "there is no column 'text'");
    for (;;) {
        const auto record = reader.next();
        if (!record) return std::unexpected(record.error());
        if (!*record) return texts;
        const std::size_t line = (*record)->line;
        if ((*record)->fields.size() <= column) return fail(ErrorCode::CsvBadTable, {}, "line " + std::to_string(line) + ": too few fields");
        texts.push_back({.source = "line " + std::to_string(line) + " of " + path, .text = read_scanned_text((*record)->fields[column]).text});
    }
}

struct Problem {
    Error error{};
    std::string where{};
};
template <typename T>
using Outcome = std::expected<T, Problem>;

Outcome<std::vector<InputText>> gather(const SheetOptions& options) {
    std::vector<InputText> all;
    const auto append = [&all](std::vector<InputText> texts) { std::ranges::move(texts, std::back_inserter(all)); };
    if (!options.csv.empty()) {
        auto texts = texts_of_table(options.csv);
        if (!texts) return std::unexpected(Problem{texts.error(), options.csv});
        append(std::move(*texts));
    }
    for (const std::string& input : options.inputs) {
        ScanOutcome scanned = scan_argument(input);
        if (!scanned.texts) return std::unexpected(Problem{scanned.texts.error(), input});
        append(std::move(*scanned.texts));
    }
    return all;
}

Outcome<std::vector<Label>> make_labels(const SheetOptions& options, const TrustStore& trust, const labels::TextShaper& shaper) {
    const auto texts = gather(options);
    if (!texts) return std::unexpected(texts.error());
    if (texts->size() > max_labels) return std::unexpected(Problem{{ErrorCode::FileTooLarge, {}, "at most 20000 labels at once"}, {}});
    const labels::LabelSize& size = *labels::find_label_size(options.size);
    std::vector<Label> made;
    for (const InputText& text : *texts) {
        auto content = labels::make_label(text.text, trust);
        if (!content) return std::unexpected(Problem{content.error(), text.source});
        auto layout = lay_out_label(*content, size, options.dot_mm(), shaper);
        if (!layout) return std::unexpected(Problem{{ErrorCode::QrDrawTooLong, {}, "a label of " + options.size + " mm"}, content->number});
        made.push_back({std::move(*content), std::move(*layout)});
    }
    return made;
}

Result<Bytes> draw_one(const SheetOptions& options, const Label& label, const labels::TextShaper& shaper) {
    const labels::PageSize page{label.layout.size.width, label.layout.size.height};
    const auto draw = [&](cairo_t* context) { draw_label(context, label, shaper, 0, 0); };
    return options.is_png() ? draw_png(page, options.png_dots_per_inch, draw) : draw_svg(page, draw);
}

// In a folder every label is named for its certificate; a second label of the same one gets a number.
fs::path file_of(const SheetOptions& options, const std::vector<Label>& made, std::size_t index) {
    if (options.is_one_file()) return options.out;
    const std::string& number = made[index].content.number;
    const auto same_before = std::ranges::count_if(made.begin(), made.begin() + static_cast<std::ptrdiff_t>(index),
                                                   [&](const Label& label) { return label.content.number == number; });
    const std::string suffix = same_before == 0 ? "" : "-" + std::to_string(same_before + 1);
    return fs::path(options.out) / (number + suffix + (options.is_png() ? ".png" : ".svg"));
}

Result<void> write_all(const SheetOptions& options, const std::vector<Label>& made, const labels::TextShaper& shaper) {
    FileSet files;
    if (options.is_pdf()) {
        const auto paper = options.paper == "a4" ? labels::Paper::A4 : labels::Paper::OneLabel;
        const auto pdf = print_pdf(made, {paper, options.dot_mm()}, shaper);
        if (!pdf) return std::unexpected(pdf.error());
        if (auto ok = files.write(options.out, *pdf); !ok) return ok;
    } else {
        if (!options.is_one_file())
            if (auto ok = files.folder(options.out); !ok) return ok;
        for (std::size_t i = 0; i < made.size(); ++i) {
            const auto drawing = draw_one(options, made[i], shaper);
            if (!drawing) return std::unexpected(drawing.error());
            if (auto ok = files.write(file_of(options, made, i), *drawing); !ok) return ok;
        }
    }
    files.keep();
    return {};
}

double rounded(double mm) noexcept { return std::round(mm * 1000) / 1000; }

Json rect_json(const labels::Rect& rect) {
    return {{"x", rounded(rect.x)}, {"y", rounded(rect.y)}, {"width", rounded(rect.width)}, {"height", rounded(rect.height)}};
}

Json label_json(const Label& label) {
    Json texts = Json::array();
    for (const auto& text : label.layout.texts)
        texts.push_back({{"id", text.id}, {"text", text.text.text}, {"rect", rect_json(text.rect)}, {"size_mm", rounded(text.text.style.size_mm)}, {"elided", text.text.elided}});
    return {{"number", label.content.number},
            {"qr_version", label.content.code.version},
            {"module_mm", rounded(label.layout.code.module_mm)},
            {"dots_per_module", label.layout.code.dots},
            {"code", rect_json(label.layout.code.rect)},
            {"texts", std::move(texts)},
            {"left_out", label.layout.left_out},
            {"warnings", label.content.warnings}};
}

void warn_of(const SheetOptions& options, const std::vector<Label>& made, const labels::TextShaper& shaper) {
    if (!shaper.has_own_font()) options.voice.warn("the font Noto Sans CJK SC is not installed (fonts-noto-cjk); another one stands in");
    for (const Label& label : made) {
        const std::string& number = label.content.number;
        for (const std::string& warning : label.content.warnings) options.voice.warn(number + ": " + warning);
        const double module = label.layout.code.module_mm;
        if (module < labels::smallest_good_module_mm - 1e-6)
            options.voice.warn(number + ": modules of " + std::to_string(module).substr(0, 5) + " mm (QR version " + std::to_string(label.content.code.version) +
                               ", " + std::to_string(label.layout.code.dots) + " printer dots) are below 0.4 mm; use a larger label or a finer printer");
    }
}

int run(const SheetOptions& options) {
    const auto trust = open_trust_source(options.trust);
    if (!trust) return options.voice.fail(trust.error(), options.trust.pack);
    const labels::TextShaper shaper;
    const auto made = make_labels(options, trust->store(), shaper);
    if (!made) return options.voice.fail(made.error().error, made.error().where);
    if (made->empty()) return options.voice.fail({ErrorCode::CsvBadTable, {}, "there is nothing to print"});
    if (options.is_one_file() && !options.is_pdf() && made->size() > 1)
        return options.voice.fail({ErrorCode::FileUnwritable, {}, "one file holds one label: give a folder, or a PDF"}, options.out);
    if (const auto written = write_all(options, *made, shaper); !written) return options.voice.fail(written.error());
    warn_of(options, *made, shaper);
    if (options.voice.json) {
        Json list = Json::array();
        for (const Label& label : *made) list.push_back(label_json(label));
        options.voice.print({{"ok", true}, {"out", options.out}, {"size", options.size}, {"labels", std::move(list)}});
    } else {
        std::cout << made->size() << (made->size() == 1 ? " label of " : " labels of ") << options.size << " mm in " << options.out << '\n';
    }
    return done;
}

std::vector<std::string> size_names() {
    std::vector<std::string> names;
    for (const auto& size : labels::label_sizes()) names.emplace_back(size.name);
    return names;
}

}  // namespace

void add_sheet(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<SheetOptions>(
        pipa, "sheet", "Print labels: the code beside the words 承诺达标合格证, as SVG, PDF or PNG",
        "pipa sheet --csv codes.csv --trust trust.cose --office-key office.pub --size 60x40 --paper a4 --out labels.pdf\n"
        "  pipa sheet \"$(pipa issue ...)\" --size 50x30 --dpi 203 --out label.svg",
        exit_code, run);
    CLI::App& app = *command.app;
    SheetOptions& options = *command.options;
    auto* inputs = app.add_option("input", options.inputs, "QR texts, files with one text a line, pictures, or - for a pipe")->type_name("TEXT|FILE");
    auto* csv = app.add_option("--csv", options.csv, "Print every line of this table (its column 'text')")->type_name("FILE");
    app.add_option("--out", options.out, "A file .pdf, .svg or .png, or a folder for one SVG or PNG a label")->required()->type_name("PATH");
    app.add_option("--size", options.size, "Size of a label in mm")->check(CLI::IsMember(size_names(), CLI::ignore_case))->capture_default_str();
    app.add_option("--paper", options.paper, "For PDF: one label a page, or A4 with labels side by side")->check(CLI::IsMember({"label", "a4"}))->capture_default_str();
    app.add_option("--dpi", options.printer_dots_per_inch, "The printer's resolution; every module is a whole number of its dots")
        ->check(CLI::Range(lowest_dots_per_inch, highest_dots_per_inch))
        ->capture_default_str();
    app.add_option("--png", options.png_dots_per_inch, "Write PNG with this resolution instead of SVG")
        ->check(CLI::Range(lowest_dots_per_inch, highest_dots_per_inch))
        ->type_name("DPI");
    add_trust_source_options(app, options.trust, Need::Optional);
    // This callback replaces the declared one, and with it takes over keeping the options alive.
    app.callback([inputs, csv, kept = command.options, &exit_code] {
        if (inputs->count() + csv->count() == 0) throw CLI::RequiredError("TEXT|FILE or --csv");
        if (fs::path(kept->out).extension() == ".png" && !kept->is_png()) kept->png_dots_per_inch = usual_dots_per_inch;
        exit_code = run(*kept);
    });
}

}  // namespace pipa::cli
