// The demo district of assets/demo: keys drawn anew, the registry signed, certificates issued, and codes that are not
// what they seem. Everything happens in memory; commands/demo.cpp writes it. Errors: json.invalid and those of issuing.
#pragma once

#include <functional>
#include <map>

#include "crypto/secret_key.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

struct DemoCase {
    std::string id{};       // "C01", "X4"
    std::string number{};   // certificate number; empty where the code is no certificate of ours
    std::string text{};     // what the QR code says
    std::size_t bytes{};    // of the certificate; 0 where there is none
    bool older_pack{};      // to be judged with the older trust pack
    std::string summary{};  // what it shows, in English
    Bytes certificate{};    // the signed message; empty where the code is no certificate of ours
    Bytes dossier{};        // empty where there is none
    std::string verdict{};  // with the dossier, where there is one: verdict, level, gravest reason
    std::string level{};
    std::string reason{};
    std::vector<std::string> remarks{};  // every further reason, but age and signature
    std::string alone_level{};           // what the certificate alone can tell
    std::string alone_reason{};
};

struct DemoDistrict {
    UnixSeconds now{};  // the time at which the cases are to be looked at
    std::map<std::string, crypto::SecretKey, std::less<>> keys{};  // "office" and the names of district.json
    TrustPack pack{};
    Bytes trust{};        // signed packs
    Bytes older_trust{};
    Bytes portal{};       // what the start page shows of the district
    std::vector<DemoCase> cases{};

    [[nodiscard]] const crypto::SecretKey& office() const { return keys.at("office"); }
    [[nodiscard]] const DemoCase* find(std::string_view id) const noexcept;
};

using KeySource = std::function<Result<crypto::SecretKey>(const std::string& name)>;

// `hosts`: the first one stands in the codes, all of them are known to the trust pack. `keys` gives the key of each name,
// anew every time unless a test wants its own.
[[nodiscard]] Result<DemoDistrict> make_demo_district(const std::vector<std::string>& hosts, const KeySource& keys = {});

}  // namespace pipa
