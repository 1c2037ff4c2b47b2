// pipa_office_seeds FOLDER: what an office's programs read, for their fuzzers: tables with their mappings, key files, registries, signatures.
#include <algorithm>
#include <iostream>
#include <string>

#include "base/hex.hpp"
#include "fuzz/scratch.hpp"
#include "fuzz/seed_folder.hpp"
#include "fuzz/signature_samples.hpp"
#include "pipa/registry/key_file.hpp"
#include "pipa/registry/registry.hpp"
#include "support/district.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string file_text(const std::filesystem::path& path) { return test::read_file(path); }

void add_tables(fuzz::SeedFolder& seeds) {
    for (const std::string name : {"certificates", "credit", "inputs", "patrols", "subjects", "tests"}) {
        const std::string table = file_text(project_file("assets/import/" + name + ".csv"));
        const std::string mapping = Json::parse(file_text(project_file("assets/import/" + name + ".json"))).dump();
        seeds.add("fuzz_import_table", mapping + '\0' + table);
    }
    // What mappings may ask for, small enough to be changed in many places.
    const std::string columns = R"("columns":{"a":{"field":"id"},"b":{"field":"producer"},"c":{"field":"items/value","words":{"-":null,"x":""}},)"
                                R"("d":{"field":"lots","split":";"},"e":[{"field":"reported"},{"field":"recheck_of","prefix":"L"}]})";
    const std::string begin = R"({"statement":"test","encoding":"gb18030","other_columns":"ignore","constants":)";
    const std::string table = "a,b,c,d,e,f\n1,P,-,L1;L2,2026/1/5,\n1,P,x,L1;;L2,20260105 9:30,\"\"\"\"\n";
    for (const std::string constants : {R"({"kind":"supervision"})", R"({"id":5})", R"({"items":[]})", R"({"items":[3],"lots":"x"})",
                                        R"({"items":{"a":[[[[1]]]]}})"})
        seeds.add("fuzz_import_table", begin + constants + "," + columns + "}" + '\0' + table);
    // A number that is empty, by the mapping's own word.
    seeds.add("fuzz_import_table", R"({"statement":"input","columns":{"a":{"field":"id"},"b":{"field":"interval_days","words":{"-":""}}}})" + std::string(1, '\0') + "a,b\n1,-\n");
}

void add_keys(fuzz::SeedFolder& seeds) {
    const fuzz::ScratchFile file("key"), words("passphrase", as_bytes("worthless\n"));
    const crypto::SecretKey key = worthless_key("P1");
    static_cast<void>(save_key(file.path(), key, {}, IfExists::Replace).value());
    seeds.add("fuzz_key_file", 'k', as_bytes(file_text(file.path())));
    seeds.add("fuzz_key_file", 'k', as_bytes(to_hex(key.public_key()) + "\n"));
    static_cast<void>(save_key(file.path(), key, new_passphrase({.file = words.path()}).value(), IfExists::Replace).value());
    Json locked = Json::parse(file_text(file.path()));
    seeds.add("fuzz_key_file", 'k', as_bytes(locked.dump()));
    locked["locked"]["operations"] = 1;
    locked["locked"]["memory_bytes"] = 8192;
    seeds.add("fuzz_key_file", 'k', as_bytes(locked.dump()));
    for (const char* line : {"worthless\n", "two\r\nlines", "\n", "", "no end", "\xE6\x9E\x87\xE6\x9D\xB7\n"})
        seeds.add("fuzz_key_file", 'p', as_bytes(std::string_view{line}));
}

void add_registries(fuzz::SeedFolder& seeds) {
    TrustPack pack = district().pack;
    seeds.add("fuzz_registry", registry_json(pack).dump());
    pack.parties.resize(std::min<std::size_t>(pack.parties.size(), 1));
    std::erase_if(pack.keys, [&](const KeyEntry& entry) { return pack.parties.empty() || entry.party != pack.parties.front().id; });
    pack.products.resize(std::min<std::size_t>(pack.products.size(), 1));
    pack.divisions.resize(std::min<std::size_t>(pack.divisions.size(), 1));
    pack.logs = {{.key = load_table("log_proof.json")["base"]["key"].get<std::string>()}};
    seeds.add("fuzz_registry", registry_json(pack).dump());
    seeds.add("fuzz_registry", Json::parse(file_text(project_file("assets/demo/district.json")))["registry"].dump());
}

void add_signatures(fuzz::SeedFolder& seeds) {
    const WaitingStore waiting;
    seeds.add("fuzz_signature_import", 'r', waiting.request);
    seeds.add("fuzz_signature_import", 's', as_bytes(waiting.signatures.front()));
    Json other = Json::parse(waiting.signatures.front());
    other["role"] = "targets";
    seeds.add("fuzz_signature_import", 's', as_bytes(other.dump()));
    Json request = Json::parse(as_text(waiting.request));
    request["signed"]["roles"]["root"]["threshold"] = 4'294'967'297;
    seeds.add("fuzz_signature_import", 'r', as_bytes(request.dump()));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: pipa_office_seeds FOLDER\n";
        return 64;
    }
    fuzz::SeedFolder seeds(argv[1], "office");
    add_tables(seeds);
    add_keys(seeds);
    add_registries(seeds);
    add_signatures(seeds);
    return 0;
}
