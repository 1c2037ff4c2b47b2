#include "base/sort.hpp"

namespace pipa {
namespace {

void sink(std::size_t root, std::size_t count, const SortSteps& steps) noexcept {
    for (std::size_t child = 2 * root + 1; child < count; root = child, child = 2 * root + 1) {
        if (child + 1 < count && steps.less(steps.list, child, child + 1)) ++child;
        if (!steps.less(steps.list, root, child)) return;
        steps.swap(steps.list, root, child);
    }
}

}  // namespace

void heap_sort(std::size_t count, const SortSteps& steps) noexcept {
    for (std::size_t root = count / 2; root-- > 0;) sink(root, count, steps);
    for (std::size_t end = count; end-- > 1;) {
        steps.swap(steps.list, 0, end);
        sink(0, end, steps);
    }
}

}  // namespace pipa
