// What happens to a dossier on its way is seen: a statement left out, put in, exchanged, or an older edition; and lots of
// damage never crashes anything nor turns a recall into a green answer.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "demo/demo_district.hpp"
#include "pipa/dossier/dossier_making.hpp"
#include "support/random_values.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

struct Opened {
    Bytes manifest{};
    std::vector<Bytes> statements{};
};

Opened take_apart(const DemoCase& demo_case) {
    const Dossier dossier = parse_dossier(demo_case.dossier).value();
    Opened out{.manifest = dossier.manifest.message};
    for (const DossierEntry& entry : dossier.entries) out.statements.push_back(entry.message);
    return out;
}

std::set<std::string> reasons_of(const DemoCase& demo_case, ByteView dossier) {
    const Judgement judgement = judge(demo_case.text, demo_trust(), demo_district().now, Evidence::open(dossier, demo_trust()));
    std::set<std::string> codes;
    for (const Reason& reason : judgement.reasons) codes.emplace(rule_of(reason.id).code);
    return codes;
}

const DemoCase& recalled() { return *demo_district().find("C06"); }

}  // namespace

TEST_CASE("dossier: a statement left out is seen", "[demo][dossier]") {
    for (std::size_t left_out = 0; left_out < take_apart(recalled()).statements.size(); ++left_out) {
        Opened parts = take_apart(recalled());
        parts.statements.erase(parts.statements.begin() + static_cast<std::ptrdiff_t>(left_out));
        CHECK(reasons_of(recalled(), encode_dossier(parts.manifest, parts.statements)).contains("dossier.statements_missing"));
    }
}

TEST_CASE("dossier: a statement put in or exchanged is seen", "[demo][dossier]") {
    const Bytes foreign = take_apart(*demo_district().find("C01")).statements.front();
    Opened more = take_apart(recalled());
    more.statements.push_back(foreign);
    CHECK(reasons_of(recalled(), encode_dossier(more.manifest, more.statements)).contains("dossier.statement_not_listed"));
    Opened exchanged = take_apart(recalled());
    exchanged.statements.front() = foreign;
    const auto codes = reasons_of(recalled(), encode_dossier(exchanged.manifest, exchanged.statements));
    CHECK(codes.contains("dossier.statement_not_listed"));
    CHECK(codes.contains("dossier.statements_missing"));
}

TEST_CASE("dossier: that of another lot is seen, and without its manifest nothing is whole", "[demo][dossier]") {
    CHECK(reasons_of(recalled(), demo_district().find("C01")->dossier).contains("dossier.other_certificate"));
    const Opened parts = take_apart(recalled());
    CHECK(reasons_of(recalled(), encode_dossier({}, parts.statements)).contains("dossier.manifest_does_not_stand"));
}

TEST_CASE("dossier: a changed byte is seen wherever it is", "[demo][dossier][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const auto whole = reasons_of(recalled(), recalled().dossier);
    for (int round = 0; round < 60; ++round) {
        Bytes changed = recalled().dossier;
        changed[random.below(changed.size())] ^= static_cast<std::uint8_t>(1 + random.below(255));
        CHECK(reasons_of(recalled(), changed) != whole);
    }
}

TEST_CASE("dossier: an empty pile has no manifest, and a stranger's certificate no dossier", "[demo][dossier]") {
    const auto& bureau = demo_district().keys.at("bureau");
    const ManifestFacts facts{.sequence = 2, .issued_unix_s = demo_district().now};
    const auto maker = DossierMaker::open({}, demo_trust()).value();
    CHECK(maker.make(recalled().certificate, bureau, facts)->kept == 0);
    CHECK(maker.make(demo_district().find("X2")->certificate, bureau, facts).error().code == ErrorCode::DossierNoCertificate);
}
