#include "education/pack_source.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "education/markdown.hpp"
#include "education/pack_json.hpp"
#include "education/svg.hpp"

namespace pipa::learn {
namespace {

struct LanguageTag {
    Language language;
    std::string_view tag;
};
constexpr std::array languages = {LanguageTag{Language::ZhHans, "zh-Hans"}, LanguageTag{Language::En, "en"}};

// What one language's version of an article refers to; the other version must refer to the same.
struct Used {
    std::set<std::uint32_t> sources{};
    std::vector<std::uint32_t> drawings{};
};

Used used_by(const Body& body) {
    Used out;
    for (const Block& block : body) {
        if (block.kind == BlockKind::Picture) out.drawings.push_back(block.drawing);
        for (const Line& line : block.lines)
            for (const Span& span : line)
                if (span.kind == SpanKind::Source) out.sources.insert(span.reference);
    }
    return out;
}

class Compiler {
public:
    explicit Compiler(std::span<const SourceFile> files) : m_files(files) {}

    CompiledPack run() {
        const JsonFile pack = json_file("pack.json");
        read_head(pack);
        read_sources(json_file("sources.json"));
        read_terms(json_file("glossary.json"));
        read_drawings();
        read_articles(pack);
        read_questions(json_file("quiz.json"));
        check_dates();
        check_unused();
        return std::move(m_out);
    }

private:
    void problem(std::string file, std::size_t line, ErrorCode code, std::string detail = {}) {
        report(m_out.problems, {std::move(file), line, code, std::move(detail)});
    }

    const SourceFile* find_file(std::string_view name) {
        const auto found = std::ranges::find(m_files, name, &SourceFile::name);
        if (found == m_files.end()) return nullptr;
        m_read.insert(found->name);
        return &*found;
    }

    JsonFile json_file(std::string name) {
        JsonFile out{.name = std::move(name)};
        const SourceFile* file = find_file(out.name);
        if (file == nullptr) return problem(out.name, 0, ErrorCode::FileUnreadable), out;
        out.text = file->text;
        out.root = Json::parse(file->text, nullptr, false);
        if (out.root.is_object()) return out;
        problem(out.name, json_error_line(file->text), ErrorCode::JsonInvalid);
        return out;
    }

    // The parser without exceptions says only that it failed; the longest prefix it could still go on with tells where.
    static std::size_t json_error_line(std::string_view text) {
        struct Sax : nlohmann::json_sax<Json> {
            std::size_t position{};
            bool null() override { return true; }
            bool boolean(bool) override { return true; }
            bool number_integer(number_integer_t) override { return true; }
            bool number_unsigned(number_unsigned_t) override { return true; }
            bool number_float(number_float_t, const string_t&) override { return true; }
            bool string(string_t&) override { return true; }
            bool binary(binary_t&) override { return true; }
            bool start_object(std::size_t) override { return true; }
            bool key(string_t&) override { return true; }
            bool end_object() override { return true; }
            bool start_array(std::size_t) override { return true; }
            bool end_array() override { return true; }
            bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
                position = at;
                return false;
            }
        } sax;
        Json::sax_parse(text, &sax);
        return line_of(text, std::min(sax.position, text.size()));
    }

    void read_head(const JsonFile& file) {
        JsonEntry head(file, file.root, m_out.problems);
        m_out.pack.version = head.number("version", 1, UINT32_MAX).value_or(0);
        m_issued = head.day("issued");
        m_out.pack.issued_unix_s = parse_time(head.text("issued", 10)).value_or(0);
        m_out.pack.title = head.pair("title", max_title_bytes);
        (void)head.member("topics");
        (void)head.member("articles");
        head.finish();
        for (const Json& item : entries_of(file, "topics", max_topics, m_out.problems)) {
            JsonEntry entry(file, item, m_out.problems);
            m_out.pack.topics.push_back({entry.id(), entry.pair("name", max_title_bytes)});
            entry.finish();
        }
    }

