// The demo district with worthless keys, the same every time.
#pragma once

#include "pipa/demo/demo_district.hpp"
#include "support/signing.hpp"

namespace pipa::test {

[[nodiscard]] inline const DemoDistrict& demo_district() {
    static const DemoDistrict made = make_demo_district({"pipa.example"}, [](const std::string& name) -> Result<crypto::SecretKey> { return worthless_key("demo " + name); }).value();
    return made;
}

[[nodiscard]] inline const TrustStore& demo_trust() {
    static const TrustStore store = TrustStore::open(demo_district().trust, demo_district().office().public_key()).value();
    return store;
}

}  // namespace pipa::test
