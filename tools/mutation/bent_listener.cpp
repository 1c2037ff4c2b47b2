// Writes for each test case which switches it passed and how long it took: PIPA_BENT_TRACE=<file>, one line a test case. And the name
// of the one that failed: PIPA_BENT_FAILED=<file>.
#include <catch2/catch_test_case_info.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "pipa_bent.hpp"

namespace {

class BentListener : public Catch::EventListenerBase {
public:
    using EventListenerBase::EventListenerBase;

    void testCaseStarting(const Catch::TestCaseInfo&) override {
        std::memset(pipa_bent::passed, 0, sizeof pipa_bent::passed);
        m_began = std::chrono::steady_clock::now();
    }
    void testCaseEnded(const Catch::TestCaseStats& stats) override {
        if (const char* failed = std::getenv("PIPA_BENT_FAILED"); failed != nullptr && stats.totals.assertions.failed > 0)
            if (std::FILE* file = std::fopen(failed, "w"); file != nullptr) {
                std::fputs(stats.testInfo->name.c_str(), file);
                std::fclose(file);
            }
        const char* path = std::getenv("PIPA_BENT_TRACE");
        std::FILE* file = path == nullptr ? nullptr : std::fopen(path, "a");
        if (file == nullptr) return;
        const double took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_began).count();
        std::fprintf(file, "%s\t%.4f\t%d\t", stats.testInfo->name.c_str(), took_s, static_cast<int>(stats.totals.assertions.failed > 0));
        for (int number = 0; number < pipa_bent::max_spots; ++number)
            if (pipa_bent::passed[number] != 0) std::fprintf(file, "%d ", number);
        std::fputc('\n', file);
        std::fclose(file);
    }

private:
    std::chrono::steady_clock::time_point m_began{};
};

}  // namespace

CATCH_REGISTER_LISTENER(BentListener)
