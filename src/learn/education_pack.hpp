// An education pack: articles, drawings, quiz and glossary in Chinese and English, every fact with its source and the
// day it was checked. Wire form: education_pack.cddl and README.md beside this file.
//
// What is here was checked completely when the pack was read: every reference leads to an entry, every text is clean
// UTF-8 within its limit, both languages are there. Errors: learn.*, cbor.*; byte offsets are into the signed message.
#pragma once

#include "base/civil_time.hpp"
#include "learn/drawing.hpp"

namespace pipa::learn {

inline constexpr std::size_t max_pack_bytes = std::size_t{1} << 20;
inline constexpr std::size_t max_id_bytes = 32;         // ids: [a-z0-9-]
inline constexpr std::size_t max_title_bytes = 160;
inline constexpr std::size_t max_text_bytes = 1200;     // one run of text
inline constexpr std::size_t max_topics = 16;
inline constexpr std::size_t max_articles = 64;
inline constexpr std::size_t max_sources = 200;
inline constexpr std::size_t max_terms = 100;
inline constexpr std::size_t max_questions = 200;
inline constexpr std::size_t max_blocks = 64;           // of one article
inline constexpr std::size_t max_items = 16;            // of one list
inline constexpr std::size_t max_spans = 48;            // of one paragraph or item
inline constexpr std::size_t max_options = 4;
inline constexpr std::size_t max_lesson_certificate_bytes = 1024;

enum class Language : std::uint8_t { ZhHans, En };

struct Text {
    std::string zh_hans{};
    std::string en{};
    [[nodiscard]] const std::string& in(Language language) const noexcept { return language == Language::En ? en : zh_hans; }
};

enum class SpanKind : std::uint8_t {
    Plain,
    Strong,
    Term,    // a word of the glossary: `reference` is its index
    Source,  // what stands before it is known from here: `reference` is the source's index, `text` is empty
};

struct Span {
    SpanKind kind{SpanKind::Plain};
    std::string text{};
    std::uint32_t reference{};
};
using Line = std::vector<Span>;

enum class BlockKind : std::uint8_t {
    Heading = 1,
    Paragraph = 2,
    Bullets = 3,
    Steps = 4,    // a numbered list
    Picture = 5,  // `drawing` and its description
    Action = 6,   // 你可以做: the last block of every article
};

struct Block {
    BlockKind kind{BlockKind::Paragraph};
    std::vector<Line> lines{};  // one; of lists and actions one for each item or paragraph; none of pictures
    std::uint32_t drawing{};
    std::string description{};  // of a picture, for those who do not see it
};
using Body = std::vector<Block>;

// Where a fact is known from. Known facts were not yet compared with a document, and screens say so.
enum class Standing : std::uint8_t { Read = 1, Known = 2 };

struct Source {
    std::string id{};
    Text title{};
    DayNumber checked{};
    std::string reference{};  // "R2": the editors' own list
    Standing standing{Standing::Read};
};

struct Topic {
    std::string id{};
    Text name{};
};

struct Term {
    std::string id{};
    Text name{};
    Text meaning{};
};

struct Article {
    std::string id{};
    std::uint32_t topic{};
    Text title{};
    Text summary{};  // one sentence for the list
    Body zh_hans{};
    Body en{};
    [[nodiscard]] const Body& in(Language language) const noexcept { return language == Language::En ? en : zh_hans; }
};

struct Question {
    std::string id{};
    std::uint32_t article{};  // where the answer can be read
    Text question{};
    std::vector<Text> options{};
    std::uint32_t answer{};  // index of the right option
    Text why{};
    std::vector<std::uint32_t> sources{};
};

struct EducationPack {
    std::int64_t version{};  // rises with every issue
    UnixSeconds issued_unix_s{};
    Text title{};
    std::vector<Topic> topics{};
    std::vector<Source> sources{};
    std::vector<Term> terms{};
    std::vector<Drawing> drawings{};
    std::vector<Article> articles{};
    std::vector<Question> questions{};
    Bytes lesson_certificate{};  // a certificate to practise on, in 'try to cheat it'; may be empty
};

[[nodiscard]] bool is_id(std::string_view id) noexcept;

// `base` is where the payload starts in the signed message.
[[nodiscard]] Result<EducationPack> decode_education_pack(ByteView payload, std::size_t base);
// Deterministic CBOR. What this returns, decode_education_pack accepts, or it returns that parser's error.
[[nodiscard]] Result<Bytes> encode_education_pack(const EducationPack& pack);

}  // namespace pipa::learn
