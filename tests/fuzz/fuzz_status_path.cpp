// Paths of status lists, and the lists behind them: a path is written in one way, and leads out of no folder.
#include "fuzz/fuzz.hpp"
#include "trust/status_shard.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const std::string_view text = as_text(input);
    const auto place = parse_status_path(text);
    if (!place) return;
    must(status_path(*place) == text, "a path is written in one way");
    must(text.size() < 64 && text.find("..") == std::string_view::npos && !text.starts_with('/'), "a path stays in its folder");
    must(place->store.find('/') == std::string::npos, "a store is one folder");
    const auto again = parse_status_path(status_path(*place));
    must(again && again->store == place->store && again->shard == place->shard, "a path means one place");
}
