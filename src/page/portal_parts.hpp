// The parts of the start page, one function each. Inside src/page only.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "page/portal.hpp"

namespace pipa {

struct PortalInput {
    const Judgement& asked;
    const inquiry::Session& session;
    const CheckedDossier* around;  // null where it did not come, or is not the bureau's
    const Catalogue& catalogue;

    [[nodiscard]] const TrustStore& trust() const noexcept { return *session.trust(); }
    [[nodiscard]] DayNumber today() const noexcept { return day_of(asked.now_unix_s); }
    // Of the file, what stands and is not dated later than now.
    [[nodiscard]] std::vector<const CheckedStatement*> standing(cose::StatementType type) const;
};

[[nodiscard]] PortalPart now_part(const PortalInput& input);
[[nodiscard]] PortalPart season_part(const PortalInput& input);
[[nodiscard]] PortalPart board_part(const PortalInput& input);
[[nodiscard]] PortalPart producers_part(const PortalInput& input);
[[nodiscard]] PortalPart labels_part(const PortalInput& input);

// A part whose file or trust did not come: it says so, and shows nothing.
[[nodiscard]] PortalPart missing_part(PortalPart part, std::string text);
// The names of all parties of the register by their subject_id, masked where they are persons': read once, because it is sorted by other ids.
[[nodiscard]] std::map<std::string, std::string, std::less<>> names_of_subjects(const PortalInput& input);
// A link to the public register that knows about `what` (registers.def); empty where there is none.
[[nodiscard]] std::optional<PortalLink> register_of(const Catalogue& catalogue, std::string_view what);
[[nodiscard]] std::string voucher_of_portal(const PortalInput& input, const CheckedStatement& told);
// Names of products by their codes, joined.
[[nodiscard]] std::string show_products(const PortalInput& input, std::span<const cbor::Value> codes);
// The row portal.row.<id>; none where there is nothing to say.
void add_row(const PortalInput& input, PortalCard& card, std::string_view id, std::string value, std::string note = {}, std::string voucher = {});

}  // namespace pipa
