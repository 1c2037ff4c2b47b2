#include "inquiry/scanned_link.hpp"

#include <algorithm>
#include <array>

#include "base/percent.hpp"
#include "inquiry/certificate_digits.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_beyond_ascii(char c) noexcept { return (static_cast<unsigned char>(c) & 0x80) != 0; }
bool is_ascii_letter(char c) noexcept { return upper(c) >= 'A' && upper(c) <= 'Z'; }

bool starts_with_any_case(std::string_view text, std::string_view upper_start) noexcept {
    return text.size() >= upper_start.size() && std::ranges::equal(text.substr(0, upper_start.size()), upper_start, {}, upper);
}

// An address up to its hash, in parts that the steps put into their one form.
struct Head {
    std::string scheme{};  // "HTTPS://" or "HTTP://"
    std::string host{};    // with port
    std::string path{};    // behind the host's slash
};

void write_host_in_capitals(Head& head) { std::ranges::transform(head.host, head.host.begin(), upper); }

void drop_default_port(Head& head) {
    const std::string_view port = head.scheme == "HTTPS://" ? ":443" : ":80";
    if (head.host.ends_with(port)) head.host.resize(head.host.size() - port.size());
}

void drop_dot_of_root(Head& head) {  // "pipa.example." is the same name, written out to the root (RFC 3986 section 3.2.2)
    const std::size_t end = std::min(head.host.find(':'), head.host.size());
    if (end > 0 && head.host[end - 1] == '.') head.host.erase(end - 1, 1);
}

void drop_query(Head& head) { head.path.resize(std::min(head.path.find('?'), head.path.size())); }

void drop_index_page(Head& head) {
    constexpr std::string_view page = "INDEX.HTML";
    const std::size_t at = head.path.rfind('/');
    if (at == std::string::npos || head.path.size() - at - 1 != page.size()) return;
    if (starts_with_any_case(std::string_view{head.path}.substr(at + 1), page)) head.path.resize(at);
}

void drop_last_slashes(Head& head) {
    while (head.path.ends_with('/')) head.path.pop_back();
}

void write_c_in_capitals(Head& head) {
    if (head.path == "c") head.path = "C";
}

struct LinkStep {
    std::string_view name;
    void (*undo)(Head& head);
};
constexpr std::array link_steps = {
    LinkStep{"letter case of the host", write_host_in_capitals},
    LinkStep{"port that goes without saying", drop_default_port},
    LinkStep{"dot behind the host", drop_dot_of_root},
    LinkStep{"query that a messenger added", drop_query},
    LinkStep{"page of the folder", drop_index_page},
    LinkStep{"slash at the end", drop_last_slashes},
    LinkStep{"letter case of /C", write_c_in_capitals},
};

// The link up to its hash in its one form; empty where the path or host is none of ours.
std::string canonical_head(std::string_view scheme_and_rest, bool& is_gs1) {
    const std::size_t scheme_size = starts_with_any_case(scheme_and_rest, "HTTPS://") ? 8 : 7;
    const std::string_view rest = scheme_and_rest.substr(scheme_size);
    const std::size_t slash = rest.find_first_of("/?");
    if (slash == std::string_view::npos || rest[slash] != '/') return {};
    Head head{.scheme = scheme_size == 8 ? "HTTPS://" : "HTTP://",
              .host = std::string{rest.substr(0, slash)},
              .path = std::string{rest.substr(slash + 1)}};
    for (const LinkStep& step : link_steps) step.undo(head);
    is_gs1 = head.path.starts_with("01/");
    if (!is_host(head.host) || (head.path != "C" && !is_gs1)) return {};
    return head.scheme + head.host + '/' + head.path + '#';
}

struct Hash {
    std::size_t begin{};
    std::size_t end{};
};

// The places of the hash, as it may be written; the first that leaves a link of ours before it counts. A hash stands as itself,
// percent-encoded once or twice.
constexpr std::array<std::string_view, 3> hash_spellings = {"#", "%23", "%2523"};

