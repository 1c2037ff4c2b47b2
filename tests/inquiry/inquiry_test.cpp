// What an inquiry asks for, in which order, and what its answer then says.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "base/filled_in.hpp"
#include "record/records_head.hpp"
#include "support/inquiry_site.hpp"
#include "trust/bundle.hpp"
#include "wire/qr_text.hpp"

using namespace pipa;
using namespace pipa::test;
using inquiry::Arrival;
using inquiry::FileKind;
using inquiry::Inquiry;
using inquiry::Session;

namespace {

std::string first_code(const InquirySite& site, std::string_view text) { return codes_of(ask_once(site, site.files, text)).front(); }

std::vector<FileKind> kinds_of(std::span<const inquiry::Wanted> wanted) {
    std::vector<FileKind> kinds;
    for (const auto& one : wanted) kinds.push_back(one.kind);
    return kinds;
}

}  // namespace

TEST_CASE("inquiry: every certificate has its answer", "[inquiry]") {
    const InquirySite site = make_site();
    const std::map<std::string, std::string> expected = {
        {"FINE-1", "genuine.signature_fits"}, {"FAILED-1", "test.failed"},          {"RECALLED-1", "notice.recalled"}, {"WITHDRAWN-1", "status.withdrawn"},
        {"STANDING-1", "genuine.signature_fits"}, {"LARGE-1", "test.failed"},       {"MIXED-1", "upstream.wanting"},   {"PLAIN-1", "genuine.signature_fits"},
        {"UNLISTED-1", "genuine.signature_fits"}, {"BORROWED-1", "genuine.signature_fits"},
        {"PAPER-1", "upstream.not_checked"},      {"OTHERS-1", "upstream.not_checked"},
    };
    for (const auto& [number, code] : site.codes) {
        INFO(number);
        CHECK(first_code(site, code) == expected.at(number));
    }
    CHECK(has_reason(ask_once(site, site.files, site.codes.at("PLAIN-1")), "record.not_published"));
    CHECK(has_reason(ask_once(site, site.files, site.codes.at("UNLISTED-1")), "record.not_published"));
    // It has no place in the status list, and that is said; STANDING-1 has one.
    CHECK(has_reason(ask_once(site, site.files, site.codes.at("FINE-1")), "status.no_index"));
    CHECK_FALSE(has_reason(ask_once(site, site.files, site.codes.at("STANDING-1")), "status.no_index"));
}

TEST_CASE("inquiry: a code with parts filled in was read where its signature fits, and else not read rather than altered", "[inquiry]") {
    const InquirySite site = make_site();
    const std::string code = site.codes.at("FINE-1");
    std::string other = code;
    char& digit = other[other.size() - 20];
    digit = digit == '0' ? '1' : '0';
    const auto marked = [](const std::string& text) { return filled_in_mark + text; };
    CHECK(first_code(site, marked(code)) == first_code(site, code));
    CHECK(ask_once(site, site.files, other).verdict == Verdict::Altered);
    Session session(site.anchor());
    const Inquiry asked = ask(session, site.files, marked(other));
    CHECK(asked.judgement().verdict == Verdict::CouldNotCheck);
    CHECK(codes_of(asked.judgement()).front() == "check.unreadable");
    CHECK(asked.text() == marked(other));  // whoever asks again gets no other answer
    CHECK(texts_of_line(marked(code) + " " + other) == std::vector{marked(code) + " ", marked(other)});
}

TEST_CASE("inquiry: a place in the status list counts for the certificate that is on record, and for no other that names it", "[inquiry]") {
    const InquirySite site = make_site();
    for (const auto& [number, code] : site.codes) {
        INFO(number);
        CHECK(has_reason(ask_once(site, site.files, code), "status.not_on_file") == (number == "BORROWED-1"));
    }
}

TEST_CASE("inquiry: a signed notice that cannot be read is not passed over", "[inquiry]") {
    const InquirySite site = make_site(1, to_bytes(as_bytes("a form of tomorrow")));
    const Judgement fine = ask_once(site, site.files, site.codes.at("FINE-1"));
    CHECK(codes_of(fine).front() == "notice.not_checked");
    CHECK(fine.level != Level::Ok);
    CHECK(codes_of(ask_once(site, site.files, site.codes.at("RECALLED-1"))).front() == "notice.recalled");
}

TEST_CASE("inquiry: a typed number leads to the answer of its code, and to no other's", "[inquiry]") {
    const InquirySite site = make_site();
    for (const auto& [number, code] : site.codes) {
        INFO(number);
        Session session(site.anchor());
        const Inquiry asked = ask(session, site.files, " " + number + "\r\n");
        if (number == "UNLISTED-1" || number == "BORROWED-1" || number == "PAPER-1" || number == "OTHERS-1") {
            CHECK(codes_of(asked.judgement()).front() == "number.unknown");
            continue;
        }
        CHECK(asked.number() == number);
        CHECK(parse_qr_text(asked.text()).value().certificate == parse_qr_text(code).value().certificate);
        CHECK(codes_of(asked.judgement()) == codes_of(ask_once(site, site.files, code)));
    }
}