    void read_sources(const JsonFile& file) {
        for (const Json& item : entries_of(file, "sources", max_sources, m_out.problems)) {
            JsonEntry entry(file, item, m_out.problems);
            Source out{.id = entry.id(), .title = entry.pair("title", max_text_bytes)};
            const auto checked = entry.day("checked");
            out.checked = checked.value_or(0);
            out.reference = entry.text("reference", 16);
            const std::string standing = entry.text("standing", 8);
            if (standing != "read" && standing != "known") entry.problem(ErrorCode::LearnBadField, "standing: read or known");
            out.standing = standing == "known" ? Standing::Known : Standing::Read;
            if (checked && m_issued && *checked > *m_issued) entry.problem(ErrorCode::LearnCheckedLate, out.id);
            entry.finish();
            add_name(m_sources, out.id, m_out.pack.sources.size(), entry);
            m_source_lines.push_back(entry.line());
            m_out.pack.sources.push_back(std::move(out));
        }
    }

    void read_terms(const JsonFile& file) {
        for (const Json& item : entries_of(file, "terms", max_terms, m_out.problems)) {
            JsonEntry entry(file, item, m_out.problems);
            Term out{.id = entry.id(), .name = entry.pair("name", max_title_bytes), .meaning = entry.pair("meaning", max_text_bytes)};
            const std::size_t index = m_out.pack.terms.size();
            add_name(m_terms[0], out.name.zh_hans, index, entry);
            add_name(m_terms[1], out.name.en, index, entry);
            // Other forms of the word: plurals, short names.
            for (std::string& form : entry.texts("forms", 12)) {
                add_name(m_terms[0], form, index, entry);
                add_name(m_terms[1], form, index, entry);
            }
            entry.finish();
            m_term_lines.push_back(entry.line());
            m_out.pack.terms.push_back(std::move(out));
        }
    }

    template <typename Map>
    static void add_name(Map& names, const std::string& name, std::size_t index, JsonEntry& entry) {
        if (!names.emplace(name, static_cast<std::uint32_t>(index)).second) entry.problem(ErrorCode::LearnBadReference, "twice: " + name);
    }

    void read_drawings() {
        for (const SourceFile& file : m_files) {
            std::string_view id = file.name;
            if (!id.starts_with("drawings/") || !id.ends_with(".svg")) continue;
            id = id.substr(9, id.size() - 13);
            m_read.insert(file.name);
            if (!is_id(id)) problem(file.name, 0, ErrorCode::LearnBadField, "file name");
            m_drawings.emplace(id, static_cast<std::uint32_t>(m_out.pack.drawings.size()));
            m_out.pack.drawings.push_back(parse_svg(file.text, id, file.name, m_out.problems));
        }
    }

    void read_articles(const JsonFile& file) {
        for (const Json& item : entries_of(file, "articles", max_articles, m_out.problems)) {
            JsonEntry entry(file, item, m_out.problems);
            Article out{.id = entry.id()};
            const std::string topic = entry.text("topic", max_id_bytes);
            const auto found = std::ranges::find(m_out.pack.topics, topic, &Topic::id);
            if (found == m_out.pack.topics.end()) entry.problem(ErrorCode::LearnBadReference, "topic " + topic);
            out.topic = static_cast<std::uint32_t>(found - m_out.pack.topics.begin());
            entry.finish();
            add_name(m_articles, out.id, m_out.pack.articles.size(), entry);
            bool both = true;
            for (const LanguageTag& each : languages) both = read_article(out, each) && both;
            note_used(out);
            if (both) compare_languages(out);
            m_out.pack.articles.push_back(std::move(out));
        }
    }

    static std::string article_file(const Article& article, std::string_view tag) {
        return "articles/" + article.id + "." + std::string{tag} + ".md";
    }

    bool read_article(Article& article, const LanguageTag& language) {
        const std::string name = article_file(article, language.tag);
        const SourceFile* file = find_file(name);
        if (file == nullptr) return problem(name, 0, ErrorCode::LearnMissingTranslation, article.id), false;
        const bool english = language.language == Language::En;
        const Names names{m_sources, m_terms[english ? 1 : 0], m_drawings};
        MarkdownArticle read = parse_markdown(file->text, names, name, m_out.problems);
        (english ? article.title.en : article.title.zh_hans) = std::move(read.title);
        (english ? article.summary.en : article.summary.zh_hans) = std::move(read.summary);
        (english ? article.en : article.zh_hans) = std::move(read.body);
        return true;
    }

