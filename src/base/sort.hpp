// Sorting for lists that a phone sorts too: one heap sort for all of them, so that the page's module carries no copy of
// std::sort per type (each is 2 KB; there were nine). Not stable; n log n always; swaps with the type's own swap.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>

namespace pipa {

struct SortSteps {
    void* list;
    bool (*less)(void* list, std::size_t a, std::size_t b);
    void (*swap)(void* list, std::size_t a, std::size_t b);
};
void heap_sort(std::size_t count, const SortSteps& steps) noexcept;

// In the order of `of` applied to the items, a member or a function without state.
template <auto of, typename List>
void sort_by(List& list) {
    heap_sort(list.size(), {&list,
                            [](void* items, std::size_t a, std::size_t b) { return std::invoke(of, (*static_cast<List*>(items))[a]) < std::invoke(of, (*static_cast<List*>(items))[b]); },
                            [](void* items, std::size_t a, std::size_t b) { std::swap((*static_cast<List*>(items))[a], (*static_cast<List*>(items))[b]); }});
}

template <typename List>
void sort_all(List& list) {
    sort_by<std::identity{}>(list);
}

}  // namespace pipa
