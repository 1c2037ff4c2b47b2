// pipa import: a platform's table into the office's store, as signed statements.
#include <iostream>

#include "pipa/commands/line_problems.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/commands/parts.hpp"
#include "pipa/field/import_table.hpp"
#include "pipa/field/statement_making.hpp"
#include "pipa/field/text_encoding.hpp"
#include "pipa/issue/issuing.hpp"
#include "pipa/office/registered.hpp"
#include "host/files.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/terminal/progress.hpp"

namespace pipa::cli {
namespace {

struct ImportOptions {
    Voice voice{};
    std::string mapping{};
    std::string table{};
    std::string store{};
    std::string create{};
    std::string key{};
    PassphraseSource passphrase{};
    TrustOptions trust{};
    std::string now{};
    bool dry_run{};
    bool keep_going{};
};

Result<ImportMapping> load_mapping(const ImportOptions& options, DocumentProblems& problems) {
    const auto content = read_file(options.mapping);
    if (!content) return std::unexpected(content.error());
    const auto document = parse_json(as_text(*content));
    if (!document) return std::unexpected(document.error());
    ImportMapping mapping;
    problems = read_mapping(*document, mapping);
    if (!problems.empty()) return std::unexpected(problems.front().error);
    return mapping;
}

int report_mapping(const Voice& voice, const std::string& file, const Error& error, const DocumentProblems& problems) {
    if (problems.empty()) return voice.fail(error, file);
    Json list = Json::array();
    for (const DocumentProblem& problem : problems) {
        voice.complain(problem.error, file + ": " + problem.path);
        list.push_back(json_of(problem.error));
        list.back()["path"] = problem.path;
    }
    if (voice.json) voice.print({{"ok", false}, {"problems", std::move(list)}});
    return bad_data;
}

// 'tests.csv:7: 判定: import.unknown_word: ...', which editors jump from.
void complain_about(std::string_view file, const LineProblem& problem) {
    std::cerr << file << ':' << problem.line << ": " << (problem.column.empty() ? "" : problem.column + ": ") << code_name(problem.error.code) << ": "
              << code_message(problem.error.code);
    if (!problem.error.detail.empty()) std::cerr << " (" << problem.error.detail.view() << ')';
    std::cerr << '\n';
}

class Import {
public:
    explicit Import(const ImportOptions& options) : m_options(options), m_voice(options.voice), m_problems(options.table, complain_about) {}

    int run() {
        const auto now = now_of(m_options.now);
        if (!now) return m_voice.fail(now.error(), "--now");
        DocumentProblems problems;
        const auto mapping = load_mapping(m_options, problems);
        if (!mapping) return report_mapping(m_voice, m_options.mapping, mapping.error(), problems);
        const auto trust = open_trust(m_options.trust);
        if (!trust) return m_voice.fail(trust.error(), m_options.trust.pack);
        const auto key = load_key(m_options.key, m_options.passphrase);
        if (!key) return m_voice.fail(key.error(), m_options.key);
        if (const auto may = check_may_sign(*trust, *key, mapping->type, *now); !may) return m_voice.fail(may.error(), m_options.key);
        auto drafts = read(*mapping, *now);
        if (!drafts) return m_voice.fail(drafts.error(), m_options.table);
        auto store = open_store({kid_of(key->public_key()), *now});
        if (!store) return m_voice.fail(store.error(), m_options.store);
        if (const auto resolved = resolve_references(drafts->drafts, *mapping, *key, *store); !resolved) return m_voice.fail(resolved.error(), m_options.table);
        if (const auto compared = compare_drafts(drafts->drafts, *mapping, kid_of(key->public_key()), *store); !compared) return m_voice.fail(compared.error(), m_options.store);
        if (const auto held = hold_against(*store, *mapping, *key, *drafts, *now); !held) return m_voice.fail(held.error(), m_options.store);
        m_problems.finish();
        return finish(*mapping, *drafts, *key, *store, *now);
    }

private:
    [[nodiscard]] Result<OfficeStore> open_store(const Actor& actor) const {
        std::error_code ignored;
        if (!m_options.create.empty() && !m_options.dry_run && !std::filesystem::exists(m_options.store, ignored))
            return OfficeStore::create(m_options.store, {.name = m_options.create}, actor);
        return OfficeStore::open(m_options.store, m_options.dry_run ? OfficeStore::Access::ReadOnly : OfficeStore::Access::ReadWrite);
    }

    Result<Drafts> read(const ImportMapping& mapping, UnixSeconds now) {
        const auto content = read_file(m_options.table);
        if (!content) return std::unexpected(content.error());
        const auto text = table_text(*content, mapping.encoding);
        if (!text) return std::unexpected(text.error());
        ProgressBar bar("reading", text->size());
        auto drafts = read_drafts(*text, mapping, now,
                                  {.on_problem = [&](const LineProblem& problem) { bar.clear(), m_problems.add(problem); },
                                   .on_progress = [&](std::size_t bytes, std::size_t lines) { bar.show(bytes, std::to_string(lines)); }});
        bar.clear();
        return drafts;
    }

