// A progress bar on standard error, drawn only when that is a terminal and at most ten times a second.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace pipa {

class ProgressBar {
public:
    ProgressBar(std::string what, std::size_t total);
    ~ProgressBar();  // wipes the line
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    // `finished` of the total; `note` stands behind the bar.
    void show(std::size_t finished, const std::string& note);
    // Clears the line, so that a message can be written there; the next show() draws the bar again.
    void clear();

private:
    std::string m_what;
    std::size_t m_total;
    bool m_terminal;
    bool m_drawn{};
    std::chrono::steady_clock::time_point m_next{};
};

}  // namespace pipa
