// The small district of tests/golden/district.json, its keys made from their labels, and the scenes played in it
// (tests/vectors/judge.json): who signs what, what becomes of the code, and when somebody looks at it.
#pragma once

#include "judge/judge.hpp"
#include "support/table.hpp"

namespace pipa::test {

struct District {
    TrustPack pack{};
    Bytes signed_pack{};
    Bytes office_public_key{};
    TrustStore store{};
};

// Built once; throws where the file is wrong.
[[nodiscard]] const District& district();

struct Scene {
    std::string name{};
    std::string text{};        // what the code says
    UnixSeconds now{};
    bool without_trust{};      // the device has no trust pack
    bool golden{};             // its view is an approved file
    std::string verdict{};     // what is expected
    std::string level{};
    std::vector<std::string> reasons{};
    std::string error{"ok"};   // answer of the parser, without detail
    std::string foreign{};     // name of the foreign code; empty where it is none
};

[[nodiscard]] std::vector<Scene> load_scenes();
[[nodiscard]] const TrustStore& trust_of(const Scene& scene);

}  // namespace pipa::test
