// std::ranges::sort in less code, for what a phone loads before its verdict: heapsort of the standard library is a quarter of its introsort, and
// a copy of either is made for every kind of element (half a KB in brotli each). As fast in order of size, n log n.
#pragma once

#include <algorithm>
#include <functional>

namespace pipa {

template <std::ranges::random_access_range Range, typename Before = std::ranges::less, typename Projection = std::identity>
void heap_sort(Range& range, Before before = {}, Projection projection = {}) {
    std::ranges::make_heap(range, before, projection);
    std::ranges::sort_heap(range, before, projection);
}

}  // namespace pipa
