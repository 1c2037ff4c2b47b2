// The marks that say where a paragraph's facts are known from: "... {law-2022} {mra-2025}", or {-} where it states none.
#pragma once

#include <functional>
#include <map>

#include "learn/education_pack.hpp"

namespace pipa::learn {

struct SourceMarks {
    bool any{};
    std::string unknown{};  // the first id that no source has
};

// Turns the marks inside plain spans into source spans and takes {-} out.
SourceMarks take_source_marks(Line& line, const std::map<std::string, std::uint32_t, std::less<>>& sources);

}  // namespace pipa::learn
