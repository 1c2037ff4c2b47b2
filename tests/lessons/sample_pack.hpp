// The pack that is published: assets/learn, compiled once, with the small district's certificate to practise on.
#pragma once

#include "education/embedded_sources.hpp"
#include "support/district.hpp"

namespace pipa::test {

[[nodiscard]] const learn::EducationPack& published_pack();
// A genuine certificate of the small district, and the time at which it is looked at.
[[nodiscard]] const Scene& genuine_scene();
[[nodiscard]] Bytes genuine_certificate();

// "file:line code detail" of every problem, one a line.
[[nodiscard]] std::string listed(const learn::Problems& problems);

}  // namespace pipa::test