TEST_CASE("inquiry: asks for the trust, then for what the certificate needs, and for nothing that cannot matter", "[inquiry]") {
    const InquirySite site = make_site();
    Session session(site.anchor());
    Inquiry asked(session, site.codes.at("LARGE-1"), site_now);
    CHECK(kinds_of(asked.wanted()) == std::vector{FileKind::Bundle});
    asked.answer("bundle.cbor", deliver(site.files, *asked.next()));
    CHECK(kinds_of(asked.wanted()) == std::vector{FileKind::Record});
    asked.answer(asked.next()->name, deliver(site.files, *asked.next()));
    CHECK(kinds_of(asked.wanted()) == std::vector{FileKind::Dossier});
    asked.answer("records/1/1/0", {});  // what nobody wants changes nothing
    CHECK(kinds_of(asked.wanted()) == std::vector{FileKind::Dossier});
    asked.answer(asked.next()->name, deliver(site.files, *asked.next()));
    CHECK(asked.is_done());

    Inquiry stranger(session, "https://example.invalid/pay", site_now);
    CHECK(stranger.is_done());
    Inquiry altered(session, [&] {
        std::string code = site.codes.at("FINE-1");
        code.back() = code.back() == '1' ? '2' : '1';
        return code;
    }(), site_now);
    CHECK(altered.is_done());
}

TEST_CASE("inquiry: the file that it guesses before the trust is verified is the one that it wants then, and is told as asked for", "[inquiry]") {
    const InquirySite site = make_site();
    const Bytes& bundle = site.files.at("bundle.cbor");
    for (const auto& [number, code] : site.codes) {
        INFO(number);
        Session session(site.anchor());
        Inquiry asked(session, code, site_now);
        const std::string guessed = asked.look_ahead(bundle);
        asked.answer("bundle.cbor", {Arrival::Here, bundle});
        if (!asked.is_done()) CHECK(std::ranges::find(asked.wanted(), guessed, &inquiry::Wanted::name) != asked.wanted().end());
        while (const inquiry::Wanted* wanted = asked.next()) asked.answer(wanted->name, deliver(site.files, *wanted));
        CHECK(codes_of(asked.judgement()) == codes_of(ask_once(site, site.files, code)));
        CHECK(asked.judgement().disclosure.fewest > 0);
        Inquiry again(session, code, site_now);
        CHECK(again.look_ahead(bundle).empty());  // it is here
    }
    Session session(site.anchor());
    std::string altered = site.codes.at("FINE-1");
    altered.back() = altered.back() == '1' ? '2' : '1';
    Inquiry refused(session, altered, site_now);
    const std::string guessed = refused.look_ahead(bundle);
    refused.answer("bundle.cbor", {Arrival::Here, bundle});
    CHECK(refused.is_done());
    CHECK((guessed.empty() || refused.judgement().disclosure.fewest > 0));
}

TEST_CASE("inquiry: a guess from what nobody signed may have named the certificate alone, and is told so", "[inquiry]") {
    const InquirySite site = make_site();
    Bundle forged = decode_bundle(site.files.at("bundle.cbor")).value();
    for (BundleFile& file : forged.targets) {
        if (file.name != target_path::records) continue;
        RecordsHead head = parse_records_head(file.content).value();
        head.bits = 32;
        head.fewest = 0;
        head.groups.assign(64, head.groups.front());
        file.content = encode_records_head(head).value();
    }
    const Bytes bundle = encode_bundle(forged).value();
    Session session(site.anchor());
    Inquiry asked(session, site.codes.at("FINE-1"), site_now);
    CHECK_FALSE(asked.look_ahead(bundle).empty());
    asked.answer("bundle.cbor", {Arrival::Here, bundle});
    while (const inquiry::Wanted* wanted = asked.next()) asked.answer(wanted->name, deliver(site.files, *wanted));
    CHECK(asked.judgement().disclosure.fewest == 1);
    CHECK(asked.judgement().level != Level::Ok);
    CHECK(Inquiry(session, "https://example.invalid/pay", site_now).look_ahead(bundle).empty());
    CHECK(Inquiry(session, site.codes.at("FINE-1"), site_now).look_ahead(as_bytes("no bundle")).empty());
}

TEST_CASE("inquiry: nothing is asked for twice", "[inquiry]") {
    const InquirySite site = make_site();
    Session session(site.anchor());
    static_cast<void>(ask(session, site.files, site.codes.at("FAILED-1")));
    Inquiry again(session, site.codes.at("FAILED-1"), site_now);
    CHECK(again.is_done());
    CHECK(codes_of(again.judgement()).front() == "test.failed");
}

