// A small published site in memory: a bundle, record files and a large dossier, with certificates of every fate; and a face that asks it.
#pragma once

#include "inquiry/inquiry.hpp"
#include "support/bundle_builder.hpp"

namespace pipa::test {

inline constexpr UnixSeconds site_now = bundle_signed_at + 3600;

using SiteFiles = std::map<std::string, Bytes>;  // by name below the site

struct InquirySite {
    SiteFiles files{};
    crypto::Digest pin{};
    std::map<std::string, std::string> codes{};  // what the code of each certificate says, by its number

    [[nodiscard]] inquiry::Anchor anchor() const { return inquiry::Anchor::repository(pin); }
};

// FINE: a record in order. FAILED: a laboratory's failed test in its record. RECALLED: a notice with the trust. WITHDRAWN: two bits. LARGE: a
// failed test in a dossier of its own file. MIXED: bought goods, of which FAILED is one. PLAIN: on record, without a dossier.
// STANDING: a place in the status list. UNLISTED, BORROWED, PAPER, OTHERS: on no record; BORROWED names STANDING's place, PAPER and OTHERS
// bought goods whose number is FINE's.
// `edition` rises by one a day: the same site a day later has everything signed anew.
// `notice` is signed beside the recall, whatever it is.
[[nodiscard]] InquirySite make_site(std::uint64_t edition = 1, const Bytes& notice = {});

// Answers from the files as they are; no name that is not there.
[[nodiscard]] inquiry::Delivery deliver(const SiteFiles& files, const inquiry::Wanted& wanted);
[[nodiscard]] inquiry::Inquiry ask(inquiry::Session& session, const SiteFiles& files, std::string_view text, UnixSeconds now = site_now);
// As a device that has seen nothing before.
[[nodiscard]] Judgement ask_once(const InquirySite& site, const SiteFiles& files, std::string_view text, UnixSeconds now = site_now);

[[nodiscard]] std::vector<std::string> codes_of(const Judgement& judgement);
[[nodiscard]] bool has_reason(const Judgement& judgement, std::string_view code);

}  // namespace pipa::test
