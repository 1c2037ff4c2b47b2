// Dossiers: whatever stands in the file, it is opened and judged beside a genuine certificate, and shown.
#include <nlohmann/json.hpp>

#include "fuzz/fuzz.hpp"

#include <algorithm>

#include "page/view_json.hpp"
#include "support/catalogues.hpp"
#include "support/district.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    static const std::vector<test::Scene> scenes = test::load_scenes();
    static const test::Scene& genuine = *std::ranges::find(scenes, "genuine sugar cane", &test::Scene::name);
    const TrustStore& trust = test::district().store;
    const Evidence evidence = Evidence::open(input, trust);
    const Judgement judgement = judge(genuine.text, trust, genuine.now, evidence);
    must(judgement.signature_valid, "a dossier does not touch the certificate's signature");
    must(judgement.dossier == nullptr || judgement.bearings.size() == judgement.dossier->statements.size(), "no statement is dropped");
    must(nlohmann::json::accept(to_json(judgement)), "a judgement is valid JSON");
    for (const Catalogue* catalogue : {&test::chinese(), &test::english()})
        must(nlohmann::json::accept(to_json(make_view(judgement, trust, *catalogue))), "a view is valid JSON");
    const auto dossier = parse_dossier(input);
    if (!dossier) return;
    for (std::size_t i = 0; evidence.dossier && i < dossier->entries.size(); ++i)
        must(evidence.dossier->statements[i].standing == check_statement(dossier->entries[i], trust).standing, "a statement stands or falls by itself");
    std::vector<Bytes> statements;
    for (const DossierEntry& entry : dossier->entries) statements.push_back(entry.message);
    must(encode_dossier(dossier->manifest.message, statements) == to_bytes(input), "a dossier has one encoding");
}
