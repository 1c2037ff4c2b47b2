// The files of assets/learn, built into the program. Included as "learn/embedded_sources.hpp" from tools/.
#pragma once

#include "education/pack_source.hpp"

namespace pipa::learn {

[[nodiscard]] std::vector<SourceFile> embedded_sources();

}  // namespace pipa::learn
