#include "page/catalogue.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"

namespace pipa {
Result<Catalogue> Catalogue::parse(std::string_view language_tag, std::string_view json) {
    const auto root = nlohmann::json::parse(json, nullptr, false);
    if (!root.is_object()) return fail(ErrorCode::CatalogueInvalid);
    Catalogue out;
    out.m_language = language_tag;
    for (const auto& [key, value] : root.items()) {  // by ascending keys
        const auto* text = value.get_ptr<const std::string*>();
        if (text == nullptr) return fail(ErrorCode::CatalogueInvalid, {}, key);
        out.m_texts.emplace_back(key, *text);
    }
    return out;
}

Result<Catalogue> Catalogue::unpack(std::string_view language_tag, std::string_view entries) {
    Catalogue out;
    out.m_language = language_tag;
    const auto take = [&entries]() -> std::optional<std::string_view> {
        const std::size_t end = entries.find('\0');
        if (end == std::string_view::npos) return {};
        const std::string_view part = entries.substr(0, end);
        entries.remove_prefix(end + 1);
        return part;
    };
    while (!entries.empty()) {
        const auto key = take();
        const auto text = take();
        const bool follows = key && (out.m_texts.empty() || out.m_texts.back().first < *key);
        if (!follows || !text || !is_utf8(*key) || !is_utf8(*text)) return fail(ErrorCode::CatalogueInvalid);
        out.m_texts.emplace_back(*key, *text);
    }
    return out;
}

void Catalogue::prefer(std::string_view prefix) {
    std::vector<Entry> preferred;
    for (const auto& [key, text] : m_texts)
        if (key.starts_with(prefix)) preferred.emplace_back(key.substr(prefix.size()), text);
    for (Entry& entry : preferred) {
        const auto place = std::ranges::lower_bound(m_texts, entry.first, {}, &Entry::first);
        if (place != m_texts.end() && place->first == entry.first) place->second = std::move(entry.second);
        else m_texts.insert(place, std::move(entry));
    }
}

const std::string* Catalogue::find_own(std::string_view key) const {
    const auto found = std::ranges::lower_bound(m_texts, key, {}, &Entry::first);
    return found != m_texts.end() && found->first == key ? &found->second : nullptr;
}

const std::string* Catalogue::find(std::string_view key) const {
    // One step and no further, so that two languages may stand in for each other.
    const std::string* found = find_own(key);
    return found != nullptr || m_fallback == nullptr ? found : m_fallback->find_own(key);
}

bool Catalogue::has(std::string_view key) const { return find_own(key) != nullptr; }

std::string Catalogue::text(std::string_view key) const {
    const std::string* found = find(key);
    return found != nullptr ? *found : "[" + std::string{key} + "]";
}

std::string Catalogue::text_at(std::initializer_list<std::string_view> key_parts) const {
    std::string key;
    key.reserve(48);
    for (const std::string_view part : key_parts) {
        if (!key.empty()) key += '.';
        key += part;
    }
    return text(key);
}

std::string Catalogue::format(std::string_view key, std::span<const Argument> arguments) const {
    const std::string* found = find(key);
    return found != nullptr ? fill_placeholders(*found, arguments) : fill_placeholders(text(key), arguments);
}

const std::string& Catalogue::pick(const LocalText& name) const noexcept {
    return is_chinese() || name.en.empty() ? name.zh_hans : name.en;
}

std::string fill_placeholders(std::string_view text, std::span<const Argument> arguments) {
    std::string out;
    std::size_t size = text.size();
    for (const Argument& argument : arguments) size += argument.value.size();
    out.reserve(size);
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open);
        const std::size_t close = text.find('}');
        const std::string_view name = close == std::string_view::npos ? std::string_view{} : text.substr(1, close - 1);
        const auto argument = std::ranges::find(arguments, name, &Argument::name);
        if (argument == arguments.end()) {
            out += '{';
            text.remove_prefix(1);
            continue;
        }
        out += argument->value;
        text.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace pipa
