#include "tuf/path_pattern.hpp"

#include <algorithm>

#include "base/hex.hpp"

namespace pipa::tuf {
namespace {

// The next character and how many bytes it takes. The text is valid UTF-8, as the JSON reader saw to.
struct Character {
    std::uint32_t code{};
    std::size_t bytes{1};
};

Character character_at(std::string_view text, std::size_t at) noexcept {
    const auto first = static_cast<std::uint8_t>(text[at]);
    if (first < 0x80) return {first, 1};
    const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    std::uint32_t code = first & (0xFFU >> (bytes + 1));
    std::size_t used = 1;
    while (used < bytes && at + used < text.size()) code = code << 6 | (static_cast<std::uint8_t>(text[at + used++]) & 0x3FU);
    return {code, used};
}

// glob(7): "An expression '[...]' where the first character after the leading '[' is not an '!' matches a single
// character, namely any of the characters enclosed by the brackets", ranges included; ']' may stand first.
// Gives the length of the expression, or 0 where no ']' closes it: then '[' is an ordinary character.
std::size_t match_brackets(std::string_view pattern, std::uint32_t wanted, bool& matched) noexcept {
    std::size_t at = 1;
    const bool inverted = at < pattern.size() && pattern[at] == '!';
    if (inverted) ++at;
    bool found = false;
    for (bool first = true; at < pattern.size(); first = false) {
        if (pattern[at] == ']' && !first) {
            matched = found != inverted;
            return at + 1;
        }
        const Character low = character_at(pattern, at);
        at += low.bytes;
        Character high = low;
        if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
            high = character_at(pattern, at + 1);
            at += 1 + high.bytes;
        }
        found = found || (low.code <= wanted && wanted <= high.code);
    }
    return 0;
}

// One part of the pattern other than '*' against the character at the start of `path`. Gives how far both move on.
struct Step {
    std::size_t pattern{};  // 0: no match
    std::size_t path{};
};

Step match_one(std::string_view pattern, std::string_view path) noexcept {
    if (pattern.empty() || path.empty()) return {};
    const Character wanted = character_at(path, 0);
    if (pattern[0] == '?') return path[0] == '/' ? Step{} : Step{1, wanted.bytes};
    if (pattern[0] == '[' && path[0] != '/') {
        bool matched = false;
        const std::size_t length = match_brackets(pattern.substr(0, pattern.find('/')), wanted.code, matched);
        if (length > 0) return matched ? Step{length, wanted.bytes} : Step{};
    }
    const Character literal = character_at(pattern, 0);
    return literal.code == wanted.code && literal.bytes == wanted.bytes ? Step{literal.bytes, wanted.bytes} : Step{};
}

}  // namespace

bool matches_path_pattern(std::string_view pattern, std::string_view path) noexcept {
    // Greedy with one point to return to: the last '*' swallows one character more whenever what follows fails. An
    // earlier '*' never needs another try, because whatever it could give up the later one can take.
    constexpr auto none = std::string_view::npos;
    std::size_t p = 0, t = 0, star = none, star_path = 0;
    while (t < path.size() || p < pattern.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            star_path = t;
            continue;
        }
        if (const Step step = match_one(pattern.substr(p), path.substr(t)); step.pattern > 0) {
            // A '/' ends the reach of every '*' before it.
            if (path[t] == '/') star = none;
            p += step.pattern;
            t += step.path;
            continue;
        }
        if (star == none || star_path >= path.size() || path[star_path] == '/') return false;
        star_path += character_at(path, star_path).bytes;
        t = star_path;
        p = star + 1;
    }
    return true;
}

bool is_delegated_path(const Delegation& delegation, std::string_view path) {
    for (const std::string& pattern : delegation.paths)
        if (matches_path_pattern(pattern, path)) return true;
    if (delegation.path_hash_prefixes.empty()) return false;
    const std::string digest = to_hex(crypto::sha256(as_bytes(path)));
    return std::ranges::any_of(delegation.path_hash_prefixes,
                               [&](const std::string& prefix) { return digest.starts_with(prefix); });
}

// TAP 15: "the client uses the first bit_length bits of the SHA-256 hash of the target path".
namespace {

std::string numbered_bin(const SuccinctRoles& roles, std::uint32_t bin) {
    const std::size_t digits = (roles.bit_length + 3) / 4;
    const std::uint8_t big_endian[] = {static_cast<std::uint8_t>(bin >> 24), static_cast<std::uint8_t>(bin >> 16),
                                       static_cast<std::uint8_t>(bin >> 8), static_cast<std::uint8_t>(bin)};
    return roles.name_prefix + "-" + to_hex(big_endian).substr(8 - digits);
}

}  // namespace

std::string bin_name(const SuccinctRoles& roles, std::string_view path) {
    const crypto::Digest digest = crypto::sha256(as_bytes(path));
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) bits = bits << 8 | digest[i];
    return numbered_bin(roles, bits >> (32 - roles.bit_length));
}

std::string last_bin_name(const SuccinctRoles& roles) { return numbered_bin(roles, ~std::uint32_t{0} >> (32 - roles.bit_length)); }

}  // namespace pipa::tuf
