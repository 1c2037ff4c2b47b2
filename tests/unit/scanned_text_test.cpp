// The tolerant front: what is scanned, typed or pasted, played from a table; then every mix of the same faults at random.
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "base/base10.hpp"
#include "base/utf8.hpp"
#include "inquiry/keyboard_layouts.hpp"
#include "inquiry/plain_link.hpp"
#include "inquiry/scanned_text.hpp"
#include "judge/judge.hpp"
#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/table.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string_view name_of(TextKind kind) {
    switch (kind) {
        case TextKind::Code: return "code";
        case TextKind::Number: return "number";
        case TextKind::Other: return "other";
        case TextKind::WrongLayout: return "wrong_layout";
        case TextKind::Empty: return "empty";
    }
    return "";
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
    return text;
}

struct Vectors {
    Json table = load_table("scanned_text.json");
    std::string digits = table["base"]["digits"].get<std::string>();
    std::string others = table["base"]["others"].get<std::string>();
    std::string link = "HTTPS://PIPA.LINPING.EXAMPLE/C#" + digits;

    [[nodiscard]] std::string filled(const std::string& text) const { return replaced(replaced(text, "{digits}", digits), "{others}", others); }
};

ScannedText read(std::string_view text) { return read_scanned_text(Exact(text).text()); }

std::string only_digits(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c >= '0' && c <= '9') out += c;
    return out;
}

}  // namespace

TEST_CASE("scanned text: what comes is read as the table says", "[inquiry][vectors]") {
    const Vectors vectors;
    for_each_row(vectors.table, "scanned_text.json", [&](Row& row) {
        INFO(row.where());
        const ScannedText got = read(vectors.filled(row.text("text")));
        CHECK(name_of(got.kind) == row.text("kind"));
        CHECK(got.text == vectors.filled(row.text_or("gives", vectors.link)));
        CHECK(got.more == row.flag("more"));
    });
}

TEST_CASE("scanned text: what was read is read again as the same", "[inquiry][vectors]") {
    const Vectors vectors;
    for_each_row(vectors.table, "scanned_text.json", [&](Row& row) {
        INFO(row.where());
        const ScannedText once = read(vectors.filled(row.text("text")));
        for (const char* key : {"kind", "gives", "more"})
            if (row.has(key)) (void)row.json(key);
        const ScannedText twice = read(once.text);
        CHECK(twice.kind == once.kind);
        CHECK(twice.text == once.text);
    });
}

TEST_CASE("scanned text: the core reads what is called a code, and names as before what is not", "[inquiry][vectors]") {
    const Vectors vectors;
    for_each_row(vectors.table, "scanned_text.json", [&](Row& row) {
        INFO(row.where());
        const ScannedText got = read(vectors.filled(row.text("text")));
        for (const char* key : {"gives", "more"})
            if (row.has(key)) (void)row.json(key);
        const ReadCode code = read_code(got.text, TrustStore{});
        if (row.text("kind") == "code") CHECK((!code.refusal || code.refusal->id != ReasonId::ForeignCode));
        CHECK(code.certificate.has_value() == (row.text("kind") == "code" && got.text.find(vectors.digits) != std::string::npos));
    });
    for_each_row("foreign_codes.json", [&](Row& row) {
        INFO(row.where());
        const ScannedText got = read("\xEF\xBB\xBF]Q1" + row.text("text") + "\x1D\r\n");
        CHECK((got.kind == TextKind::Other || got.kind == TextKind::Empty || got.kind == TextKind::Number));
        CHECK(foreign_code_name(recognise_foreign_code(got.text)) == row.text("kind"));
    });
}

