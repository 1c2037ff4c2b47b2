// What the reader reads: build/release/bin/pipa_reading_bench MANIFEST [--attempts] [--live] [--wrong]
// MANIFEST is JSON, [{"file": picture, "set": name, "expected": text or null}], as generate_labels writes it; paths beside it.
// Prints right, wrong and milliseconds by set. Without an expected text any code is right; in sets named none: every code is wrong.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/pictures.hpp"
#include "scan/attempts.hpp"
#include "scan/read_codes.hpp"

namespace {

using namespace pipa;
using Json = nlohmann::json;

struct Tally {
    std::size_t pictures{}, right{}, wrong{}, filled_in{};
    std::vector<double> ms{};
};

struct Options {
    std::filesystem::path manifest{};
    bool attempts{}, live{}, wrong{};
};

double quantile(std::vector<double> values, double part) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[std::min(values.size() - 1, static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

// Whether the right text was among what was read.
bool measure(const Json& entry, const Picture& picture, const std::function<std::vector<ScannedCode>(const GreyImage&)>& read, Tally& tally,
             bool tell) {
    const auto start = std::chrono::steady_clock::now();
    const auto codes = read(picture.view());
    tally.ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    ++tally.pictures;
    const bool none = entry["set"].get<std::string>().starts_with("none");
    const auto expected = entry.value("expected", Json{});
    bool right = false, wrong = false;
    for (const ScannedCode& code : codes) {
        const bool good = !none && (expected.is_null() || expected.get<std::string>() == as_text(code.content));
        (good ? right : wrong) = true;
        if (good && code.filled_in) ++tally.filled_in;
        if (!good && tell)
            std::printf("wrong: %s: %zu bytes, filled in %d: %.60s\n", entry["file"].get<std::string>().c_str(), code.content.size(),
                        code.filled_in, std::string{as_text(code.content)}.c_str());
    }
    if (!right && tell) std::printf("missed: %s %s\n", entry["set"].get<std::string>().c_str(), entry["file"].get<std::string>().c_str());
    tally.right += right;
    tally.wrong += wrong;
    return right;
}

void print(const std::string& name, const Tally& tally) {
    std::printf("%-28s %4zu of %4zu right, %zu wrong, %zu filled in; median %.2f ms, p90 %.2f, most %.1f\n", name.c_str(), tally.right,
                tally.pictures, tally.wrong, tally.filled_in, quantile(tally.ms, 0.5), quantile(tally.ms, 0.9), quantile(tally.ms, 1));
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--attempts") options.attempts = true;
        else if (argument == "--live") options.live = true;
        else if (argument == "--wrong") options.wrong = true;
        else options.manifest = argument;
    }
    std::ifstream file{options.manifest};
    const Json manifest = Json::parse(file, nullptr, false);
    if (!manifest.is_array()) return std::fputs("usage: pipa_reading_bench MANIFEST [--attempts] [--live] [--wrong]\n", stderr), 2;
    std::map<std::string, Tally> sets;
    Tally all;
    std::map<std::string, std::map<std::string, Tally>> by_attempt;
    std::map<std::string, std::size_t> added;  // pictures that no attempt before it in the list has read
    for (const Json& entry : manifest) {
        const auto path = options.manifest.parent_path() / entry.value("jpg", entry["file"].get<std::string>());
        const auto picture = load_grey_picture(path);
        if (!picture) {
            std::printf("unreadable: %s\n", path.c_str());
            continue;
        }
        const std::string set = entry["set"];
        if (options.attempts) {
            bool known = false;
            for (const auto& attempt : scan::attempts_for_photos()) {
                const bool right = measure(entry, *picture, attempt.run, by_attempt[std::string{attempt.name}][set], options.wrong);
                added[std::string{attempt.name}] += right && !known;
                known |= right;
            }
            continue;
        }
        const auto read = [&](const GreyImage& image) { return read_codes(image, options.live ? Effort::Frame : Effort::Thorough).value_or(std::vector<ScannedCode>{}); };
        measure(entry, *picture, read, sets[set], options.wrong);
    }
    for (const auto& [attempt, tallies] : by_attempt)
        for (const auto& [set, tally] : tallies) print(attempt + ' ' + set, tally);
    for (const auto& attempt : scan::attempts_for_photos())
        if (options.attempts) std::printf("%s adds %zu\n", std::string{attempt.name}.c_str(), added[std::string{attempt.name}]);
    for (const auto& [set, tally] : sets) {
        print(set, tally);
        if (set.starts_with("none")) continue;
        all.pictures += tally.pictures, all.right += tally.right, all.wrong += tally.wrong, all.filled_in += tally.filled_in;
        all.ms.insert(all.ms.end(), tally.ms.begin(), tally.ms.end());
    }
    if (all.pictures > 0) print("all with a code", all);
}