    void note_used(const Article& article) {
        for (const Body* body : {&article.zh_hans, &article.en}) {
            const Used used = used_by(*body);
            m_used_sources.insert(used.sources.begin(), used.sources.end());
            m_used_drawings.insert(used.drawings.begin(), used.drawings.end());
        }
    }

    void compare_languages(const Article& article) {
        const Used chinese = used_by(article.zh_hans);
        const Used english = used_by(article.en);
        const std::string name = article_file(article, "en");
        for (const std::uint32_t source : chinese.sources)
            if (!english.sources.contains(source)) problem(name, 0, ErrorCode::LearnTranslationDiffers, "lacks source " + m_out.pack.sources[source].id);
        for (const std::uint32_t source : english.sources)
            if (!chinese.sources.contains(source)) problem(name, 0, ErrorCode::LearnTranslationDiffers, "has source " + m_out.pack.sources[source].id);
        if (chinese.drawings != english.drawings) problem(name, 0, ErrorCode::LearnTranslationDiffers, "drawings");
    }

    void read_questions(const JsonFile& file) {
        for (const Json& item : entries_of(file, "questions", max_questions, m_out.problems)) {
            JsonEntry entry(file, item, m_out.problems);
            Question out{.id = entry.id()};
            out.article = reference(entry, m_articles, entry.text("article", max_id_bytes), "article");
            out.question = entry.pair("question", max_text_bytes);
            out.options = entry.pairs("options", max_options);
            const auto answer = entry.number("answer", 1, static_cast<std::int64_t>(std::max<std::size_t>(out.options.size(), 1)));
            out.answer = static_cast<std::uint32_t>(answer.value_or(1) - 1);
            out.why = entry.pair("why", max_text_bytes);
            for (const std::string& id : entry.texts("sources", 8)) out.sources.push_back(reference(entry, m_sources, id, "source"));
            if (out.sources.empty()) entry.problem(ErrorCode::LearnNoSource, out.id);
            m_used_sources.insert(out.sources.begin(), out.sources.end());
            entry.finish();
            m_out.pack.questions.push_back(std::move(out));
        }
    }

    template <typename Map>
    static std::uint32_t reference(JsonEntry& entry, const Map& names, const std::string& name, std::string_view what) {
        const auto found = names.find(name);
        if (found != names.end()) return found->second;
        entry.problem(ErrorCode::LearnBadReference, std::string{what} + " " + name);
        return 0;
    }

    // An issue cannot have been checked after it was made; sources say so one by one, the head says when.
    void check_dates() {
        if (!m_issued) problem("pack.json", 1, ErrorCode::DateInvalid, "issued");
    }

    void check_unused() {
        for (std::size_t i = 0; i < m_out.pack.sources.size(); ++i)
            if (!m_used_sources.contains(static_cast<std::uint32_t>(i))) problem("sources.json", m_source_lines[i], ErrorCode::LearnUnused, m_out.pack.sources[i].id);
        for (const auto& [id, index] : m_drawings)
            if (!m_used_drawings.contains(index)) problem("drawings/" + id + ".svg", 0, ErrorCode::LearnUnused, id);
        for (const SourceFile& file : m_files)
            if (!m_read.contains(file.name)) problem(file.name, 0, ErrorCode::LearnUnused, file.name);
    }

    std::span<const SourceFile> m_files;
    CompiledPack m_out{};
    std::set<std::string> m_read{};
    std::optional<DayNumber> m_issued{};
    std::map<std::string, std::uint32_t, std::less<>> m_sources{};
    std::array<std::map<std::string, std::uint32_t, std::less<>>, 2> m_terms{};  // zh-Hans, en
    std::map<std::string, std::uint32_t, std::less<>> m_drawings{};
    std::map<std::string, std::uint32_t, std::less<>> m_articles{};
    std::vector<std::size_t> m_source_lines{};
    std::vector<std::size_t> m_term_lines{};
    std::set<std::uint32_t> m_used_sources{};
    std::set<std::uint32_t> m_used_drawings{};
};

}  // namespace

CompiledPack compile_pack(std::span<const SourceFile> files) {
    CompiledPack out = Compiler(files).run();
    if (!out.problems.empty()) return out;
    // Last word: the reader of packs itself.
    if (const auto payload = encode_education_pack(out.pack); !payload)
        report(out.problems, {"pack.json", 1, payload.error().code, payload.error().detail});
    return out;
}

}  // namespace pipa::learn
