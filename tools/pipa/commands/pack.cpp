// pipa pack check, pipa pack make
#include <iostream>

#include "base/hex.hpp"
#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "host/files.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/site/pack_folder.hpp"
#include "wire/qr_text.hpp"

namespace pipa::cli {
namespace {

struct CheckOptions {
    Voice voice{};
    std::string folder{};
};

struct MakeOptions {
    Voice voice{};
    std::string folder{};
    std::string key{};
    std::string out{};
    std::string lesson{};
    PassphraseSource passphrase{};
};

Json json_of(const learn::Problem& problem) {
    Json out = {{"file", problem.file}, {"line", problem.line}, {"code", code_name(problem.code)}, {"message", code_message(problem.code)}};
    if (!problem.detail.empty()) out["detail"] = problem.detail;
    return out;
}

// "articles/limit.en.md:12: learn.html: HTML is not accepted in articles (<b>)", the form that editors jump from.
void complain(const learn::Problem& problem) {
    std::cerr << problem.file;
    if (problem.line > 0) std::cerr << ':' << problem.line;
    std::cerr << ": " << code_name(problem.code) << ": " << code_message(problem.code);
    if (!problem.detail.empty()) std::cerr << " (" << problem.detail << ')';
    std::cerr << '\n';
}

int report(const Voice& voice, const learn::Problems& problems) {
    if (voice.json) {
        Json list = Json::array();
        for (const learn::Problem& problem : problems) list.push_back(json_of(problem));
        voice.print({{"ok", false}, {"problems", std::move(list)}});
        return bad_data;
    }
    for (const learn::Problem& problem : problems) complain(problem);
    std::cerr << "pipa " << voice.command << ": " << problems.size() << (problems.size() == 1 ? " problem\n" : " problems\n");
    return bad_data;
}

Json facts_of(const learn::EducationPack& pack, std::size_t bytes) {
    return {{"ok", true}, {"version", pack.version}, {"issued", format_rfc3339(pack.issued_unix_s)}, {"articles", pack.articles.size()},
            {"drawings", pack.drawings.size()}, {"questions", pack.questions.size()}, {"sources", pack.sources.size()},
            {"terms", pack.terms.size()}, {"bytes", bytes}};
}

void present(const Voice& voice, const Json& facts) {
    if (voice.json) return voice.print(facts);
    std::cout << "version    " << facts["version"] << ", issued " << facts["issued"].get<std::string>().substr(0, 10)
              << "\narticles   " << facts["articles"] << ", each in 2 languages\ndrawings   " << facts["drawings"] << "\nquestions  " << facts["questions"]
              << "\nsources    " << facts["sources"] << "\nwords      " << facts["terms"] << "\nbytes      " << facts["bytes"] << '\n';
}

int run_check(const CheckOptions& options) {
    const auto files = read_pack_folder(options.folder);
    if (!files) return options.voice.fail(files.error(), options.folder);
    const learn::CompiledPack compiled = learn::compile_pack(*files);
    if (!compiled.problems.empty()) return report(options.voice, compiled.problems);
    const auto payload = learn::encode_education_pack(compiled.pack);
    if (!payload) return options.voice.fail(payload.error(), options.folder);
    present(options.voice, facts_of(compiled.pack, payload->size()));
    return done;
}

// The certificate to practise on: the text of its QR code, or a file with that text.
Result<Bytes> lesson_certificate(const std::string& text_or_file) {
    auto qr = parse_qr_text(text_or_file);
    if (!qr) {
        auto file = read_file(text_or_file, max_qr_text_bytes + 2);
        if (!file) return std::unexpected(file.error());
        while (!file->empty() && file->back() <= ' ') file->pop_back();
        qr = parse_qr_text(as_text(*file));
    }
    if (!qr) return std::unexpected(qr.error());
    if (const auto parsed = parse_certificate(qr->certificate); !parsed) return std::unexpected(parsed.error());
    return std::move(qr->certificate);
}

int run_make(const MakeOptions& options) {
    const auto files = read_pack_folder(options.folder);
    if (!files) return options.voice.fail(files.error(), options.folder);
    learn::CompiledPack compiled = learn::compile_pack(*files);
    if (!compiled.problems.empty()) return report(options.voice, compiled.problems);
    if (!options.lesson.empty()) {
        auto lesson = lesson_certificate(options.lesson);
        if (!lesson) return options.voice.fail(lesson.error(), options.lesson);
        compiled.pack.lesson_certificate = std::move(*lesson);
    }
    const auto key = load_key(options.key, options.passphrase);
    if (!key) return options.voice.fail(key.error(), options.key);
    const auto message = sign_education_pack(compiled.pack, *key);
    if (!message) return options.voice.fail(message.error(), options.folder);
    if (const auto written = write_file_atomically(options.out, *message); !written) return options.voice.fail(written.error(), options.out);
    Json facts = facts_of(compiled.pack, message->size());
    facts["file"] = options.out;
    facts["kid"] = to_hex(kid_of(key->public_key()));
    present(options.voice, facts);
    return done;
}

}  // namespace

void add_pack(CLI::App& pipa, int& exit_code) {
    CLI::App* pack = pipa.add_subcommand("pack", "Check and sign what the learning pages show");
    pack->require_subcommand(1);

    const auto check = declare_command<CheckOptions>(*pack, "check", "Look through the articles, drawings, quiz and sources of a folder",
                                                     "pipa pack check assets/learn", exit_code, run_check);
    check.app->add_option("folder", check.options->folder, "The editors' folder")->required()->type_name("FOLDER");

    const auto make = declare_command<MakeOptions>(*pack, "make", "Check a folder and sign it as one education pack",
                                                   "pipa pack make assets/learn --key office.key --out learn.cose", exit_code, run_make);
    make.app->add_option("folder", make.options->folder, "The editors' folder")->required()->type_name("FOLDER");
    make.app->add_option("--key", make.options->key, "The office's or an editor's key file")->required()->type_name("FILE");
    make.app->add_option("--out", make.options->out, "The pack to write")->required()->type_name("FILE");
    make.app->add_option("--lesson-certificate", make.options->lesson, "A genuine certificate for 'try to cheat it': its code's text, or a file with it")->type_name("TEXT|FILE");
    add_passphrase_options(*make.app, make.options->passphrase);
}

}  // namespace pipa::cli
