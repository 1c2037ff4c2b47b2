#include "education/source_marks.hpp"

namespace pipa::learn {
namespace {

void trim_end(std::string& text) {
    while (text.ends_with(' ')) text.pop_back();
}

// The marks of one run of text; what stands between them stays.
void split(std::string_view text, const std::map<std::string, std::uint32_t, std::less<>>& sources, Line& out, SourceMarks& marks) {
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
        std::string before{text.substr(0, close == std::string_view::npos ? text.size() : open)};
        if (close != std::string_view::npos) trim_end(before);
        if (!before.empty()) out.push_back({SpanKind::Plain, std::move(before), 0});
        if (close == std::string_view::npos) return;
        const std::string_view id = text.substr(open + 1, close - open - 1);
        text.remove_prefix(close + 1);
        marks.any = true;
        if (id == "-") continue;
        const auto source = sources.find(id);
        if (source != sources.end()) out.push_back({SpanKind::Source, {}, source->second});
        else if (marks.unknown.empty()) marks.unknown = id;
    }
}

}  // namespace

SourceMarks take_source_marks(Line& line, const std::map<std::string, std::uint32_t, std::less<>>& sources) {
    SourceMarks marks;
    Line out;
    for (Span& span : line) {
        if (span.kind == SpanKind::Plain) split(span.text, sources, out, marks);
        else out.push_back(std::move(span));
    }
    line = std::move(out);
    return marks;
}

}  // namespace pipa::learn
