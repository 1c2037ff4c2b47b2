// Key files: whatever stands in one, it is read or refused; a key that is read is the one whose public half is shown, and is written and read
// again as the same. The first byte says whether the rest is the key file or the passphrase's.
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/scratch.hpp"
#include "pipa/registry/key_file.hpp"

using namespace pipa;
using fuzz::must;

namespace {

// Unlocking costs what the file asks for, up to a minute; that it may ask for no more is a unit test's business.
bool is_dear(ByteView file) {
    const auto json = nlohmann::json::parse(as_text(file), nullptr, false);
    if (!json.is_object() || !json.contains("locked") || !json["locked"].is_object()) return false;
    const auto at_most = [&](const char* name, std::uint64_t most) { return json["locked"].value(name, nlohmann::json{}) <= most; };
    return !at_most("operations", 2) || !at_most("memory_bytes", 65'536);
}

void check_key(ByteView file) {
    static const fuzz::ScratchFile path("key"), again("again"), passphrase("passphrase", as_bytes("worthless\n")), empty("empty");
    path.write(file);
    const auto shown = show_key(path.path());
    const auto loaded = load_key(path.path(), {.file = is_dear(file) ? empty.path() : passphrase.path()});
    const auto by_path = public_key_of(path.path().string());
    if (loaded) {
        must(shown && loaded->public_key() == shown->public_key, "a key is the one that is shown");
        must(save_key(again.path(), *loaded, {}, IfExists::Replace).has_value(), "a key can be written");
        const auto second = load_key(again.path(), {.file = empty.path()});
        must(second && second->public_key() == loaded->public_key(), "a key that is written reads the same");
    }
    if (shown) {
        must(file.size() <= 4096, "a key file is small");
        must(shown->kid == kid_of(shown->public_key), "a kid is its key's");
    }
    const std::string_view text = as_text(file);
    if (text.starts_with('{')) must(by_path.has_value() == shown.has_value(), "a key file is a key file for everybody");
    if (by_path && !shown) must(from_hex(text.substr(0, 64)).has_value(), "what is no key file is hexadecimal");
}

void check_passphrase(ByteView file) {
    static const fuzz::ScratchFile path("line"), key("locked.key");
    path.write(file);
    const auto line = passphrase_for({.file = path.path()}, key.path());
    const auto fresh = new_passphrase({.file = path.path()});
    must(line.has_value() == fresh.has_value(), "old and new keys take the same passphrases");
    if (!line) return;
    must(*fresh && (*fresh)->text() == line->text(), "and the same text of them");
    must(!line->text().empty() && line->text().size() <= 1024, "a passphrase is a text");
    must(as_text(file).starts_with(line->text()) && line->text().find_first_of("\r\n") == std::string_view::npos, "a passphrase is the first line");
}

}  // namespace

void fuzz_one(ByteView input) {
    if (input.empty()) return;
    if (input[0] == 'p') check_passphrase(input.subspan(1));
    else check_key(input.subspan(1));
}
