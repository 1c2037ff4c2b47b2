#include "education/embedded_sources.hpp"

namespace pipa::learn {
namespace {

struct EmbeddedFile {
    std::string_view name;
    std::string_view text;
};
constexpr EmbeddedFile embedded[] = {
#include "sources.inc"
};

}  // namespace

std::vector<SourceFile> embedded_sources() {
    std::vector<SourceFile> out;
    for (const EmbeddedFile& file : embedded) out.push_back({std::string{file.name}, std::string{file.text}});
    return out;
}

}  // namespace pipa::learn
