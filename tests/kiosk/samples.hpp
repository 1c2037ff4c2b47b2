// Certificates for the kiosk's tests: one district that exists nowhere, its keys from fixed seeds, and a code for every
// answer there is. Everything here is invented.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/event.hpp"
#include "crypto/ed25519.hpp"

namespace pipa::kiosk::test {

struct Sample {
    std::string name{};     // "genuine": of files and screenshots
    std::string verdict{};  // the code expected of it
    std::string text{};     // of the QR code
};

struct District {
    Bytes trust_pack{};
    crypto::PublicKey office{};
    std::vector<Sample> samples{};

    [[nodiscard]] const Sample& sample(std::string_view name) const;
    [[nodiscard]] std::shared_ptr<const TrustStore> store() const;
    // With the pack taken in already.
    [[nodiscard]] std::shared_ptr<inquiry::Session> session() const;
};

[[nodiscard]] const District& district();

using Files = std::map<std::string, Bytes>;  // of a site, by name
// What comes of this one: NotThere where there is none.
[[nodiscard]] event::FileArrived arrival_of(const Files& files, const inquiry::Wanted& wanted);

// 2026-05-23 10:30 in China: the day after the certificates were issued, in the season of loquats.
inline constexpr Moment test_now{.ms = 1'000'000, .unix_s = 1'779'503'400};

}  // namespace pipa::kiosk::test
