// What a label says: the certificate's own words, and the names that the trust pack has for its codes.
// Lengths are in millimetres throughout this folder.
#pragma once

#include "page/catalogue.hpp"
#include "scan/draw_code.hpp"

namespace pipa::labels {

struct BasisBox {
    bool ticked{};
    std::string text{};
};

struct LabelContent {
    std::string number{};
    QrSymbol code{};  // error correction level M
    std::string product{};
    std::string quantity{};
    std::string origin{};
    std::string promisor{};  // empty where no trust pack names the issuer
    std::string contact{};
    std::string issued{};
    std::string harvested{};
    std::string lot{};
    std::string promise_head{};
    std::vector<std::string> promise{};
    std::vector<BasisBox> bases{};  // every box that the form offers
    bool demo{};                    // printed on the label, whatever its size
    std::vector<std::string> warnings{};
};

// `text` is what the QR code will say. Without a loaded trust store names are missing, which is a warning.
// Errors: those of parsing; cose.wrong_signature where the pack knows the key and the signature does not fit.
[[nodiscard]] Result<LabelContent> make_label(std::string_view text, const TrustStore& trust);

// The words of assets/labels, built in.
[[nodiscard]] const Catalogue& label_words();

}  // namespace pipa::labels
