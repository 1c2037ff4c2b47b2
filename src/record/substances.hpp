// The names that one substance goes by: 毒死蜱, chlorpyrifos, a CAS number, "毒死蜱乳油" with its formulation, with blanks between the
// characters. Field data fills the table (field_data.hpp); rules compare what it makes of a text, never the text itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pipa {

// Without blanks, marks that sit on other characters and what nobody sees; ASCII letters small, full-width ones narrow.
[[nodiscard]] std::string fold_name(std::string_view text);

class SubstanceNames {
public:
    // `name` is one more name of the substance whose first name is `substance`. What is known already stays.
    void add(std::string_view substance, std::string_view name);
    // The same where nothing goes by that name yet.
    void add_unknown(std::string_view name);
    void sort();  // once all are added, before anything is looked up

    // The first name, folded, of the substance that the whole text names, or of the longest name in it; a text without any stands
    // for itself, folded.
    [[nodiscard]] std::string canonical(std::string_view text) const;
    // Every substance of which a name occurs in the text, by its first name, folded; refers into the table.
    [[nodiscard]] std::vector<std::string_view> all_in(std::string_view text) const;

private:
    struct Name {
        std::string folded{};
        std::string substance{};  // its first name, folded
        bool weak{};              // gives way to whoever else goes by it
    };
    // Calls visit(name) for the names in the folded text from its beginning, the longest where several begin: 甲基毒死蜱 is not 毒死蜱.
    template <typename Visit>
    void for_each_in(std::string_view folded, Visit visit) const;
    [[nodiscard]] const Name* find(std::string_view folded) const noexcept;

    std::vector<Name> m_names{};
};

}  // namespace pipa
