// A pin: what an article that embeds a certificate writes down on the day it is published, so that a later reader is
// told what has changed since. It names the answer of that day and the evidence it rests on:
//
//   genuine.3f1c0d5e9a7b42686d0c11e2f4a59b73      <verdict>.<first 16 bytes of SHA-256 of the signed certificate, hex>
//   genuine-stop.3f1c0d5e9a7b42686d0c11e2f4a59b73            where the buyer was told to stop all the same
//   genuine.3f1c0d5e9a7b42686d0c11e2f4a59b73@2026-11-20      with the day of publication, which whoever writes it down adds
//
// A pin proves nothing by itself; it only makes a change visible.
#pragma once

#include "page/catalogue.hpp"

namespace pipa {

enum class PinState : std::uint8_t {
    Match,             // as it was
    OtherCertificate,  // another certificate stands here now, or none that can be read
    OtherAnswer,       // the same certificate is judged differently now
    Malformed,         // this is no pin
};
[[nodiscard]] std::string_view pin_state_name(PinState state) noexcept;  // "other_answer"

struct PinView {
    PinState state{};
    std::string text{};  // for the reader
    std::string now{};   // the pin of this judgement; empty where no certificate could be read
};

// The pin of a judgement; empty where it holds no certificate.
[[nodiscard]] std::string make_pin(const Judgement& judgement);
[[nodiscard]] PinView check_pin(std::string_view pin, const Judgement& judgement, const Catalogue& catalogue);

}  // namespace pipa
