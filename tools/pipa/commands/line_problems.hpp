// What is wrong with the lines of a table: the first few of each kind in full, the rest counted, so that one mistake in a column of three
// thousand rows is one thing to read.
#pragma once

#include <map>

#include "pipa/commands/command.hpp"
#include "pipa/issue/issue_table.hpp"

namespace pipa::cli {

class LineProblems {
public:
    // How a problem is written: 'pipa issue: code: line 7, column quantity: ...' or 'tests.csv:7: 判定: code: ...'.
    using Write = void (*)(std::string_view where, const LineProblem& problem);
    LineProblems(std::string where, Write write) : m_where(std::move(where)), m_write(write) {}

    void add(const LineProblem& problem);
    // Says how many more there were of each kind.
    void finish() const;
    [[nodiscard]] const Json& listed() const noexcept { return m_listed; }  // those that were written in full
    [[nodiscard]] Json groups() const;  // [{"code", "column", "lines", "first", "last"}]

private:
    static constexpr std::size_t told_of_a_kind = 5;
    struct Group {
        std::size_t lines{}, first{}, last{};
    };
    std::string m_where;
    Write m_write;
    std::map<std::pair<std::string, std::string>, Group> m_groups{};  // by column and code
    Json m_listed = Json::array();
};

}  // namespace pipa::cli
