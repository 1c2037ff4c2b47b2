// pipa_trust_seeds FOLDER: seeds for the fuzzers of src/trust, FOLDER/<fuzzer>/<number>. Made at build time.
#include <bit>
#include <iostream>

#include "base/hex.hpp"
#include "support/project_files.hpp"
#include "support/table.hpp"
#include "support/bundle_builder.hpp"
#include "support/tuf_repository.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

class Seeds {
public:
    Seeds(const std::filesystem::path& folder, const char* fuzzer) : m_folder(folder / fuzzer) {}
    void add(std::string_view text) { write_file(m_folder / ("trust-" + std::to_string(++m_count) + ".seed"), text); }

private:
    std::filesystem::path m_folder;
    int m_count{};
};

void add_metadata(Seeds seeds) {
    Repository repository;
    repository.delegate("targets", "town", {{"paths", {"town/*", "?[a-c]*"}}});
    repository.delegate("targets", "bin", {{"path_hash_prefixes", {"0", "ab"}}, {"terminating", true}});
    repository.add_target("targets", "keys/registry.cbor", "registry");
    repository["targets"]["targets"]["keys/registry.cbor"]["custom"] = {{"a", {1, true, nullptr}}};
    repository.publish({"root", "town", "bin", "targets", "snapshot", "timestamp"});
    for (const auto& [name, file] : repository.files)
        if (name.starts_with("metadata/")) seeds.add(as_text(file));
    for (const auto& [role, body] : repository.bodies) seeds.add(body.dump());
}

void add_status_lists(Seeds seeds) {
    const Json table = load_table("status_list.json");
    for (const Json& row : table["rows"]) {
        const auto bits = std::max(1U, row["bits"].get<unsigned>());
        seeds.add(std::string(1, static_cast<char>(std::countr_zero(bits))) + std::string(as_text(*from_hex(row["list"].get<std::string>()))));
    }
}

void add_notes(Seeds seeds) {
    // The examples of the C2SP specifications.
    for (const char* text : {
             "This is an example message.\n\n— example.com/foo "
             "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
             "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa "
             "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n",
             "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nextension\n",
             "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "tile/0/x001/x234/067", "tile/7/000.p/255",
             "tile/entries/273.p/112"})
        seeds.add(text);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: pipa_trust_seeds FOLDER\n";
        return 64;
    }
    Seeds(argv[1], "fuzz_bundle").add(as_text(BundledDistrict{}.file()));
    add_metadata({argv[1], "fuzz_tuf_metadata"});
    add_status_lists({argv[1], "fuzz_status_list"});
    add_notes({argv[1], "fuzz_note"});
    return 0;
}
