// The start page for whoever has no code in hand: what holds now in the district, what is in season, who produces here, which labels there are.
// Everything is from what was signed: notices and the register from the trust that an inquiry brought, cards, visits, grades and labels from a file
// of its own (portal_file) that the bureau heads with a list, so that what is left out of it is seen. Pure; nothing is ranked.
#pragma once

#include <optional>

#include "inquiry/session.hpp"
#include "page/view.hpp"

namespace pipa {

inline constexpr std::string_view portal_file = "around.dossier";
// The list that heads it names this in place of a certificate's number, which no certificate may have: it has no blank.
inline constexpr std::string_view portal_number = "AROUND THE DISTRICT";
inline constexpr std::uint32_t portal_patience_ms = 4000;

struct PortalLink {  // to somebody else's public register; it is the reader who follows it
    std::string url{};
    std::string text{};
};

struct PortalCard {
    std::string id{};
    std::string title{};
    std::string picture{};  // a drawing of assets/pictures; may be empty
    std::string level{};    // of a notice; may be empty
    std::string text{};
    std::vector<RowView> rows{};
    std::vector<DrawingView> drawings{};  // of rows, which say the same in words
    std::optional<PortalLink> link{};
};

struct PortalPart {
    std::string id{};  // "now", "season", "board", "producers", "labels", "learn", "about"
    std::string title{};
    std::string text{};  // may be empty
    std::string level{};  // "unknown" where what belongs here did not come
    std::vector<PortalCard> cards{};
};

struct PortalView {
    std::string language{};
    FreshnessView freshness{};
    std::string demo_notice{};
    std::vector<RemarkView> remarks{};  // what is wrong with the trust: not there, old, refused
    std::vector<PortalPart> parts{};
    std::vector<VoucherView> vouchers{};
    std::string retry{};  // words on a button that asks once more; empty where all came
};

// `asked`: an inquiry without a text, which brought the trust. `around`: portal_file as it was opened; null where it did not come or is none.
[[nodiscard]] PortalView make_portal(const Judgement& asked, const inquiry::Session& session, const CheckedDossier* around, const Catalogue& catalogue);
[[nodiscard]] std::string to_json(const PortalView& view);

}  // namespace pipa
