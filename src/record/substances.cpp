#include "record/substances.hpp"

#include <algorithm>

#include "base/heap_sort.hpp"
#include "base/utf8.hpp"
#include "record/unseen.hpp"

namespace pipa {
namespace {

// Shorter names, in bytes, are looked for as whole texts alone.
constexpr std::size_t shortest_inside = 3;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// 116-06-3 is not in 2116-06-3. Letters may run on: the blanks between words are gone.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) noexcept {
    const bool open = begin > 0 && is_digit(text[begin]) && is_digit(text[begin - 1]);
    const bool runs_on = end < text.size() && is_digit(text[end - 1]) && is_digit(text[end]);
    return !open && !runs_on;
}

}  // namespace

std::string fold_name(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char32_t point : code_points_of(text)) {
        if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFF01 - 0x21;
        if (point >= U'A' && point <= U'Z') point += U'a' - U'A';
        if (!is_blank(point) && !is_unprintable(point) && !is_unseen(point)) append_utf8(out, point);
    }
    return out;
}

void SubstanceNames::add(std::string_view substance, std::string_view name) { m_names.push_back({fold_name(name), fold_name(substance), false}); }

void SubstanceNames::add_unknown(std::string_view name) {
    const std::string folded = fold_name(name);
    m_names.push_back({folded, folded, true});
}

void SubstanceNames::sort() {
    // Of two substances that claim one name the one that sorts first has it; either way there is one answer.
    heap_sort(m_names, [](const Name& a, const Name& b) {
        if (a.folded != b.folded) return a.folded < b.folded;
        return a.weak != b.weak ? b.weak : a.substance < b.substance;
    });
    const auto same = [](const Name& a, const Name& b) { return a.folded == b.folded; };
    const auto repeated = std::ranges::unique(m_names, same);
    m_names.erase(repeated.begin(), repeated.end());
    std::erase_if(m_names, [](const Name& name) { return name.folded.empty(); });
}

const SubstanceNames::Name* SubstanceNames::find(std::string_view folded) const noexcept {
    const auto at = std::ranges::lower_bound(m_names, folded, {}, &Name::folded);
    return at != m_names.end() && at->folded == folded ? &*at : nullptr;
}

template <typename Visit>
void SubstanceNames::for_each_in(std::string_view folded, Visit visit) const {
    for (std::size_t begin = 0; begin + shortest_inside <= folded.size();) {
        const std::string_view rest = folded.substr(begin);
        const std::string_view start = rest.substr(0, shortest_inside);
        const Name* longest = nullptr;
        // Names that begin like the rest lie side by side.
        const auto start_of = [](const Name& name) { return std::string_view{name.folded}.substr(0, shortest_inside); };
        for (const Name& name : std::ranges::equal_range(m_names, start, {}, start_of)) {
            const bool here = rest.starts_with(name.folded) && stands_alone(folded, begin, begin + name.folded.size());
            if (here && (longest == nullptr || name.folded.size() > longest->folded.size())) longest = &name;
        }
        if (longest != nullptr) visit(*longest);
        begin += longest == nullptr ? 1 : longest->folded.size();
    }
}

std::string SubstanceNames::canonical(std::string_view text) const {
    std::string folded = fold_name(text);
    const Name* found = find(folded);
    if (found == nullptr)
        for_each_in(folded, [&](const Name& name) {
            if (found == nullptr || name.folded.size() > found->folded.size()) found = &name;
        });
    return found != nullptr ? found->substance : folded;
}

std::vector<std::string_view> SubstanceNames::all_in(std::string_view text) const {
    std::vector<std::string_view> out;
    const std::string folded = fold_name(text);
    if (const Name* whole = find(folded)) out.push_back(whole->substance);
    for_each_in(folded, [&](const Name& name) {
        if (std::ranges::find(out, name.substance) == out.end()) out.push_back(name.substance);
    });
    return out;
}

}  // namespace pipa
