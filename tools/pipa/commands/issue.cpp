// pipa issue: one certificate from options, or many from a CSV.
#include <chrono>
#include <iostream>
#include <optional>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "pipa/issue/certificate_fields.hpp"
#include "pipa/commands/line_problems.hpp"
#include "pipa/commands/store_option.hpp"
#include "pipa/field/text_encoding.hpp"
#include "pipa/office/preflight.hpp"
#include "pipa/office/registered.hpp"
#include "host/files.hpp"
#include "pipa/issue/issue_table.hpp"
#include "pipa/issue/issuing.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/terminal/progress.hpp"
#include "scan/draw_code.hpp"
#include "wire/qr_text.hpp"

namespace pipa::cli {
namespace {

struct IssueOptions {
    Voice voice{};
    std::string key{};
    PassphraseSource passphrase{};
    std::string host{};
    std::array<std::string, certificate_field_count> fields{};
    std::string csv{};
    std::string out{};
    bool keep_going{};
    StoreOption store{};
    TrustOptions trust{};
    std::string series{}, now{};
};

constexpr FieldNames help_of_fields = {
    "Certificate number: A-Z, 0-9 and '-', at most 32",
    "Product code: class * 1000 + item, named by the trust pack",
    "Product name, where no code says it",
    "Quantity: '3000 kg', '120 box x 2.5 kg'",
    "Origin: division code of 6, 9 or 12 digits",
    "Time of issue: 2026-05-22T11:30:00+08:00, or a day",
    "Day of harvest: 2026-05-22",
    "Edition of the form: 2025-A (producer), 2025-B (buyer), 2021, 2019",
    "What the promise rests on: quality_control, self_test, commissioned_test",
    "References into the district's list of labels",
    "Lot, at most 24 bytes",
    "Numbers of the certificates behind a buyer's lot",
    "Number of the animal quarantine certificate",
    "Product barcode, GTIN",
    "Valid until: a day or a time; the law sets none",
    "Place in the status list",
};

// 'line 7, column quantity: ' before the message, so that a list of problems can be worked through in an editor.
void complain_about(std::string_view, const LineProblem& problem) {
    std::string text = "pipa issue: " + std::string{code_name(problem.error.code)} + ": line " + std::to_string(problem.line);
    if (!problem.column.empty()) text += ", column " + problem.column;
    text += ": " + std::string{code_message(problem.error.code)};
    if (!problem.error.detail.empty()) text += " (" + problem.error.detail + ")";
    std::cerr << text << '\n';
}

int version_of(std::string_view text) {
    const auto symbol = draw_qr_code(text, CorrectionLevel::M);
    return symbol ? symbol->version : 0;
}

int report(const Voice& voice, const std::vector<FieldError>& problems) {
    Json list = Json::array();
    for (const FieldError& problem : problems) {
        voice.complain(problem.error, "--" + std::string{problem.field});
        list.push_back(cli::json_of(problem.error));
        list.back()["field"] = problem.field;
    }
    if (voice.json) voice.print({{"ok", false}, {"problems", std::move(list)}});
    return bad_data;
}

// Places in the status list from the store, some at a time; each is the signer's for good.
class Places {
public:
    Places(const StoreOption& store, const crypto::SecretKey& key) : m_store(store), m_key(key) {}