TEST_CASE("plain link: says what the tolerant front says, or nothing", "[inquiry][vectors]") {
    const Vectors vectors;
    std::size_t plain = 0;
    const auto agrees = [&](const std::string& text) {
        const auto got = read_plain_link(Exact(text).text());
        if (!got) return;
        INFO(text);
        CHECK(*got == read(text));
        ++plain;
    };
    for (const Json& row : vectors.table["rows"]) agrees(vectors.filled(row["text"].get<std::string>()));
    CHECK(plain > 0);
    // Every single change of a link that is one.
    for (std::size_t at = 0; at < vectors.link.size(); ++at)
        for (const std::string_view what : {"", " ", "0", "a", "A", "#", "/", ":", "?", ".", "%23", "\xEF\xBB\xBF"}) {
            agrees(vectors.link.substr(0, at) + std::string{what} + vectors.link.substr(at));
            agrees(vectors.link.substr(0, at) + std::string{what} + vectors.link.substr(at + 1));
        }
    for (const std::string_view whole : {"https://pipa.linping.example/C#", "http://localhost:8000/C#", "HTTPS://A.B:8443/C#"}) {
        CHECK(read_plain_link(std::string{whole} + vectors.digits));
        agrees(std::string{whole} + vectors.digits);
    }
    for (const std::string_view other : {"https://a.b:443/C#", "http://a.b:80/C#", "https://a.b./C#", "https://a.b/c#", "https://a.b/C/#", "https://a.b/C?x#", "https://a_b/C#", "ftp://a.b/C#"})
        CHECK_FALSE(read_plain_link(std::string{other} + vectors.digits));
    CHECK_FALSE(read_plain_link(vectors.link.substr(0, vectors.link.size() - 1)));
    CHECK_FALSE(read_plain_link("https://a.b/C#" + std::string(4300, '1')));
}

TEST_CASE("scanned text: bytes that are not UTF-8 stay as they are", "[inquiry]") {
    const Vectors vectors;
    for (const std::string& text : {std::string{"\xFF\xFE"}, "\xC3" + vectors.link, vectors.link + "\x80", std::string{" \xED\xA0\x80 "}}) {
        const ScannedText got = read(text);
        CHECK(got.kind == TextKind::Other);
        CHECK(got.text == text);
    }
}

TEST_CASE("scanned text: what is too long is cut before anything else, and between characters", "[inquiry]") {
    const Vectors vectors;
    CHECK(read(vectors.link + std::string(1 << 20, ' ') + "x").text == vectors.link);
    CHECK(read(std::string(max_scanned_text_bytes, ' ') + vectors.link).kind == TextKind::Empty);
    CHECK(read(std::string(max_scanned_text_bytes + 1, '\x80')).text.empty());  // nowhere does a character begin
    CHECK(read(std::string(max_scanned_text_bytes - 1, 'x') + "枇杷").text == std::string(max_scanned_text_bytes - 1, 'x'));
}

