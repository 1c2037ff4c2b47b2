// A small measuring harness: the median of repeated batches, each long enough for the clock. Figures, never assertions.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace pipa::bench {

struct Figure {
    std::string name{};
    double median_ns{};   // of one call
    double fastest_ns{};
    std::uint64_t calls{};
};

// Keeps the compiler from leaving out work whose result nobody reads.
template <typename T>
void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

template <typename Work>
double batch_ns(Work& work, std::uint64_t calls) {
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; i < calls; ++i) work();
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

template <typename Work>
Figure measure(std::string name, Work work) {
    constexpr double wanted_batch_ns = 5e6;
    constexpr int repeats = 31;
    std::uint64_t calls = 1;
    while (batch_ns(work, calls) < wanted_batch_ns) calls *= 2;  // warms up as well
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) times.push_back(batch_ns(work, calls) / static_cast<double>(calls));
    std::ranges::sort(times);
    return {std::move(name), times[times.size() / 2], times.front(), calls * repeats};
}

}  // namespace pipa::bench
