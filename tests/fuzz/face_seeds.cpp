// pipa_face_seeds FOLDER: what a phone's page is given, for its fuzzers: calls of the page's modules, supplements. Made at build time.
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/bridge_calls.hpp"
#include "fuzz/seed_folder.hpp"
#include "support/inquiry_site.hpp"
#include "support/supplements.hpp"

using namespace pipa;
using namespace pipa::test;
using fuzz::Call;
using fuzz::Calls;

namespace {

constexpr unsigned of_repository = 0, here = 0, failed = 2;

void add_bridge(fuzz::SeedFolder& seeds) {
    const InquirySite site = make_site();
    const auto bundle = static_cast<std::size_t>(std::distance(site.files.begin(), site.files.find("bundle.cbor")));
    const auto add = [&](const Calls& calls) {
        seeds.add("fuzz_bridge_answer", calls.bytes());
        seeds.add("fuzz_bridge_whole", calls.bytes());
    };
    const auto begin = [](unsigned which, unsigned hours = 0) {
        return Calls{}.call(Call::AddCatalogue, {0}).call(Call::AddCatalogue, {1}).call(Call::Ask, {which, hours});
    };
    const auto end = [&](Calls& calls) { add(calls.call(Call::AnswerAll).call(Call::View, {0})); };
    // Every certificate by its code and by its number, with all its files, and with each file spoilt or away.
    for (unsigned which = 0; which < 2 * site.codes.size(); ++which) {
        add(begin(which).call(Call::AnswerAll).call(Call::CheckPin, {0}).given({}).call(Call::View, {1}).call(Call::Close));
        end(begin(which).call(Call::Answer, {0, here}).file(bundle).call(Call::Answer, {0, failed}).given({}));
        end(begin(which, 1).call(Call::Answer, {0, here}).changed(bundle, 300 + which * 100));
    }
    for (std::size_t file = 0; file < site.files.size(); ++file)
        end(begin(0).call(Call::Answer, {0, here}).file(bundle).call(Call::Answer, {0, here}).file(file));
    // Trust that comes late, while it is asked; what is kept, and restored on the next day; an answer before there is one.
    Calls days = begin(2);
    days.call(Call::Answer, {0, failed}).given({}).call(Call::TakeTrust, {here}).file(bundle).call(Call::AnswerAll).call(Call::View, {0});
    days.call(Call::TakeState).given({}).call(Call::NewSession, {of_repository}).call(Call::Restore).own_state();
    days.call(Call::AddCatalogue, {0}).call(Call::Ask, {2, 24}).call(Call::Answer, {0, failed}).given({}).call(Call::AskAgain);
    end(days.call(Call::TakeState).own_state());
    add(begin(2).call(Call::View, {0}).call(Call::CheckPin, {0}).given({}).call(Call::Wanted).call(Call::Close).call(Call::View, {0}));
    end(begin(0).call(Call::TextsOfLine).given(as_bytes(site.codes.begin()->second)).call(Call::Status).call(Call::Ask, {fuzz::text_given, 2, 'x', 'y', 0}));
    Calls early = begin(0);
    for (const Call call : {Call::Portal, Call::Report, Call::Compare}) early.call(call, {0}).given({});
    add(early);
    Calls lesson = begin(0);
    lesson.call(Call::AnswerAll).call(Call::NewLesson).call(Call::OpenLesson, {0}).given(as_bytes(std::string_view{"no pack"}));
    lesson.call(Call::LookAhead).file(bundle);
    for (const Call call : {Call::Portal, Call::Report, Call::Compare}) lesson.call(call, {0}).given(as_bytes(site.codes.rbegin()->second));
    end(lesson.call(Call::ShowLesson, {0}).given({}).call(Call::Cheat, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
}

void add_supplements(fuzz::SeedFolder& seeds) {
    const std::vector<Bytes> files = supplements();
    for (std::size_t place = 0; place < supplement_places().size(); ++place)
        for (const Bytes& file : files) seeds.add("fuzz_supplement", static_cast<char>(place), file);
    for (const char* path : {"status/0", "status/3051", "status/999999", "tangqi/status/17", "status/01", "status/", "tangqi/notices.cbor",
                             "/status/1", "../status/1", "a/b/status/1"})
        seeds.add("fuzz_supplement", '\0', as_bytes(std::string_view{path}));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: pipa_face_seeds FOLDER\n";
        return 64;
    }
    fuzz::SeedFolder seeds(argv[1], "face");
    add_bridge(seeds);
    add_supplements(seeds);
    return 0;
}
