#include "page/catalogue.hpp"

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"

namespace pipa {
namespace {

// FNV-1a.
std::uint32_t hash_of(std::string_view key) noexcept {
    std::uint32_t hash = 0x811C9DC5;
    for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
    return hash;
}

}  // namespace

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
    out.make_index();
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
    out.make_index();
    return out;
}

void Catalogue::prefer(std::string_view prefix) {
    for (auto entry = m_texts.lower_bound(prefix); entry != m_texts.end() && entry->first.starts_with(prefix); ++entry)
        m_texts[entry->first.substr(prefix.size())] = entry->second;
    make_index();
}

// Never more than half full, so that a place is always free.
void Catalogue::make_index() {
    m_index.assign(std::bit_ceil(2 * m_texts.size() + 1), nullptr);
    for (const Entry& entry : m_texts) {
        std::size_t at = hash_of(entry.first) % m_index.size();
        while (m_index[at] != nullptr) at = (at + 1) % m_index.size();
        m_index[at] = &entry;
    }
}

const std::string* Catalogue::find_own(std::string_view key) const {
    if (m_index.empty()) return nullptr;
    for (std::size_t at = hash_of(key) % m_index.size(); m_index[at] != nullptr; at = (at + 1) % m_index.size())
        if (m_index[at]->first == key) return &m_index[at]->second;
    return nullptr;
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
