// Writes the dearest dossiers that fit, and the trust to judge them by, for worst.mjs: build/release/bin/pipa_write_worst FOLDER
#include <filesystem>
#include <iostream>
#include <string>

#include "support/district.hpp"
#include "support/project_files.hpp"
#include "support/worst_dossiers.hpp"

using namespace pipa;
using namespace pipa::test;

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "pipa_write_worst FOLDER\n";
        return 64;
    }
    const std::filesystem::path folder = arguments[1];
    write_file(folder / "trust.cose", as_text(worst_trust()));
    write_file(folder / "office.pub", as_text(district().office_public_key));
    for (const WorstDossier& worst : {worst_plots(), worst_rechecks(), worst_notices(), worst_upstream_plots(), worst_upstream_rechecks()}) {
        write_file(folder / (worst.name + ".txt"), worst.text);
        write_file(folder / (worst.name + ".dossier"), as_text(worst.dossier));
    }
    return 0;
}
