// Sorting where code size counts: heap sort, one loop of a few hundred bytes where std::sort takes two thousand for every type
// it is used with. In place, not stable, n log n whatever the order. Use std::ranges::sort in what no phone loads.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace pipa {

template <typename T, typename Less>
void small_sort(std::vector<T>& items, Less less) {
    const auto sift = [&](std::size_t at, std::size_t size) {
        for (std::size_t child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && less(items[child], items[child + 1])) ++child;
            if (!less(items[at], items[child])) return;
            std::swap(items[at], items[child]);
            at = child;
        }
    };
    std::size_t built = items.size() / 2;
    for (std::size_t size = items.size(); size > 1;) {
        if (built > 0) {
            sift(--built, size);  // first the heap from its leaves up
            continue;
        }
        std::swap(items[0], items[--size]);
        sift(0, size);
    }
}

}  // namespace pipa
