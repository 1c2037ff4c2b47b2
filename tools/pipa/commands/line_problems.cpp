#include "pipa/commands/line_problems.hpp"

#include <iostream>

namespace pipa::cli {

void LineProblems::add(const LineProblem& problem) {
    Group& group = m_groups[{problem.column, std::string{code_name(problem.error.code)}}];
    if (group.lines++ == 0) group.first = problem.line;
    group.last = problem.line;
    if (group.lines > told_of_a_kind) return;
    m_write(m_where, problem);
    Json out = {{"line", problem.line}};
    if (!problem.column.empty()) out["column"] = problem.column;
    out.update(json_of(problem.error));
    m_listed.push_back(std::move(out));
}

void LineProblems::finish() const {
    for (const auto& [kind, group] : m_groups) {
        if (group.lines <= told_of_a_kind) continue;
        const auto& [column, code] = kind;
        std::cerr << m_where << ": " << (column.empty() ? "" : "column " + column + ": ") << code << ": " << group.lines << " lines in all, from line " << group.first
                  << " to " << group.last << '\n';
    }
}

Json LineProblems::groups() const {
    Json out = Json::array();
    for (const auto& [kind, group] : m_groups)
        out.push_back({{"code", kind.second}, {"column", kind.first}, {"lines", group.lines}, {"first", group.first}, {"last", group.last}});
    return out;
}

}  // namespace pipa::cli
