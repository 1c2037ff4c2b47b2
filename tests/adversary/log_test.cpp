// Invariant 3, the log's half: what a lost key signed counts where the public log shows that it was there before the loss, and only there.
// Proofs of every log, witness, time and leaf, as their keys' holders and whoever stole one could make them.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adversary/scenes.hpp"
#include "pipa/log/note_signing.hpp"
#include "support/signing.hpp"
#include "tlog/log_entry.hpp"
#include "tlog/proof_file.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

constexpr std::string_view before_loss = "2026-11-17T23:59:59+08:00";

struct Signed {
    std::string_view name{};  // it says that it is
    std::string_view key{};   // and that signs for it
    std::optional<std::string_view> time{};
};

struct Proof {
    Signed log{};
    std::optional<Signed> witness{};
    std::string leaf{"itself"};
    bool of_tree{true};  // the checkpoint signs the tree that the path leads to
};

Certificate another(Certificate of) {
    of.number = "C-9";
    return of;
}

std::string write(const Scene& scene, const Proof& wanted) {
    const auto& signer = key_of(actor(scene.signer));
    const Bytes mine = sign_certificate(signer, scene.certificate);
    const Bytes other = sign_certificate(signer, another(scene.certificate));
    const Bytes leaf = tlog::certificate_entry(wanted.leaf == "itself" ? mine : other).value();
    const auto beside = merkle::hash_leaf(tlog::certificate_entry(other).value());
    const auto root = wanted.of_tree ? merkle::hash_children(merkle::hash_leaf(leaf), beside) : beside;
    const tlog::Checkpoint checkpoint{.origin = std::string{wanted.log.name}, .size = 2, .root = root};
    const std::string text = write_checkpoint(checkpoint);
    const auto key = worthless_key(wanted.log.key);
    std::string note = text + "\n" + sign_line(text, checkpoint.origin, key);
    if (wanted.log.time) note += cosign_line(text, checkpoint.origin, key, at(*wanted.log.time));
    if (wanted.witness) note += cosign_line(text, std::string{wanted.witness->name}, worthless_key(wanted.witness->key), at(wanted.witness->time.value_or(before_loss)));
    return tlog::write_proof_file({.index = 0, .hashes = {beside}, .checkpoint = std::move(note)});
}

bool is_shown(const Proof& proof) {
    const bool own_log = proof.log.name == log_name && proof.log.key == log_key;
    const bool own_witness = proof.witness && proof.witness->name == witness_name && proof.witness->key == witness_key;
    if (!own_log || !own_witness || proof.leaf != "itself" || !proof.of_tree) return false;
    return at(*proof.witness->time) < at(loss) && (!proof.log.time || at(*proof.log.time) < at(loss));
}

std::vector<Proof> all_proofs() {
    static constexpr std::array<std::optional<std::string_view>, 6> times = {std::nullopt, "2026-11-13T08:00:00+08:00", before_loss, loss, "2026-11-19T08:00:00+08:00", "2026-12-20T08:00:00+08:00"};
    std::vector<Proof> out;
    for (const Signed& log : {Signed{log_name, log_key}, Signed{log_name, "adversary: other log"}, Signed{"other.example", "adversary: other log"}, Signed{log_name, witness_key}})
        for (const auto& log_time : times)
            for (const Signed& witness : {Signed{witness_name, witness_key}, Signed{witness_name, "adversary: other witness"}, Signed{"other.example", "adversary: other witness"}, Signed{log_name, log_key}})
                for (const auto& witness_time : times)
                    for (const char* leaf : {"itself", "another"})
                        for (const bool of_tree : {true, false}) {
                            Proof proof{.log = log, .leaf = leaf, .of_tree = of_tree};
                            proof.log.time = log_time;
                            if (witness_time) proof.witness = Signed{witness.name, witness.key, witness_time};
                            out.push_back(proof);
                        }
    return out;
}

std::string told(const Proof& proof) {
    const auto signer = [](const Signed& one) { return std::string{one.name} + " with the key '" + std::string{one.key} + "' of " + std::string{one.time.value_or("no time")}; };
    return "a proof of " + signer(proof.log) + (proof.witness ? ", seen by " + signer(*proof.witness) : "") + ", leaf " + proof.leaf + (proof.of_tree ? "" : ", another tree");
}

Scene dated(const char* signer, std::string_view issued) {
    Scene out = *std::ranges::find(scenes(), "in order", &Scene::name);
    out.signer = signer;
    out.certificate.issued_unix_s = at(issued);
    complete(out);
    return out;
}

}  // namespace

TEST_CASE("adversary: 3: only the log's proof from before the loss brings back a certificate of a lost key", "[adversary]") {
    const std::vector<Proof> proofs = all_proofs();
    const Scene lost = dated("grower whose key was lost", certificate_issued);
    REQUIRE(lost.answer.says(ReasonId::KeyCompromisedLater));
    std::set<std::string> broken;
    std::size_t shown = 0;
    for (const Proof& proof : proofs) {
        const bool counts = !ask(lost, lost.statements, {}, write(lost, proof)).says(ReasonId::KeyCompromisedLater);
        shown += counts;
        if (counts != is_shown(proof)) broken.insert(told(proof) + (counts ? " counts" : " does not count"));
    }
    for (const std::string& one : broken) FAIL_CHECK(one);
    CHECK(proofs.size() > 2000);
    CHECK(shown > 0);
}

TEST_CASE("adversary: 3: no log's proof makes up for a date after the key's end", "[adversary]") {
    const std::vector<Scene> ended = {dated("grower whose key was lost", loss), dated("grower whose key was lost", "2026-11-19T08:00:00+08:00"),
                                      dated("grower whose key has run out", certificate_issued)};
    for (const Scene& scene : ended) {
        INFO(scene.signer << ": " << compared(scene.answer, scene.answer));
        REQUIRE(scene.answer.level == Level::Stop);
        for (const Proof& proof : all_proofs()) {
            if (!is_shown(proof) && proof.log.time) continue;  // the best there are
            const Answer answer = ask(scene, scene.statements, {}, write(scene, proof));
            CHECK(answer.level == Level::Stop);
            CHECK(answer.headline == scene.answer.headline);
        }
    }
}