std::optional<FoundLink> read_link_with_hash(std::string_view text, std::size_t begin, Hash hash) {
    std::string_view before = text.substr(begin, hash.begin - begin);
    while (before.ends_with(' ')) before.remove_suffix(1);
    if (before.find(' ') != std::string_view::npos) return {};
    bool is_gs1 = false;
    std::string head = canonical_head(before, is_gs1);
    if (head.empty()) return {};
    const std::string_view tail = text.substr(hash.end);
    DigitRun run = read_digits(tail);
    if (run.digits.empty() && is_gs1) return {};  // all the world's products have such addresses
    // One sign among the digits is a damage and no end of them: the core says where it stands.
    const bool goes_on = !run.whole && run.end + 1 < tail.size() && tail[run.end] != ' ' && is_digit(tail[run.end + 1]);
    if (goes_on) {
        run.end = std::min(tail.find(' '), tail.size());
        run.digits = tail.substr(0, run.end);
    }
    const DigitsSeen seen = run.whole ? DigitsSeen::Whole : run.digits.empty() ? DigitsSeen::None : DigitsSeen::Some;
    return FoundLink{head + run.digits, begin, hash.end + run.end, seen};
}

// A hash that was lost on the way, or came as another sign: "/C0118...", "/C£0118...", "/C 0118...". Certain only where nothing but a whole
// certificate stands behind it.
std::optional<FoundLink> read_link_with_lost_hash(std::string_view text, std::size_t begin) {
    const std::size_t host_end = std::min(text.find('/', begin + 8), text.size());
    std::size_t at = std::min(host_end + 2, text.size());  // behind one letter, which canonical_head() looks at
    const std::size_t path_end = at;
    while (at < text.size() && at < path_end + 4 && !is_digit(text[at])) {  // one character of up to four bytes, or one and a slash
        if (is_ascii_letter(text[at])) return {};
        ++at;
    }
    // A keyboard that loses Shift writes 3 for the hash.
    if (at == path_end && at < text.size() && text[at] == '3' && read_digits(text.substr(at + 1)).whole) ++at;
    const DigitRun run = read_digits(text.substr(at));
    bool is_gs1 = false;
    std::string head = canonical_head(text.substr(begin, path_end - begin), is_gs1);
    if (!run.whole || head.empty()) return {};
    return FoundLink{head + run.digits, begin, at + run.end, DigitsSeen::Whole};
}

// Our page without anything behind the hash, which a messenger may have cut off. Others' short links end in a small c, so the
// capital is asked for.
std::optional<FoundLink> read_link_without_hash(std::string_view text, std::size_t begin) {
    const auto is_end = [](char c) { return c == ' ' || c == '<' || c == '>' || c == '"' || c == '\'' || is_beyond_ascii(c); };
    std::size_t end = begin;
    while (end < text.size() && !is_end(text[end])) ++end;
    std::string_view link = text.substr(begin, end - begin);
    while (!link.empty() && std::string_view{".,;:!)]"}.find(link.back()) != std::string_view::npos) link.remove_suffix(1);
    if (link.find("/C") == std::string_view::npos) return {};
    bool is_gs1 = false;
    std::string head = canonical_head(link, is_gs1);
    if (head.empty() || is_gs1) return {};
    return FoundLink{std::move(head), begin, begin + link.size(), DigitsSeen::None};
}

std::optional<FoundLink> read_link(std::string_view text, std::size_t begin) {
    constexpr std::size_t max_head_bytes = 2048;  // what browsers and messengers carry before a hash
    const std::string_view head = text.substr(0, begin + max_head_bytes);
    for (const std::string_view spelling : hash_spellings) {
        const std::size_t at = head.find(spelling, begin);
        if (at == std::string_view::npos) continue;
        if (auto found = read_link_with_hash(text, begin, {at, at + spelling.size()})) return found;
    }
    if (auto found = read_link_with_lost_hash(text, begin)) return found;
    return read_link_without_hash(text, begin);
}

// Words that would do something belong to the link behind them: "BEGIN:VCARD ... URL:", "smsto:10086:".
bool would_do_something(std::string_view words) {
    if (recognise_foreign_code(words) != ForeignCode::ActiveContent) return false;
    const std::size_t colon = words.find(':');
    constexpr std::array<std::string_view, 3> scripts = {"JAVASCRIPT", "VBSCRIPT", "DATA"};
    const bool is_script = std::ranges::any_of(scripts, [words](std::string_view script) { return starts_with_any_case(words, script); });
    return is_script || (colon + 1 < words.size() && words[colon + 1] != ' ');
}

