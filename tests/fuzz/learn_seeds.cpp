// Seeds for the learning pages' fuzzers, from assets/learn: pipa_learn_seeds CORPUS
#include <filesystem>
#include <fstream>

#include "education/embedded_sources.hpp"

namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, pipa::ByteView content) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
}

}  // namespace

int main(int count, char** arguments) {
    using namespace pipa;
    if (count != 2) return 64;
    const fs::path corpus = arguments[1];
    for (const learn::SourceFile& file : learn::embedded_sources()) {
        const fs::path name = fs::path(file.name).filename();
        if (name.extension() == ".md") write(corpus / "fuzz_learn_markdown" / name, as_bytes(file.text));
        if (name.extension() == ".svg") write(corpus / "fuzz_learn_drawing" / name, as_bytes(file.text));
    }
    learn::EducationPack pack = learn::compile_pack(learn::embedded_sources()).pack;
    // The whole pack is larger than what a fuzzer tries; one article with what it needs fits.
    pack.articles.resize(1);
    pack.questions.resize(1);
    pack.drawings.resize(1);
    for (auto* body : {&pack.articles[0].zh_hans, &pack.articles[0].en})
        for (learn::Block& block : *body) block.drawing = 0;
    pack.drawings[0].shapes.resize(4);
    if (const auto payload = learn::encode_education_pack(pack)) write(corpus / "fuzz_learn_pack" / "one-article", *payload);
    return 0;
}
