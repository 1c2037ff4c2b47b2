// What a device keeps and believes from one day to the next.
#include <catch2/catch_test_macros.hpp>

#include "support/inquiry_site.hpp"

using namespace pipa;
using namespace pipa::test;
using inquiry::Anchor;
using inquiry::Arrival;
using inquiry::Session;

namespace {

Bytes state_after(const InquirySite& site, std::string_view text) {
    Session session(site.anchor());
    static_cast<void>(ask(session, site.files, text));
    return session.take_state().value();
}

Judgement ask_with(Bytes state, const InquirySite& site, const SiteFiles& files, std::string_view text) {
    Session session(site.anchor());
    session.restore(state);
    return ask(session, files, text).judgement();
}

}  // namespace

TEST_CASE("session: without a network a device goes on with what it verified last, and says so", "[inquiry]") {
    const InquirySite site = make_site();
    const std::string& code = site.codes.at("FAILED-1");
    const Judgement offline = ask_with(state_after(site, code), site, {}, code);
    CHECK(codes_of(offline).front() == "test.failed");  // the record file was kept too
    CHECK(has_reason(offline, "trust.offline"));
    // Of another certificate in another file nothing was kept.
    std::size_t half_checked = 0;
    for (const auto& [number, other] : site.codes) {
        const Judgement judgement = ask_with(state_after(site, code), site, {}, other);
        CHECK(judgement.level != Level::Ok);
        half_checked += has_reason(judgement, "record.not_fetched");
    }
    CHECK(half_checked > 0);
}

TEST_CASE("session: an older repository than was seen is refused, and said", "[inquiry]") {
    const InquirySite older = make_site(1);
    const InquirySite site = make_site(3);
    const std::string& code = site.codes.at("FINE-1");
    const Judgement judgement = ask_with(state_after(site, code), site, older.files, code);
    CHECK(has_reason(judgement, "trust.rolled_back"));
    CHECK(judgement.level == Level::Caution);
}

TEST_CASE("session: a refused bundle leaves the good one in use, on every later visit too", "[inquiry]") {
    const InquirySite site = make_site();
    const std::string& code = site.codes.at("RECALLED-1");
    Bundle bundle = decode_bundle(site.files.at("bundle.cbor")).value();
    std::erase_if(bundle.targets, [](const BundleFile& file) { return file.name == "notices.cbor"; });
    SiteFiles spoilt = site.files;
    spoilt["bundle.cbor"] = encode_bundle(bundle).value();
    Bytes state = state_after(site, code);
    for (int visit = 0; visit < 3; ++visit) {
        Session session(site.anchor());
        session.restore(state);
        const Judgement judgement = ask(session, spoilt, code).judgement();
        CHECK(codes_of(judgement).front() == "notice.recalled");
        CHECK(has_reason(judgement, "trust.refused"));
        CHECK(session.trust_error()->code == ErrorCode::BundleMissingTarget);
        if (auto next = session.take_state()) state = std::move(*next);
    }
}

TEST_CASE("session: of two pages of one device none puts older state in place of newer, whichever writes last", "[inquiry]") {
    const InquirySite older = make_site(1);
    const InquirySite site = make_site(3);
    const std::string& fine = site.codes.at("FINE-1");
    const std::string& failed = site.codes.at("FAILED-1");

    Session stays_open(site.anchor());
    static_cast<void>(ask(stays_open, older.files, fine));
    const Bytes after_older = stays_open.take_state(state_after(site, failed)).value();
    CHECK(has_reason(ask_with(after_older, site, older.files, fine), "trust.rolled_back"));
    CHECK(codes_of(ask_with(after_older, site, {}, failed)).front() == "test.failed");  // the file of the other page is kept too
    // What the other page has seen counts in this one too.
    stays_open.ask_again();
    CHECK(has_reason(ask(stays_open, older.files, fine).judgement(), "trust.rolled_back"));

    Session newer(site.anchor());
    static_cast<void>(ask(newer, site.files, failed));
    const Bytes after_newer = newer.take_state(state_after(older, fine)).value();
    CHECK(has_reason(ask_with(after_newer, site, older.files, fine), "trust.rolled_back"));
    CHECK(codes_of(ask_with(after_newer, site, {}, failed)).front() == "test.failed");

    // What cannot be read is replaced.
    Session first(site.anchor());
    static_cast<void>(ask(first, site.files, failed));
    Bytes bent = state_after(site, fine);
    bent.back() ^= 1;
    CHECK(first.take_state(bent).value() == state_after(site, failed));
}