    Result<std::uint32_t> next() {
        if (m_free.empty()) {
            auto store = OfficeStore::open(m_store.path);
            if (!store) return std::unexpected(store.error());
            const auto now = now_of({});
            auto taken = store->take_indices(m_count, to_hex(kid_of(m_key.public_key())), actor_of(m_key.public_key(), now.value_or(0)));
            if (!taken) return std::unexpected(taken.error());
            m_free.assign(taken->rbegin(), taken->rend());
            m_count = std::min(2 * m_count, 4096U);
        }
        const std::uint32_t index = m_free.back();
        m_free.pop_back();
        return index;
    }

private:
    const StoreOption& m_store;
    const crypto::SecretKey& m_key;
    std::vector<std::uint32_t> m_free{};
    std::uint32_t m_count{1};
};

Result<std::string> number_from_store(const IssueOptions& options, const crypto::SecretKey& key) {
    auto store = OfficeStore::open(options.store.path);
    if (!store) return std::unexpected(store.error());
    const auto now = now_of({});
    const auto numbers = store->reserve_numbers(options.series, 1, actor_of(key.public_key(), now.value_or(0)));
    if (!numbers) return std::unexpected(numbers.error());
    return numbers->front();
}

// Empty where no registry is at hand to ask.
Result<std::optional<Preflight>> open_preflight(const IssueOptions& options, const crypto::SecretKey& key) {
    const auto now = now_of(options.now);
    if (!now) return std::unexpected(now.error());
    auto registry = Result<std::optional<TrustStore>>{};
    if (options.trust.given()) {
        auto trust = open_trust(options.trust);
        if (!trust) return std::unexpected(trust.error());
        registry = std::move(*trust);
    } else if (options.store.given()) {
        const auto store = OfficeStore::open(options.store.path, OfficeStore::Access::ReadOnly);
        if (!store) return std::unexpected(store.error());
        registry = registry_of(*store);
    }
    if (!registry) return std::unexpected(registry.error());
    if (!*registry) return std::optional<Preflight>{};
    return std::optional<Preflight>{std::in_place, std::move(**registry), key, *now};
}

// The harvest before the promise, and a promise that readers take.
Result<void> check_promise(const IssueOptions& options, const crypto::SecretKey& key, const Certificate& certificate) {
    if (certificate.harvest_day && *certificate.harvest_day > day_of(certificate.issued_unix_s))
        return fail(ErrorCode::CertificateBadField, {}, "harvested: " + format_day(*certificate.harvest_day) + " is after the day of issue");
    auto preflight = open_preflight(options, key);
    if (!preflight) return std::unexpected(preflight.error());
    return *preflight ? (**preflight)(certificate) : Result<void>{};
}

int run_one(const IssueOptions& options, const crypto::SecretKey& key) {
    FieldValues values{};
    std::ranges::copy(options.fields, values.begin());
    const std::string stand_in = options.series + "000001";  // no number is taken before everything else is right
    if (!options.series.empty()) values[*certificate_field_index("number")] = stand_in;
    Certificate certificate;
    const std::vector<FieldError> problems = read_certificate(values, certificate);
    if (!problems.empty()) return report(options.voice, problems);
    if (const auto ok = check_promise(options, key, certificate); !ok) return options.voice.fail(ok.error());
    if (!options.series.empty()) {
        auto reserved = number_from_store(options, key);
        if (!reserved) return options.voice.fail(reserved.error(), "--series");
        certificate.number = std::move(*reserved);
    }
    if (options.store.given() && !certificate.status_index) {
        const auto index = Places(options.store, key).next();
        if (!index) return options.voice.fail(index.error(), options.store.path);
        certificate.status_index = *index;
    }
    const auto payload = encode_certificate(certificate);
    if (!payload) return options.voice.fail(payload.error());
    const Bytes message = Signer(key, cose::StatementType::Certificate).sign(*payload);
    const std::string text = make_qr_text(options.host, message);
    const auto symbol = draw_qr_code(text, CorrectionLevel::M);
    if (!symbol) return options.voice.fail(symbol.error());
    if (const auto kept = keep_in_store(options.store, {&message, 1}, key.public_key()); !kept) return options.voice.fail(kept.error(), options.store.path);
    if (!options.out.empty())
        if (const auto written = write_file_atomically(options.out, text + "\n"); !written) return options.voice.fail(written.error());
    if (options.voice.json)
        options.voice.print({{"number", certificate.number}, {"text", text}, {"bytes", message.size()}, {"qr_version", symbol->version}});
    else if (options.out.empty())
        std::cout << text << '\n';
    return done;
}

void present(const IssueOptions& options, const IssuedTable& table, const LineProblems& problems, double seconds) {
    const double rate = seconds > 0 ? static_cast<double>(table.issued) / seconds : 0;
    const int version = table.issued > 0 ? version_of(table.longest_text) : 0;
    if (options.voice.json) {
        options.voice.print({{"ok", table.refused == 0}, {"issued", table.issued}, {"refused", table.refused}, {"problems", problems.listed()}, {"groups", problems.groups()},
                             {"out", options.out}, {"seconds", seconds}, {"per_second", rate},
                             {"largest", {{"number", table.longest_number}, {"qr_version", version}}}});
        return;
    }
    std::cout << table.issued << " certificates in " << options.out << ", " << static_cast<long>(rate) << " a second";
    if (version > 0) std::cout << "; the largest code is " << table.longest_number << ", QR version " << version;
    std::cout << '\n';
}

int run_table(const IssueOptions& options, const crypto::SecretKey& key) {
    const auto content = read_file(options.csv);
    if (!content) return options.voice.fail(content.error());
    const auto csv = table_text(*content, {});
    if (!csv) return options.voice.fail(csv.error(), options.csv);
    auto preflight = open_preflight(options, key);
    if (!preflight) return options.voice.fail(preflight.error());
    LineProblems problems("pipa issue", complain_about);
    ProgressBar bar("issuing", csv->size());
    const TableWatcher watcher{.on_problem = [&](const LineProblem& problem) { bar.clear(), problems.add(problem); },
                               .on_progress = [&](std::size_t bytes, std::size_t issued) { bar.show(bytes, std::to_string(issued)); }};
    const auto began = std::chrono::steady_clock::now();
    Places places(options.store, key);
    TableRules rules{.host = options.host, .keep_going = options.keep_going, .keep_messages = options.store.given()};
    if (options.store.given()) rules.next_status_index = [&places] { return places.next(); };
    if (*preflight) rules.preflight = [&preflight](const Certificate& certificate) { return (**preflight)(certificate); };
    const auto table = issue_table(*csv, key, rules, watcher);
    bar.clear();
    if (!table) return options.voice.fail(table.error(), options.csv);
    problems.finish();
    const bool write = table->refused == 0 || (options.keep_going && table->issued > 0);
    if (write)
        if (const auto kept = keep_in_store(options.store, table->messages, key.public_key()); !kept) return options.voice.fail(kept.error(), options.store.path);
    if (write)
        if (const auto written = write_file_atomically(options.out, table->csv); !written) return options.voice.fail(written.error());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (write || options.voice.json) present(options, *table, problems, took.count());
    if (table->issued + table->refused == 0) options.voice.warn("the table has a header and no lines: nothing was issued");
    if (table->refused == 0) return done;
    std::cerr << "pipa issue: " << table->refused << " lines are bad; "
              << (write ? "the others were issued" : "nothing was written (--keep-going issues the others)") << '\n';
    return bad_data;
}

int run(const IssueOptions& options) {
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return options.voice.fail(key.error(), options.key);
    return options.csv.empty() ? run_one(options, *key) : run_table(options, *key);
}

}  // namespace

void add_issue(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<IssueOptions>(
        pipa, "issue", "Sign certificates: one from options, or many from a CSV",
        "pipa issue --key yunwu.key --host pipa.linping.example --number DEMO-330113-260522-C01 --product-code 1001 \\\n"
        "    --quantity '120 box x 2.5 kg' --origin 330113100 --issued 2026-05-22 --basis quality_control,self_test\n"
        "  pipa issue --key yunwu.key --host pipa.linping.example --csv promises.csv --out codes.csv\n\n"
        "The CSV has a header line with the names of the options below, '_' instead of '-', or usual Chinese words for them; in UTF-8,\n"
        "GB 18030 or UTF-16, parted by ',', ';' or tabs. Of an Excel workbook: soffice --headless --convert-to csv FILE.xlsx\n"
        "  number product_code product_name quantity origin issued harvested form bases labels lot upstream\n"
        "  quarantine gtin expires status_index\n"
        "With --trust or --store, what readers would refuse is refused before anything is written: key, place, product, time.\n"
        "With --store the certificates go into the office's store too, and those without a place in the status list get one.\n"
        "Each bad line is named; unless --keep-going is given, nothing is written then and the exit code is 65 anyway.",
        exit_code, run);
    CLI::App& app = *command.app;
    IssueOptions& options = *command.options;
    app.add_option("--key", options.key, "The issuer's key file")->required()->type_name("FILE");
    app.add_option("--host", options.host, "The host that the QR code's link names")
        ->required()
        ->check([](const std::string& host) { return is_host(host) ? std::string{} : "'" + host + "' is no host name"; });
    add_passphrase_options(app, options.passphrase);
    auto* store = add_store_option(app, options.store, Need::Optional);
    add_trust_options(app, options.trust, Need::Optional);
    auto* csv = app.add_option("--csv", options.csv, "Issue every line of this table")->type_name("FILE");
    app.add_option("--out", options.out, "Where the table of numbers and QR texts goes (or the one text)")->type_name("FILE");
    app.add_flag("--keep-going", options.keep_going, "Issue the good lines although others are bad")->needs(csv);
    options.fields[*certificate_field_index("form")] = "2025-A";
    for (std::size_t i = 0; i < certificate_field_count; ++i) {
        std::string name = "--" + std::string{certificate_field_names()[i]};
        std::ranges::replace(name, '_', '-');
        if (name == "--bases") name += ",--basis";
        if (name == "--labels") name += ",--label";
        app.add_option(name, options.fields[i], std::string{help_of_fields[i]})
            ->type_name("")
            ->group("Certificate")
            ->multi_option_policy(CLI::MultiOptionPolicy::Join)
            ->delimiter(';')
            ->excludes(csv);
    }
    csv->needs(app.get_option("--out"));
    add_now_option(app, options.now);
    app.add_option("--series", options.series, "Take the next number of this series from the store: TANGQI-260522- gives TANGQI-260522-000001")
        ->needs(store)
        ->excludes(csv)
        ->excludes(app.get_option("--number"));
}

}  // namespace pipa::cli