// Do the words end in a blank, a colon or a Chinese character (U+3000..U+9FFF, whose UTF-8 begins with E3..E9)?
bool stands_apart(std::string_view words) noexcept {
    if (words.empty() || words.back() == ' ' || words.back() == ':') return true;
    std::size_t at = words.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(words[at]) & 0xC0) == 0x80) --at;
    const auto lead = static_cast<unsigned char>(words[at]);
    return lead >= 0xE3 && lead <= 0xE9;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = escaped_byte(text, at);
        out += byte ? static_cast<char>(*byte) : text[at];
        at += byte ? escape_size : 1;
    }
    return out;
}

// "//host/C#...", "https:/host/C#...", "host/C#..." with their scheme; empty where no host begins there.
std::string with_whole_scheme(std::string_view text) {
    if (text.find("://") != std::string_view::npos) return {};
    const std::size_t name = starts_with_any_case(text, "HTTPS") ? 5 : starts_with_any_case(text, "HTTP") ? 4 : 0;
    const std::string_view rest = text.substr(name);
    const std::size_t host = std::min(rest.find_first_not_of(":/"), rest.size());
    if (host > 2 || (name > 0 && host == 0) || rest.find('.') > rest.find('/', host)) return {};
    return (name == 4 ? "http://" : "https://") + std::string{rest.substr(host)};
}

}  // namespace

std::size_t find_address(std::string_view text, std::size_t from) noexcept {
    for (std::size_t at = from; at + 7 <= text.size(); ++at)
        if (starts_with_any_case(text.substr(at), "HTTP://") || starts_with_any_case(text.substr(at), "HTTPS://")) return at;
    return std::string_view::npos;
}

std::optional<FoundLink> find_link(std::string_view text) {
    const std::size_t begin = find_address(text, 0);
    if (begin == std::string_view::npos) return {};
    const std::string_view words = text.substr(0, begin);
    if (words.find("://") != std::string_view::npos || would_do_something(words)) return {};
    // What stands inside another address is a part of that.
    if (!words.empty() && std::string_view{"/\\?&=#%@"}.find(words.back()) != std::string_view::npos) return {};
    return read_link(text, begin);
}

std::vector<FoundLink> find_links(std::string_view text, std::size_t from) {
    std::vector<FoundLink> links;
    for (std::size_t at = find_address(text, from); at != std::string_view::npos;) {
        auto found = read_link(text, at);
        at = find_address(text, found ? found->end : at + 1);
        if (found) links.push_back(std::move(*found));
    }
    return links;
}

std::optional<FoundLink> restore_link(std::string_view text) {
    const auto whole_text = [](const std::string& changed, DigitsSeen at_least) -> std::optional<FoundLink> {
        auto found = find_link(changed);
        return found && found->begin == 0 && found->digits >= at_least ? found : std::nullopt;
    };
    if (starts_with_any_case(text, "HTTPS%3A") || starts_with_any_case(text, "HTTP%3A"))
        if (auto found = whole_text(percent_decoded(text), DigitsSeen::Some)) return found;
    const std::size_t hash = std::min(text.find('#'), text.size());
    std::string changed{text.substr(0, hash)};
    std::erase(changed, ' ');
    changed += text.substr(hash);
    if (auto found = whole_text(changed, DigitsSeen::Some)) return found;
    return whole_text(with_whole_scheme(changed), DigitsSeen::Whole);
}

std::string find_bare_digits(std::string_view text, Words words) {
    constexpr std::size_t min_bare_digits = 100;
    constexpr std::string_view of_addresses = "/\\@%=?&";
    for (const std::string_view start : {"/C#", "C#", "/c#", "c#"})
        if (text.starts_with(start)) text.remove_prefix(start.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_digit(text[at])) {
            const DigitRun run = read_digits(text.substr(at));
            if (run.digits.size() >= min_bare_digits) return words == Words::None || stands_apart(text.substr(0, at)) ? run.digits : std::string{};
            at += run.end - 1;
            continue;
        }
        const bool is_word = is_ascii_letter(text[at]) || is_beyond_ascii(text[at]);
        if (of_addresses.find(text[at]) != std::string_view::npos || (words == Words::None && is_word)) return {};
    }
    return {};
}

}  // namespace pipa