TEST_CASE("session: a kept state that cannot be read, or is cut or bent, counts as none and never as milder", "[inquiry]") {
    const InquirySite site = make_site();
    const std::string& code = site.codes.at("WITHDRAWN-1");
    const Bytes state = state_after(site, code);
    for (std::size_t size = 0; size < state.size(); size += 97) CHECK(codes_of(ask_with(Bytes(state.begin(), state.begin() + static_cast<std::ptrdiff_t>(size)), site, site.files, code)).front() == "status.withdrawn");
    for (std::size_t at = 0; at < state.size(); at += 61) {
        Bytes bent = state;
        bent[at] ^= 0x41;
        CHECK(ask_with(bent, site, site.files, code).verdict == Verdict::Revoked);
        CHECK(codes_of(ask_with(bent, site, {}, code)).front() == "check.no_trust");
    }
}

TEST_CASE("session: a repository's device never takes a pack in its place, nor the other way round", "[inquiry]") {
    const InquirySite site = make_site();
    SiteFiles files = site.files;
    files["bundle.cbor"] = district().signed_pack;
    files["trust.cose"] = district().signed_pack;
    CHECK(codes_of(ask_once(site, files, site.codes.at("FINE-1"))).front() == "check.trust_unreadable");
    crypto::PublicKey office{};
    std::ranges::copy(district().office_public_key, office.begin());
    Session pack(Anchor::pack(office));
    CHECK(pack.trust_name() == "trust.cose");
    pack.take_trust(Arrival::Here, site.files.at("bundle.cbor"));
    CHECK_FALSE(pack.trust()->is_loaded());
    pack.take_trust(Arrival::Here, district().signed_pack);
    CHECK(pack.trust()->is_loaded());
}

TEST_CASE("session: a device that was given nothing asks for nothing and trusts nobody", "[inquiry]") {
    Session session{Anchor{}};
    const InquirySite site = make_site();
    CHECK_FALSE(session.wants_trust());
    CHECK(codes_of(ask(session, site.files, site.codes.at("FINE-1")).judgement()).front() == "check.no_trust");
    CHECK(codes_of(ask(session, site.files, "FINE-1").judgement()).front() == "check.no_trust");
}

TEST_CASE("session: trust that is not there, is spoilt or belongs to another district has a sentence of its own on a first visit", "[inquiry]") {
    const InquirySite site = make_site();
    const Bytes& whole = site.files.at("bundle.cbor");
    const auto said = [&](const Anchor& anchor, Arrival arrival, ByteView file) {
        Session session{anchor};
        session.take_trust(arrival, file);
        return codes_of(ask(session, {}, site.codes.at("FINE-1")).judgement()).front();
    };
    CHECK(said(site.anchor(), Arrival::NotThere, {}) == "check.no_trust");
    CHECK(said(site.anchor(), Arrival::Failed, {}) == "check.no_trust");
    CHECK(said(site.anchor(), Arrival::Here, {}) == "check.trust_unreadable");
    CHECK(said(site.anchor(), Arrival::Here, ByteView{whole}.first(whole.size() / 2)) == "check.trust_unreadable");
    CHECK(said(site.anchor(), Arrival::TooLarge, {}) == "check.trust_unreadable");
    CHECK(said(Anchor::repository(crypto::sha256(whole)), Arrival::Here, whole) == "check.trust_foreign");
    crypto::PublicKey other{};
    std::ranges::copy(district().office_public_key, other.begin());
    other[0] ^= 1;
    CHECK(said(Anchor::pack(other), Arrival::Here, district().signed_pack) == "check.trust_foreign");
    CHECK(said(Anchor::pack(other), Arrival::Here, ByteView{district().signed_pack}.first(9)) == "check.trust_unreadable");
}
