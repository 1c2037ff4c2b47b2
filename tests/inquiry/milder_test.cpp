// The rule above all others (src/README.md): taking away, emptying, ageing or swapping any file never gives a milder answer than the whole
// set gives, unless the answer itself says what is missing, at level caution or graver.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <functional>

#include "support/inquiry_site.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

// How a shopper takes it: what could not be checked is graver than a caution, and milder than 'do not buy'.
int gravity(const Judgement& judgement) {
    switch (judgement.level) {
        case Level::Ok: return 0;
        case Level::Caution: return 1;
        case Level::Unknown: return 2;
        case Level::Stop: return 3;
    }
    return 0;
}

bool says_what_is_missing(const Judgement& judgement) {
    static const std::set<std::string> missing = {"check.no_trust", "check.trust_unreadable", "check.trust_foreign", "trust.offline", "trust.refused", "trust.rolled_back", "trust.stale", "status.not_checked",
                                                  "notice.not_checked", "record.not_fetched", "record.unreadable", "upstream.not_checked", "number.not_fetched", "number.unreadable"};
    return std::ranges::any_of(judgement.reasons, [](const Reason& reason) {
        const ReasonRule& rule = rule_of(reason.id);
        return missing.contains(std::string{rule.code}) && rule.level != Level::Ok;
    });
}

struct Spoiling {
    std::string name;
    std::function<void(SiteFiles& files, const std::string& name, const InquirySite& older)> spoil;
};

// What may become of one file.
const std::vector<Spoiling>& spoilings() {
    static const std::vector<Spoiling> all = {
        {"missing", [](SiteFiles& files, const std::string& name, const InquirySite&) { files.erase(name); }},
        {"empty", [](SiteFiles& files, const std::string& name, const InquirySite&) { files[name].clear(); }},
        {"an empty array", [](SiteFiles& files, const std::string& name, const InquirySite&) { files[name] = {0x80}; }},
        {"cut", [](SiteFiles& files, const std::string& name, const InquirySite&) { files[name].resize(files[name].size() / 2); }},
        {"a byte short", [](SiteFiles& files, const std::string& name, const InquirySite&) { files[name].pop_back(); }},
        {"a byte more", [](SiteFiles& files, const std::string& name, const InquirySite&) { files[name].push_back(0); }},
        {"a bit bent", [](SiteFiles& files, const std::string& name, const InquirySite&) { files[name][files[name].size() / 3] ^= 1; }},
        {"too large", [](SiteFiles& files, const std::string& name, const InquirySite&) { files[name].resize(std::size_t{13} << 20); }},
        {"older", [](SiteFiles& files, const std::string& name, const InquirySite& older) {
             const auto then = older.files.find(name);
             if (then != older.files.end()) files[name] = then->second;
         }},
        {"another's", [](SiteFiles& files, const std::string& name, const InquirySite&) {
             const auto other = std::ranges::find_if(files, [&](const auto& file) { return file.first != name && file.first != "bundle.cbor"; });
             files[name] = Bytes{other->second};
         }},
    };
    return all;
}

}  // namespace

TEST_CASE("inquiry: whatever becomes of any file, no answer is milder unless it says what is missing", "[inquiry]") {
    const InquirySite site = make_site(2);
    const InquirySite older = make_site(1);
    std::vector<std::string> texts;
    for (const auto& [number, code] : site.codes) texts.push_back(code), texts.push_back(number);
    std::size_t spoilt = 0;
    for (const std::string& text : texts) {
        const Judgement whole = ask_once(site, site.files, text);
        for (const auto& [name, content] : site.files) {
            for (const Spoiling& spoiling : spoilings()) {
                SiteFiles files = site.files;
                spoiling.spoil(files, name, older);
                INFO(text.substr(0, 40) << ": " << name << " " << spoiling.name);
                const Judgement judgement = ask_once(site, files, text);
                INFO(level_name(whole.level) << " became " << level_name(judgement.level) << ", " << codes_of(judgement).front());
                CHECK((gravity(judgement) >= gravity(whole) || says_what_is_missing(judgement)));
                ++spoilt;
            }
        }
    }
    CHECK(spoilt > 400);
}

TEST_CASE("inquiry: two files spoilt at once are no milder either", "[inquiry]") {
    const InquirySite site = make_site(2);
    for (const auto& [number, code] : site.codes) {
        const Judgement whole = ask_once(site, site.files, code);
        for (const auto& [first, one] : site.files)
            for (const auto& [second, other] : site.files) {
                SiteFiles files = site.files;
                files.erase(first);
                files[second].clear();
                INFO(number << ": without " << first << ", " << second << " empty");
                const Judgement judgement = ask_once(site, files, code);
                CHECK((gravity(judgement) >= gravity(whole) || says_what_is_missing(judgement)));
            }
    }
}

TEST_CASE("inquiry: a bundle from which a listed file was taken out is refused as a whole", "[inquiry]") {
    const InquirySite site = make_site();
    for (const char* taken : {"notices.cbor", "records.cbor", "office.pub", "registry.cose"}) {
        INFO(taken);
        Bundle bundle = decode_bundle(site.files.at("bundle.cbor")).value();
        std::erase_if(bundle.targets, [&](const BundleFile& file) { return file.name == taken; });
        SiteFiles files = site.files;
        files["bundle.cbor"] = encode_bundle(bundle).value();
        const Judgement judgement = ask_once(site, files, site.codes.at("RECALLED-1"));
        CHECK(codes_of(judgement).front() == "check.trust_unreadable");
    }
}
