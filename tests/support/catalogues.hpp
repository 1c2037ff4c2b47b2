// The two catalogues as the faces load them: what English lacks comes from Chinese.
#pragma once

#include <stdexcept>

#include "page/catalogue.hpp"
#include "support/project_files.hpp"

namespace pipa::test {

[[nodiscard]] inline Catalogue load_catalogue(std::string_view tag) {
    auto catalogue = Catalogue::parse(tag, read_file(project_file("assets/i18n/" + std::string{tag} + ".json")));
    if (!catalogue) throw std::runtime_error("catalogue " + std::string{tag} + ": " + to_string(catalogue.error()));
    return std::move(*catalogue);
}

[[nodiscard]] inline const Catalogue& chinese() {
    static const Catalogue catalogue = load_catalogue("zh-Hans");
    return catalogue;
}

[[nodiscard]] inline const Catalogue& english() {
    static const Catalogue catalogue = [] {
        Catalogue made = load_catalogue("en");
        made.set_fallback(&chinese());
        return made;
    }();
    return catalogue;
}

}  // namespace pipa::test