namespace {

using Fault = std::string (*)(Random&, std::string);

std::string pick(Random& random, std::initializer_list<std::string_view> choices) {
    return std::string{choices.begin()[random.below(choices.size())]};
}

std::string with_random_case(Random& random, std::string text) {
    const std::size_t end = text.find('#');
    for (std::size_t i = 0; i < end; ++i)
        if (((text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z') && random.chance(2)) text[i] = static_cast<char>(text[i] ^ 0x20);
    return text;
}

std::string with_blanks(Random& random, std::string text) {
    const std::string blank = pick(random, {" ", "\n", "\r\n", "\t", "\u00A0", "\u3000", "\u2009", "  "});
    for (std::size_t at = text.find('#') + 1; at < text.size(); at += 1 + random.below(40) + blank.size()) text.insert(at, blank);
    return text;
}

std::string with_hidden(Random& random, std::string text) {
    for (int i = 0; i < 5; ++i) {
        std::size_t at = random.below(text.size() + 1);
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
        text.insert(at, pick(random, {"\uFEFF", "\u200B", "\u200E", "\u2066", "\u00AD", "\x1D", "\x02"}));
    }
    return text;
}

std::string full_width(Random&, const std::string& text) {
    std::string out;
    for (const char32_t c : code_points_of(text)) append_utf8(out, c > 0x20 && c < 0x7F ? c + 0xFEE0 : c);
    return out;
}

std::string before_hash(std::string text, std::string_view inserted) { return text.insert(text.find('#'), inserted); }

// Each keeps the meaning; in this order any choice of them may meet in one text.
constexpr std::array faults = {
    Fault{[](Random&, std::string t) { return t.insert(t.find("/C"), ":443"); }},
    Fault{[](Random&, std::string t) { return t.insert(std::min(t.find(":443"), t.find("/C")), "."); }},
    Fault{[](Random& r, std::string t) { return before_hash(std::move(t), pick(r, {"/", "/index.html", "//"})); }},
    Fault{[](Random& r, std::string t) {
        return before_hash(std::move(t), pick(r, {"?from=singlemessage&isappinstalled=0", "?lang=en", "?nsukey=a%2Bb"}));
    }},
    Fault{[](Random& r, std::string t) { return with_random_case(r, std::move(t)); }},
    Fault{[](Random& r, std::string t) { return with_blanks(r, std::move(t)); }},
    Fault{[](Random& r, std::string t) { return t.replace(t.find('#'), 1, pick(r, {"%23", "＃", " #"})); }},
    Fault{[](Random& r, std::string t) { return t + pick(r, {"&wechat_redirect", ".", "。", " 点击查看", ">", "\n12316", "”"}); }},
    Fault{[](Random& r, std::string t) {
        return pick(r, {"<", "“", "扫码查验 ", "链接：", "Link: ", "(", "]Q1", "\\000026", "]Q2\\000026"}) + t;
    }},
    Fault{[](Random& r, std::string t) { return with_hidden(r, std::move(t)); }},
    Fault{[](Random& r, std::string t) { return pick(r, {" ", "\r\n", "\uFEFF", "\u3000"}) + t + pick(r, {"\r\n", "\x1D", " ", "\u200B"}); }},
};

}  // namespace

TEST_CASE("scanned text: any mix of faults comes back to the same code", "[inquiry][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const Vectors vectors;
    const Bytes genuine = from_base10(vectors.digits).value();
    for (int i = 0; i < 3000; ++i) {
        // Other certificates of the same shape: the front looks at no signature.
        Bytes message = genuine;
        for (std::size_t at = message.size() - 64; at < message.size(); ++at) message[at] = static_cast<std::uint8_t>(random.below(256));
        const std::string link = make_qr_text("pipa.linping.example", message);
        std::string text = link;
        for (const Fault fault : faults)
            if (random.chance(3)) text = fault(random, std::move(text));
        if (random.chance(10)) text = full_width(random, text);
        INFO(text);
        const ScannedText got = read(text);
        REQUIRE(got.kind == TextKind::Code);
        REQUIRE(got.text == link);
    }
}

TEST_CASE("scanned text: what a keyboard of any layout typed comes back to the same code, or is called garbled", "[inquiry][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const Vectors vectors;
    for (const KeyboardLayout& layout : keyboard_layouts())
        for (int i = 0; i < 40; ++i) {
            const std::string host = random.from_alphabet("abcdefghijklmnopqrstuvwxyz0123456789", 1, 20) + "-x.example";
            const std::string link = make_qr_text(host, from_base10(vectors.digits).value());
            // The layout's own table the other way round: a mistake in the table itself is the vectors' matter.
            std::u32string typed = code_points_of(link);
            for (char32_t& c : typed)
                for (std::size_t at = 0; at < layout.pairs.size(); at += 2)
                    if (layout.pairs[at] == c) {
                        c = layout.pairs[at + 1];
                        break;
                    }
            std::string text;
            for (const char32_t c : typed) append_utf8(text, c);
            INFO(layout.name << ": " << text);
            const ScannedText got = read(text);
            CHECK((got.kind == TextKind::WrongLayout || (got.kind == TextKind::Code && got.text.ends_with(vectors.digits))));
            if (got.kind == TextKind::Code) CHECK(got.text == link);
        }
}

TEST_CASE("scanned text: no text becomes a code with digits that it does not have", "[inquiry][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const Vectors vectors;
    for (int i = 0; i < 4000; ++i) {
        std::string text = random.chance(2) ? vectors.link : "https://pipa.linping.example/C?from=x#" + vectors.digits;
        const Bytes changed = mutated(random, as_bytes(text));
        text = as_text(changed);
        const ScannedText got = read(text);
        INFO(text);
        if (got.kind != TextKind::Code || !is_utf8(text)) continue;
        const std::string digits = only_digits(got.text.substr(std::min(got.text.find('#'), got.text.size())));
        CHECK(only_digits(text).find(digits) != std::string::npos);
    }
    for (int i = 0; i < 4000; ++i) {
        const std::string text = random.text(200);
        const ScannedText got = read(text);
        INFO(text);
        CHECK(got.kind != TextKind::Code);
        if (got.kind == TextKind::Other) CHECK(got.text.size() <= text.size());
    }
}

TEST_CASE("scanned text: an altered link never becomes another certificate's", "[inquiry][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const Vectors vectors;
    for (int i = 0; i < 4000; ++i) {
        std::string digits = vectors.digits;
        const std::size_t at = random.below(digits.size());
        if (random.chance(2)) digits[at] = static_cast<char>('0' + (static_cast<std::uint64_t>(digits[at] - '0') + 1 + random.below(9)) % 10);
        else digits.erase(at, 1);
        const ScannedText got = read("https://pipa.linping.example/C?from=x#" + digits + " 12316");
        CHECK(got.kind == TextKind::Code);
        const std::size_t hash = got.text.find('#') + 1;
        CHECK((got.text.substr(hash) == digits || got.text.substr(hash) == digits + "12316"));
    }
}

TEST_CASE("texts of a file: one on a line, whatever ends the lines", "[inquiry]") {
    const Vectors vectors;
    const std::string other = "HTTPS://PIPA.LINPING.EXAMPLE/C#" + vectors.others;
    std::string wrapped = vectors.digits;
    for (std::size_t at = 80; at < wrapped.size(); at += 81) wrapped.insert(at, "\n");
    std::string utf16 = "\xFF\xFE";
    for (const char c : vectors.link + "\r\n" + other) (utf16 += c) += '\0';
    std::string utf16_big = "\xFE\xFF";
    for (const char c : vectors.link + "\n" + other) (utf16_big += '\0') += c;
    const std::string many(max_scanned_text_bytes + 1, '1');
    struct Case {
        std::string name;
        std::string content;
        std::vector<std::pair<std::size_t, std::string>> texts;  // line, canonical text
    };
    const std::vector<Case> cases = {
        {"nothing", "", {}},
        {"a mark alone", "\xEF\xBB\xBF", {}},
        {"LF", vectors.link + "\n\n" + other + "\n", {{1, vectors.link}, {3, other}}},
        {"CRLF and a byte order mark", "\xEF\xBB\xBF" + vectors.link + "\r\n" + other, {{1, vectors.link}, {2, other}}},
        {"CR", vectors.link + "\r" + other + "\r", {{1, vectors.link}, {2, other}}},
        {"UTF-16, little end first", utf16, {{1, vectors.link}, {2, other}}},
        {"UTF-16, big end first", utf16_big, {{1, vectors.link}, {2, other}}},
        {"columns before the link", "C01," + vectors.link + "\nC02," + other, {{1, vectors.link}, {2, other}}},
        {"two on a line", vectors.link + "," + other, {{1, vectors.link}, {1, other}}},
        {"two on a line without anything between", vectors.link + other, {{1, vectors.link}, {1, other}}},
        {"digits alone, wrapped", wrapped + "\n" + other, {{1, vectors.digits}, {7, other}}},
        {"two of digits alone", vectors.digits + "\n" + vectors.others, {{1, vectors.digits}, {2, vectors.others}}},
        {"a link, wrapped", "HTTPS://PIPA.LINPING.EXAMPLE/C#" + wrapped + "\n" + other, {{1, vectors.link}, {7, other}}},
        {"a link, wrapped and quoted", replaced("> HTTPS://PIPA.LINPING.EXAMPLE/C#" + wrapped, "\n", "\n> "), {{1, vectors.link}}},
        {"shop barcodes", "6900000000014\n6900000000021\n", {{1, "6900000000014"}, {2, "6900000000021"}}},
        {"a whole code and a telephone number", vectors.link + "\n12316", {{1, vectors.link}, {2, "12316"}}},
        {"other words", "hello\n" + vectors.link, {{1, "hello"}, {2, vectors.link}}},
        {"a damaged code ends with its line", "HTTPS://A.B/C#01x18y\n23456", {{1, "HTTPS://A.B/C#01x18y"}, {2, "23456"}}},
        {"more digits than are read at all", many + "\n23456", {{1, many.substr(0, max_scanned_text_bytes)}, {2, "23456"}}},
    };
    for (const Case& one : cases) {
        INFO(one.name);
        std::vector<std::pair<std::size_t, std::string>> got;
        for (const FileText& text : texts_of_file(Exact(one.content).text())) got.emplace_back(text.line, read(text.text).text);
        CHECK(got == one.texts);
    }
}

TEST_CASE("texts of a file: bytes that are not UTF-8 stay in their line", "[inquiry]") {
    const auto texts = texts_of_file("ok\n\xFF\xC3\n12");
    REQUIRE(texts.size() == 3);
    CHECK(texts[1].text == "\xFF\xC3");
    CHECK(texts[2].line == 3);
}
