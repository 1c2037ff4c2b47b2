// Values by name, sorted by the names' bytes: what metadata files list. A vector, because a file's members come sorted already
// and the phone's module has no room for a tree of every kind.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pipa::tuf {

template <typename T>
class Named {
public:
    using Entry = std::pair<std::string, T>;
    using Iterator = typename std::vector<Entry>::const_iterator;

    // A name that is there already stays as it is.
    void emplace(std::string name, T value) {
        const auto place = m_entries.empty() || m_entries.back().first < name ? m_entries.end() : m_entries.begin() + (lower_bound(name) - m_entries.begin());
        if (place == m_entries.end() || place->first != name) m_entries.emplace(place, std::move(name), std::move(value));
    }
    [[nodiscard]] Iterator find(std::string_view name) const noexcept {
        const Iterator found = lower_bound(name);
        return found != end() && found->first == name ? found : end();
    }
    [[nodiscard]] bool contains(std::string_view name) const noexcept { return find(name) != end(); }
    [[nodiscard]] const T& at(std::string_view name) const { return m_entries.at(static_cast<std::size_t>(find(name) - begin())).second; }
    [[nodiscard]] Iterator begin() const noexcept { return m_entries.begin(); }
    [[nodiscard]] Iterator end() const noexcept { return m_entries.end(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_entries.size(); }
    [[nodiscard]] bool empty() const noexcept { return m_entries.empty(); }

private:
    [[nodiscard]] Iterator lower_bound(std::string_view name) const noexcept { return std::ranges::lower_bound(m_entries, name, {}, &Entry::first); }
    std::vector<Entry> m_entries{};
};

}  // namespace pipa::tuf
