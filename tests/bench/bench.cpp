// pipa_bench [--json]: how long the parts of the main path take, on one core of this machine. Nothing is asserted; the
// targets are 0.25 ms from text to verdict in wasm, and issuing at 0.7 of the raw signing rate or better.
#include <cstdio>
#include <map>
#include <string_view>

#include "base/base10.hpp"
#include "bench/harness.hpp"
#include "page/view_json.hpp"
#include "support/catalogues.hpp"
#include "support/district.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;
using bench::Figure;
using bench::keep;
using bench::measure;

namespace {

const Scene& typical_scene() {
    static const std::vector<Scene> scenes = load_scenes();
    return *std::ranges::find(scenes, "genuine sugar cane", &Scene::name);
}

std::vector<Figure> measure_crypto(const cose::Statement& statement) {
    const auto key = worthless_key("P2");
    const Bytes message = cose::to_be_signed(statement.protected_bytes, {}, statement.payload);
    return {
        measure("ed25519 sign, raw", [&] { keep(key.sign(message)); }),
        measure("ed25519 verify, raw", [&] { keep(crypto::verify_ed25519(key.public_key(), message, statement.signature)); }),
    };
}

std::vector<Figure> measure_reading(const Bytes& certificate, const cose::Statement& statement) {
    const Scene& scene = typical_scene();
    const std::string digits = to_base10(certificate);
    return {
        measure("base10 encode", [&] { keep(to_base10(certificate)); }),
        measure("base10 decode", [&] { keep(from_base10(digits)); }),
        measure("cbor decode payload", [&] { keep(cbor::decode(statement.payload, cbor::Rules::deterministic)); }),
        measure("certificate parse", [&] { keep(parse_certificate(certificate)); }),
        measure("judge", [&] { keep(judge(scene.text, district().store, scene.now)); }),
        measure("judge + view + json", [&] {
            const Judgement judgement = judge(scene.text, district().store, scene.now);
            keep(to_json(make_view(judgement, district().store, chinese())));
            keep(to_json(judgement));
        }),
    };
}

// What issuing many does for each: a new number, the payload, its signature, the text of the code.
Figure measure_issuing(Certificate certificate) {
    const auto key = worthless_key("P2");
    const Bytes header = cose::statement_header(kid_of(key.public_key()), cose::StatementType::Certificate);
    std::uint64_t number = 100'000;
    return measure("issue one of many", [&, certificate]() mutable {
        certificate.number = "DEMO-" + std::to_string(number++);
        const Bytes payload = encode_certificate(certificate).value();
        const auto signature = key.sign(cose::to_be_signed(header, {}, payload));
        keep(make_qr_text("pipa.example", cose::assemble_statement(header, payload, signature)));
    });
}

double time_of(const std::vector<Figure>& figures, std::string_view name) {
    return std::ranges::find(figures, name, &Figure::name)->median_ns;
}

void print_table(const std::vector<Figure>& figures, const std::map<std::string, double>& ratios) {
    std::printf("%-24s %12s %12s %14s\n", "", "median us", "fastest us", "per second");
    for (const Figure& figure : figures)
        std::printf("%-24s %12.3f %12.3f %14.0f\n", figure.name.c_str(), figure.median_ns / 1e3, figure.fastest_ns / 1e3, 1e9 / figure.median_ns);
    for (const auto& [name, ratio] : ratios) std::printf("%-52s %12.3f\n", name.c_str(), ratio);
}

void print_json(const std::vector<Figure>& figures, const std::map<std::string, double>& ratios) {
    Json out;
    for (const Figure& figure : figures)
        out["figures"].push_back({{"name", figure.name}, {"median_ns", figure.median_ns}, {"fastest_ns", figure.fastest_ns}, {"calls", figure.calls}});
    out["ratios"] = ratios;
    std::puts(out.dump(1).c_str());
}

}  // namespace

int main(int argc, char** argv) {
    const bool json = argc == 2 && std::string_view{argv[1]} == "--json";
    if (argc > 1 && !json) {
        std::fputs("usage: pipa_bench [--json]\n", stderr);
        return 64;
    }
    const Bytes certificate = parse_qr_text(typical_scene().text).value().certificate;
    const SignedCertificate parsed = parse_certificate(certificate).value();

    std::vector<Figure> figures = measure_crypto(parsed.statement);
    for (Figure& figure : measure_reading(certificate, parsed.statement)) figures.push_back(std::move(figure));
    figures.push_back(measure_issuing(parsed.certificate));

    const std::map<std::string, double> ratios = {
        {"issuing rate to raw signing rate (0.7 wanted)", time_of(figures, "ed25519 sign, raw") / time_of(figures, "issue one of many")},
        {"text to verdict, in raw verifications", time_of(figures, "judge + view + json") / time_of(figures, "ed25519 verify, raw")},
    };
    json ? print_json(figures, ratios) : print_table(figures, ratios);
    return 0;
}
