// Texts for screens: assets/i18n/<tag>.json, a JSON object from key to text with {named} placeholders.
// A key that this language lacks is taken from the fallback language, field by field. Errors: catalogue.invalid.
#pragma once

#include <initializer_list>
#include <span>

#include "judge/judge.hpp"

namespace pipa {

class Catalogue {
public:
    // `language_tag` is BCP 47 ("zh-Hans", "en").
    [[nodiscard]] static Result<Catalogue> parse(std::string_view language_tag, std::string_view json);

    // The same from a face that reads JSON itself, as a browser does: for each entry the key, a zero byte, the text, a
    // zero byte, by ascending keys. It keeps a JSON reader out of the page's module.
    [[nodiscard]] static Result<Catalogue> unpack(std::string_view language_tag, std::string_view entries);

    // A face's own words: an entry "<prefix><key>" takes the place of <key>.
    void prefer(std::string_view prefix);

    [[nodiscard]] const std::string& language() const noexcept { return m_language; }
    [[nodiscard]] bool is_chinese() const noexcept { return m_language.starts_with("zh"); }
    void set_fallback(const Catalogue* fallback) noexcept { m_fallback = fallback; }  // must outlive this

    // The text, or the key in brackets where no language has it (a test sees to it that none is missing).
    [[nodiscard]] std::string text(std::string_view key) const;
    // The same for a key of several parts, with a full stop between them.
    [[nodiscard]] std::string text_at(std::initializer_list<std::string_view> key_parts) const;
    [[nodiscard]] std::string format(std::string_view key, std::span<const Argument> arguments) const;
    [[nodiscard]] std::string format(std::string_view key, std::initializer_list<Argument> arguments) const {
        return format(key, std::span(arguments.begin(), arguments.size()));
    }
    // Whether this language itself has the text: the fallback's plural forms are none of its own.
    [[nodiscard]] bool has(std::string_view key) const;
    using Entry = std::pair<std::string, std::string>;
    [[nodiscard]] std::span<const Entry> entries() const noexcept { return m_texts; }  // by ascending keys

    // The name in this language, or in Chinese where it has no other.
    [[nodiscard]] const std::string& pick(const LocalText& name) const noexcept;

private:
    [[nodiscard]] const std::string* find(std::string_view key) const;
    [[nodiscard]] const std::string* find_own(std::string_view key) const;

    std::string m_language{};
    std::vector<Entry> m_texts{};  // by ascending keys
    const Catalogue* m_fallback{};
};

// "{days} days" with {days} = 3 becomes "3 days"; unknown placeholders stay as they are.
[[nodiscard]] std::string fill_placeholders(std::string_view text, std::span<const Argument> arguments);

}  // namespace pipa
