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
    for (const auto& [key, value] : root.items()) {
        const auto* text = value.get_ptr<const std::string*>();
        if (text == nullptr) return fail(ErrorCode::CatalogueInvalid, {}, key);
        out.m_texts.emplace(key, *text);
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
        if (!key || !text || !is_utf8(*key) || !is_utf8(*text)) return fail(ErrorCode::CatalogueInvalid);
        out.m_texts.emplace(*key, *text);
    }
    return out;
}

void Catalogue::prefer(std::string_view prefix) {
    for (auto entry = m_texts.lower_bound(prefix); entry != m_texts.end() && entry->first.starts_with(prefix); ++entry)
        m_texts[entry->first.substr(prefix.size())] = entry->second;
}

const std::string* Catalogue::find(std::string_view key) const {
    // One step and no further, so that two languages may stand in for each other.
    for (const Catalogue* catalogue : {this, m_fallback}) {
        if (catalogue == nullptr) continue;
        const auto found = catalogue->m_texts.find(key);
        if (found != catalogue->m_texts.end()) return &found->second;
    }
    return nullptr;
}

bool Catalogue::has(std::string_view key) const { return m_texts.contains(key); }

std::string Catalogue::text(std::string_view key) const {
    const std::string* found = find(key);
    return found != nullptr ? *found : "[" + std::string{key} + "]";
}

std::string Catalogue::format(std::string_view key, std::span<const Argument> arguments) const {
    return fill_placeholders(text(key), arguments);
}

const std::string& Catalogue::pick(const LocalText& name) const noexcept {
    return is_chinese() || name.en.empty() ? name.zh_hans : name.en;
}

std::string fill_placeholders(std::string_view text, std::span<const Argument> arguments) {
    std::string out;
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
