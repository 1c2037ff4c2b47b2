#include "education/markdown.hpp"

#include <md4c.h>

#include <algorithm>

#include "education/markdown_lines.hpp"
#include "education/source_marks.hpp"

namespace pipa::learn {
namespace {

std::string_view block_name(MD_BLOCKTYPE type) noexcept {
    switch (type) {
        case MD_BLOCK_HR: return "rule";
        case MD_BLOCK_CODE: return "code";
        case MD_BLOCK_TABLE: return "table";
        case MD_BLOCK_H: return "heading";
        case MD_BLOCK_QUOTE: return "quote";
        case MD_BLOCK_UL:
        case MD_BLOCK_OL: return "list";
        default: return "block";
    }
}

class MarkdownReader {
public:
    MarkdownReader(std::string_view text, const Names& names, std::string_view file, Problems& problems)
        : m_terminated(text), m_text(m_terminated), m_names(names), m_file(file), m_problems(problems) {}

    MarkdownArticle read() {
        if (check_markdown_lines(m_text, m_file, m_problems)) {
            parse();
            check_whole();
        }
        return std::move(m_out);
    }

private:
    void problem(ErrorCode code, std::size_t line, std::string detail = {}) { report(m_problems, {m_file, line, code, std::move(detail)}); }

    void parse() {
        MD_PARSER parser{};
        parser.flags = MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_NOINDENTEDCODEBLOCKS;
        parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) { return static_cast<MarkdownReader*>(self)->enter_block(type, detail); };
        parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) { return static_cast<MarkdownReader*>(self)->leave_block(type); };
        parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) { return static_cast<MarkdownReader*>(self)->enter_span(type, detail); };
        parser.leave_span = [](MD_SPANTYPE type, void*, void* self) { return static_cast<MarkdownReader*>(self)->leave_span(type); };
        parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
            return static_cast<MarkdownReader*>(self)->take_text(type, {text, size});
        };
        if (md_parse(m_text.data(), static_cast<MD_SIZE>(m_text.size()), &parser, this) != 0) problem(ErrorCode::LearnUnknownBlock, 0);
    }

    void check_whole() {
        if (m_out.title.empty()) problem(ErrorCode::LearnMissingPart, 1, "title");
        if (m_out.summary.empty()) problem(ErrorCode::LearnMissingPart, 1, "summary");
        const std::size_t last = line_of(m_text, m_text.size());
        const auto has = [&](BlockKind kind) { return std::ranges::find(m_out.body, kind, &Block::kind) != m_out.body.end(); };
        if (!has(BlockKind::Picture)) problem(ErrorCode::LearnMissingPart, last, "picture");
        if (!has(BlockKind::Action)) problem(ErrorCode::LearnMissingPart, last, "you can do");
        if (m_out.body.size() > max_blocks) problem(ErrorCode::LearnTooLarge, last, "blocks");
    }

    // ---- places ----
    // The line where the next block starts: md4c tells places of texts only, so it is the first line with something
    // on it behind the last text.
    std::size_t next_line() const {
        std::size_t at = 0;
        if (m_last_end > 0) at = std::min(m_text.find('\n', m_last_end), m_text.size());
        while (at < m_text.size() && (m_text[at] == '\n' || m_text[at] == ' ' || m_text[at] == '>')) ++at;
        return line_of(m_text, std::min(at, m_text.size()));
    }

    std::size_t note_place(std::string_view part) {
        const char* begin = m_text.data();
        // Most texts point into the source; the few that md4c makes up itself stay where the last one was.
        if (part.data() >= begin && part.data() + part.size() <= begin + m_text.size())
            m_last_end = static_cast<std::size_t>(part.data() - begin) + part.size();
        return line_of(m_text, m_last_end > part.size() ? m_last_end - part.size() : 0);
    }

    // A span may begin before any text of its line was seen.
    std::size_t span_line() const { return std::max(m_line_start, line_of(m_text, m_last_end)); }

    // ---- blocks ----
    int enter_block(MD_BLOCKTYPE type, void* detail) {
        if (m_ignored > 0) return ++m_ignored, 0;
        if (m_action_closed) return refuse_block("something after 'you can do'"), 0;
        const bool inside = m_list || m_in_quote;
        switch (type) {
            case MD_BLOCK_DOC: return 0;
            case MD_BLOCK_P: return begin_line(), 0;
            case MD_BLOCK_LI: return begin_item(*static_cast<MD_BLOCK_LI_DETAIL*>(detail)), 0;
            case MD_BLOCK_H:
                if (inside || !begin_heading(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level)) refuse_block("heading");
                return 0;
            case MD_BLOCK_UL:
            case MD_BLOCK_OL:
                if (inside) return refuse_block("list in a list or quote"), 0;
                m_list = Block{.kind = type == MD_BLOCK_OL ? BlockKind::Steps : BlockKind::Bullets};
                m_list_line = next_line();
                return 0;
            case MD_BLOCK_QUOTE:
                if (inside) return refuse_block("quote in a list or quote"), 0;
                m_in_quote = true;
                m_list_line = next_line();
                m_action = Block{.kind = BlockKind::Action};
                return 0;
            case MD_BLOCK_HTML: return refuse_block({}, ErrorCode::LearnHtml), 0;
            default: return refuse_block(block_name(type)), 0;
        }
    }

    int leave_block(MD_BLOCKTYPE type) {
        if (m_ignored > 0) return --m_ignored, 0;
        switch (type) {
            case MD_BLOCK_P:
            case MD_BLOCK_LI: end_line(BlockKind::Paragraph); break;
            case MD_BLOCK_H: end_line(BlockKind::Heading); break;
            case MD_BLOCK_UL:
            case MD_BLOCK_OL:
                if (m_list) add_block(std::move(*m_list), m_list_line);
                m_list.reset();
                break;
            case MD_BLOCK_QUOTE:
                m_in_quote = false;
                m_action_closed = true;
                add_block(std::move(m_action), m_list_line);
                break;
            default: break;
        }
        return 0;
    }

    void refuse_block(std::string_view what, ErrorCode code = ErrorCode::LearnUnknownBlock) {
        problem(code, next_line(), std::string{what});
        m_ignored = 1;
    }

    bool begin_heading(unsigned level) {
        const bool first = m_out.title.empty() && m_out.body.empty() && m_out.summary.empty();
        if (level != (first ? 1U : 2U)) return false;
        begin_line();
        return true;
    }

    void begin_item(const MD_BLOCK_LI_DETAIL& item) {
        if (item.is_task != 0) return refuse_block("task");
        begin_line();
    }

    void begin_line() {
        m_line.clear();
        m_line_start = next_line();
        m_style = SpanKind::Plain;
        m_break = false;
        m_picture.reset();
    }

    void end_line(BlockKind kind) {
        Line line = std::move(m_line);
        m_line = {};
        if (m_picture) return end_picture(line);
        if (line.empty()) return;  // a loose item ends twice, with its paragraph and by itself
        if (kind == BlockKind::Heading || (m_out.summary.empty() && !m_list && !m_in_quote)) return end_plain_line(kind, line);
        const SourceMarks marks = take_source_marks(line, m_names.sources);
        if (!marks.unknown.empty()) problem(ErrorCode::LearnBadReference, m_line_start, "source " + marks.unknown);
        if (!marks.any && !m_in_quote) problem(ErrorCode::LearnNoSource, m_line_start);
        if (line.size() > max_spans) problem(ErrorCode::LearnTooLarge, m_line_start, "paragraph");
        if (m_in_quote) m_action.lines.push_back(std::move(line));
        else if (m_list) m_list->lines.push_back(std::move(line));
        else add_block({.kind = kind, .lines = {std::move(line)}}, m_line_start);
    }

    // Titles, headings and the summary are plain text.
    void end_plain_line(BlockKind kind, Line& line) {
        if (line.size() != 1 || line.front().kind != SpanKind::Plain) problem(ErrorCode::LearnUnknownSpan, m_line_start, "plain text expected");
        std::string& text = line.front().text;
        if (kind == BlockKind::Heading && m_out.title.empty()) m_out.title = std::move(text);
        else if (kind == BlockKind::Heading) add_block({.kind = kind, .lines = {std::move(line)}}, m_line_start);
        else m_out.summary = std::move(text);
    }

    void end_picture(const Line& line) {
        if (!line.empty() || m_list || m_in_quote) problem(ErrorCode::LearnUnknownSpan, m_line_start, "a picture stands alone in its paragraph");
        if (m_picture->description.empty()) problem(ErrorCode::LearnMissingPart, m_line_start, "description of the picture");
        add_block(std::move(*m_picture), m_line_start);
        m_picture.reset();
    }

    void add_block(Block block, std::size_t line) {
        if (block.kind != BlockKind::Picture && block.lines.empty()) problem(ErrorCode::LearnUnknownBlock, line, "empty");
        if (block.lines.size() > max_items) problem(ErrorCode::LearnTooLarge, line, "list");
        m_out.body.push_back(std::move(block));
    }

    // ---- inside a line ----
    int enter_span(MD_SPANTYPE type, void* detail) {
        if (m_ignored > 0) return ++m_ignored, 0;
        const bool nested = m_style != SpanKind::Plain || m_in_picture;
        if (type == MD_SPAN_A) return refuse_span(ErrorCode::LearnLink, {}), 0;
        if (nested) return refuse_span(ErrorCode::LearnUnknownSpan, "one inside another"), 0;
        switch (type) {
            case MD_SPAN_STRONG: return begin_style(SpanKind::Strong), 0;
            case MD_SPAN_EM: return begin_style(SpanKind::Term), 0;
            case MD_SPAN_IMG: return begin_picture(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src), 0;
            default: return refuse_span(ErrorCode::LearnUnknownSpan, type == MD_SPAN_CODE ? "code" : ""), 0;
        }
    }

    int leave_span(MD_SPANTYPE type) {
        if (m_ignored > 0) return --m_ignored, 0;
        if (type == MD_SPAN_IMG) m_in_picture = false;
        if (m_style == SpanKind::Term) find_term();
        m_style = SpanKind::Plain;
        m_fresh_span = true;
        return 0;
    }

    void refuse_span(ErrorCode code, std::string_view what) {
        problem(code, span_line(), std::string{what});
        m_ignored = 1;
    }

    void begin_style(SpanKind style) {
        m_style = style;
        m_fresh_span = true;
    }

    void begin_picture(const MD_ATTRIBUTE& source) {
        std::string_view name{source.text, source.size};
        const bool svg = name.ends_with(".svg");
        if (svg) name.remove_suffix(4);
        const auto drawing = m_names.drawings.find(name);
        if (!svg || drawing == m_names.drawings.end()) problem(ErrorCode::LearnForeignImage, span_line(), std::string{name.substr(0, 60)});
        m_picture = Block{.kind = BlockKind::Picture, .drawing = drawing == m_names.drawings.end() ? 0 : drawing->second};
        m_in_picture = true;
    }

    void find_term() {
        if (m_line.empty() || m_line.back().kind != SpanKind::Term) return;
        const auto term = m_names.terms.find(m_line.back().text);
        if (term != m_names.terms.end()) m_line.back().reference = term->second;
        else problem(ErrorCode::LearnBadReference, span_line(), "term " + m_line.back().text);
    }

    int take_text(MD_TEXTTYPE type, std::string_view part) {
        const std::size_t line = note_place(part);
        if (m_ignored > 0) return 0;
        switch (type) {
            case MD_TEXT_NORMAL: append(part); break;
            case MD_TEXT_SOFTBR: m_break = true; break;
            case MD_TEXT_HTML: problem(ErrorCode::LearnHtml, line, std::string{part.substr(0, 40)}); break;
            case MD_TEXT_ENTITY: problem(ErrorCode::LearnUnknownSpan, line, std::string{part.substr(0, 40)}); break;
            case MD_TEXT_BR: problem(ErrorCode::LearnUnknownSpan, line, "hard line break"); break;
            default: problem(ErrorCode::LearnUnknownSpan, line); break;
        }
        return 0;
    }

    void append(std::string_view part) {
        std::string* text = nullptr;
        if (m_in_picture) text = &m_picture->description;
        else {
            if (m_line.empty() || m_fresh_span || m_line.back().kind != m_style) m_line.push_back({m_style, {}, 0});
            text = &m_line.back().text;
        }
        m_fresh_span = false;
        if (m_break) {
            const std::string_view before = text->empty() && m_line.size() > 1 ? std::string_view{m_line[m_line.size() - 2].text} : *text;
            if (!joins_without_blank(before, part)) *text += ' ';
            m_break = false;
        }
        *text += part;
        if (text->size() > max_text_bytes) problem(ErrorCode::LearnTooLarge, m_line_start, "paragraph");
    }

    std::string m_terminated;  // md4c looks for line ends with strcspn()
    std::string_view m_text;
    const Names& m_names;
    std::string m_file;
    Problems& m_problems;
    MarkdownArticle m_out{};

    std::size_t m_last_end{};           // of the last text, in m_text
    int m_ignored{};                    // depth inside something refused
    std::optional<Block> m_list{};      // open list
    std::size_t m_list_line{};
    Block m_action{};
    bool m_in_quote{};
    bool m_action_closed{};
    Line m_line{};
    std::size_t m_line_start{};
    SpanKind m_style{SpanKind::Plain};
    bool m_fresh_span{};
    bool m_break{};                     // a line break of the source, not yet turned into a blank
    bool m_in_picture{};
    std::optional<Block> m_picture{};
};

}  // namespace

MarkdownArticle parse_markdown(std::string_view text, const Names& names, std::string_view file, Problems& problems) {
    return MarkdownReader(text, names, file, problems).read();
}

}  // namespace pipa::learn