    // What readers would not take under the store's own registry is refused line by line.
    Result<void> hold_against(const OfficeStore& store, const ImportMapping& mapping, const crypto::SecretKey& key, Drafts& drafts, UnixSeconds now) {
        const auto registry = registry_of(store);
        if (!registry) return std::unexpected(registry.error());
        if (!*registry) return {};
        const Signer signer(key, mapping.type);
        const auto is_refused = [&](const Draft& draft) {
            if (draft.state == Draft::State::Unchanged) return false;
            const Bytes message = signer.sign(mapping.schema == nullptr ? ByteView{draft.certificate_payload} : ByteView{cbor::encode(draft.payload)});
            const auto ok = must_stand(message, **registry, now);
            if (!ok) m_problems.add({draft.line, {}, ok.error()});
            return !ok;
        };
        drafts.refused += static_cast<std::size_t>(std::erase_if(drafts.drafts, is_refused));
        return {};
    }

    int finish(const ImportMapping& mapping, const Drafts& drafts, const crypto::SecretKey& key, OfficeStore& store, UnixSeconds now) {
        std::size_t counts[3]{};
        for (const Draft& draft : drafts.drafts) ++counts[static_cast<std::size_t>(draft.state)];
        const auto [fresh, changed, unchanged] = counts;
        const bool write = !m_options.dry_run && (drafts.refused == 0 || m_options.keep_going);
        if (write) {
            ProgressBar bar("signing", fresh + changed);
            if (const auto put = sign_and_put(drafts.drafts, mapping, key, store, now, [&](std::size_t finished) { bar.show(finished, std::to_string(finished)); }); !put)
                return m_voice.fail(put.error(), m_options.store);
        }
        if (m_voice.json)
            m_voice.print({{"ok", drafts.refused == 0}, {"written", write}, {"lines", drafts.lines}, {"new", fresh}, {"changed", changed}, {"unchanged", unchanged},
                           {"refused", drafts.refused}, {"problems", m_problems.listed()}, {"groups", m_problems.groups()}});
        else
            std::cout << drafts.lines << " lines: " << fresh << " new, " << changed << " changed, " << unchanged << " unchanged, " << drafts.refused << " refused"
                      << (write ? "" : m_options.dry_run ? "; a dry run, nothing was written" : "; nothing was written (--keep-going takes the good ones)") << '\n';
        return drafts.refused == 0 ? done : bad_data;
    }

    const ImportOptions& m_options;
    const Voice& m_voice;
    LineProblems m_problems;
};

int run(const ImportOptions& options) { return Import(options).run(); }

}  // namespace

void add_import(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<ImportOptions>(
        pipa, "import", "Take a platform's table (CSV) into the office's store, as statements signed with your key",
        "pipa import tests.json tests.csv --store office.db --key laboratory.key --dry-run\n\n"
        "The mapping (assets/import/README.md) says what the columns mean. Every line is checked before anything is written;\n"
        "each problem is named with its line and column. The same table again changes nothing; a changed line becomes a newer\n"
        "statement of the same id. Stopped on the way, it goes on when it is run again.",
        exit_code, run);
    CLI::App& app = *command.app;
    ImportOptions& options = *command.options;
    app.add_option("mapping", options.mapping, "What the table's columns mean, as JSON (pipa import map)")->type_name("FILE");
    app.add_option("table", options.table, "The table, CSV in UTF-8, GB 18030 or UTF-16")->type_name("FILE");
    app.add_option("--store", options.store, "The office's store")->type_name("FILE");
    app.add_option("--create", options.create, "Make the store under this name when there is none yet")->type_name("NAME");
    app.add_option("--key", options.key, "The key of who vouches for the table: laboratory, bureau, inspector, producer")->type_name("FILE");
    add_passphrase_options(app, options.passphrase);
    add_trust_options(app, options.trust, Need::Optional);
    add_now_option(app, options.now);
    app.add_flag("--dry-run", options.dry_run, "Check and count, and write nothing");
    app.add_flag("--keep-going", options.keep_going, "Take the good lines although others are bad");
    add_import_map(app, exit_code);
    app.callback([options = command.options, &app, &exit_code] {
        if (!app.get_subcommands().empty()) return;
        for (const auto& [value, name] : {std::pair{&options->mapping, "mapping"}, {&options->table, "table"}, {&options->store, "--store"}, {&options->key, "--key"}})
            if (value->empty()) throw CLI::RequiredError(name);
        exit_code = run(*options);
    });
}

}  // namespace pipa::cli
