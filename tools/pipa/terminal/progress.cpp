#include "pipa/terminal/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace pipa {

using std::chrono::steady_clock;

ProgressBar::ProgressBar(std::string what, std::size_t total)
    : m_what(std::move(what)), m_total(std::max<std::size_t>(total, 1)), m_terminal(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::show(std::size_t finished, const std::string& note) {
    constexpr std::size_t width = 30;
    if (!m_terminal || steady_clock::now() < m_next) return;
    m_next = steady_clock::now() + std::chrono::milliseconds(100);
    finished = std::min(finished, m_total);
    const std::size_t filled = finished * width / m_total;
    std::cerr << '\r' << m_what << " [" << std::string(filled, '=') << std::string(width - filled, ' ') << "] "
              << finished * 100 / m_total << " %  " << note << "\x1b[K" << std::flush;
    m_drawn = true;
}

void ProgressBar::clear() {
    if (m_drawn) std::cerr << "\r\x1b[K" << std::flush;
    m_drawn = false;
    m_next = {};
}

}  // namespace pipa