TEST_CASE("inquiry: all waits together are eight seconds at most", "[inquiry]") {
    std::uint32_t sum = 0;
    for (const std::uint32_t patience : inquiry::wave_patience_ms) sum += patience;
    CHECK(sum <= 8000);
    // Nobody answers: every face ends after that, with an answer.
    const InquirySite site = make_site();
    for (const auto& [number, code] : site.codes) {
        Session session(site.anchor());
        session.take_trust(Arrival::Here, site.files.at("bundle.cbor"));
        Inquiry asked(session, code, site_now);
        std::uint32_t waited = inquiry::wave_patience_ms[0];
        while (!asked.is_done()) {
            waited += asked.next()->patience_ms;
            const std::vector<inquiry::Wanted> wave(asked.wanted().begin(), asked.wanted().end());
            for (const auto& wanted : wave) asked.answer(wanted.name, {Arrival::Failed, {}});
        }
        INFO(number);
        CHECK(waited <= 8000);
        CHECK(asked.judgement().level != Level::Ok);
    }
}

TEST_CASE("inquiry: what a lookup tells the server is counted", "[inquiry]") {
    const InquirySite site = make_site();
    const Judgement asked = ask_once(site, site.files, site.codes.at("FINE-1"));
    CHECK(asked.disclosure.certificates == 8);
    CHECK(asked.disclosure.fewest >= 1);
    CHECK_FALSE(asked.disclosure.status_asked);
    CHECK(ask_once(site, site.files, "https://example.invalid/").disclosure.fewest == 0);
}

TEST_CASE("inquiry: a dossier by hand is taken, and said to be past the signed list", "[inquiry]") {
    const InquirySite site = make_site();
    Session session(site.anchor());
    session.take_trust(Arrival::Here, site.files.at("bundle.cbor"));
    const auto by_hand = [&](const inquiry::Delivery& delivery) {
        Inquiry asked(session, site.codes.at("LARGE-1"), site_now, {.records = inquiry::RecordsFrom::ByHand});
        REQUIRE(asked.next() != nullptr);
        CHECK(asked.next()->name == "LARGE-1.dossier");
        asked.answer("LARGE-1.dossier", delivery);
        return asked.judgement();
    };
    const auto large = std::ranges::find_if(site.files, [](const auto& file) { return file.first.find("large") != std::string::npos; });
    CHECK(codes_of(by_hand({Arrival::Here, large->second})).front() == "test.failed");
    CHECK(has_reason(by_hand({Arrival::Here, large->second}), "record.given_by_hand"));
    CHECK(codes_of(by_hand({Arrival::NotThere, {}})).front() == "record.not_fetched");
    CHECK(codes_of(by_hand({Arrival::Here, {0x01}})).front() == "record.unreadable");
}

TEST_CASE("inquiry: a clock that is behind sets nothing aside and is said", "[inquiry]") {
    const InquirySite site = make_site(3);
    for (const UnixSeconds clock : {UnixSeconds{0}, UnixSeconds{946'684'800}, bundle_signed_at - 86'400}) {
        for (const auto& [number, code] : site.codes) {
            INFO(number << " at " << clock);
            const Judgement right = ask_once(site, site.files, code, site_now);
            const Judgement slow = ask_once(site, site.files, code, clock);
            CHECK(slow.verdict == right.verdict);
            CHECK(codes_of(slow).front() == (right.level == Level::Ok ? "trust.clock_behind" : codes_of(right).front()));
            CHECK(has_reason(slow, "trust.clock_behind"));
            CHECK_FALSE(has_reason(slow, "date.in_future"));
        }
    }
}

TEST_CASE("inquiry: a demo's own time is heeded for demo data alone", "[inquiry]") {
    const InquirySite site = make_site();
    Session session(site.anchor());
    session.set_demo_now(bundle_signed_at + 400 * 86'400);
    const Judgement judgement = ask(session, site.files, site.codes.at("FINE-1")).judgement();
    CHECK(judgement.now_unix_s == (session.trust()->pack().demo ? bundle_signed_at + 400 * 86'400 : site_now));
}

TEST_CASE("inquiry: a number is looked up where the district publishes records, and otherwise says why not", "[inquiry]") {
    crypto::PublicKey office{};
    std::ranges::copy(district().office_public_key, office.begin());
    Session pack(inquiry::Anchor::pack(office));
    pack.take_trust(Arrival::Here, district().signed_pack);
    CHECK(codes_of(ask(pack, {}, "FINE-1").judgement()).front() == "number.no_records");
    const InquirySite site = make_site();
    for (const auto& [outcome, code] : {std::pair{Arrival::NotThere, "number.not_fetched"}, {Arrival::Failed, "number.not_fetched"}, {Arrival::TooLarge, "number.unreadable"}}) {
        Session session(site.anchor());
        session.take_trust(Arrival::Here, site.files.at("bundle.cbor"));
        Inquiry asked(session, "FINE-1", site_now);
        asked.answer(asked.next()->name, {outcome, {}});
        CHECK(codes_of(asked.judgement()).front() == code);
    }
}
