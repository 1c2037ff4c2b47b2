#include "wire/gs1/digital_link.hpp"

#include <algorithm>

#include "base/percent.hpp"
#include "wire/gs1/application_identifiers.hpp"

namespace pipa::gs1 {
namespace {

using View = std::string_view;

constexpr View uri_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%";
constexpr View not_in_hosts = "_~?#@!$&'()*+,;=%";

// A part of the URI with its place in it.
struct Part {
    View text{};
    std::size_t offset{};

    [[nodiscard]] Part from(std::size_t at) const { return {text.substr(at), offset + at}; }
    [[nodiscard]] Part until(std::size_t at) const { return {text.substr(0, at), offset}; }
};

// What stands before `separator`, taken off the front together with it.
Part take(Part& rest, char separator) {
    const std::size_t at = std::min(rest.text.find(separator), rest.text.size());
    const Part taken = rest.until(at);
    rest = rest.from(std::min(at + 1, rest.text.size()));
    return taken;
}

// Where the path begins.
Result<std::size_t> skip_origin(View uri) {
    std::size_t host = 0;
    for (const View scheme : {View{"https://"}, View{"HTTPS://"}, View{"http://"}, View{"HTTP://"}})
        if (uri.starts_with(scheme)) host = scheme.size();
    if (host == 0) return fail(ErrorCode::Gs1BadScheme, 0);
    const std::size_t slash = uri.find('/', host);
    const std::size_t wrong = uri.substr(host, slash - host).find_first_of(not_in_hosts);
    if (wrong != View::npos) return fail(ErrorCode::Gs1BadDomain, host + wrong);
    if (slash == host) return fail(ErrorCode::Gs1BadDomain, host);
    if (slash == View::npos) return fail(ErrorCode::Gs1NoKey, uri.size());
    return slash;
}

// GS1 Digital Link Compression 1.0: base64url whose first byte is two digits that begin a primary key, or a code that
// stands for a usual combination of AIs (a digit, then a letter). The shortest, a GTIN alone, has 10 characters.
bool looks_compressed(View path) noexcept {
    constexpr View base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const View last = path.substr(path.rfind('/') + 1);
    if (last.size() < 10 || last.find_first_not_of(base64url) != View::npos) return false;
    const std::size_t first_byte = (base64url.find(last[0]) << 2) | (base64url.find(last[1]) >> 4);
    const std::size_t high = first_byte >> 4;
    const std::size_t low = first_byte & 15;
    if (high > 9) return false;
    if (low > 9) return true;
    constexpr View starts_of_keys = "00 01 25 40 41 80 ";
    const char digits[] = {static_cast<char>('0' + high), static_cast<char>('0' + low), ' '};
    const std::size_t at = starts_of_keys.find(View{digits, sizeof digits});
    return at != View::npos && at % 3 == 0;
}

// Pairs of the path from its end backwards, up to the primary key: its place, or none.
std::size_t find_key(View path) noexcept {
    std::size_t end = path.size();
    while (end > 0) {
        const std::size_t value_slash = path.rfind('/', end - 1);
        if (value_slash == View::npos || value_slash == 0) break;
        const std::size_t slash = path.rfind('/', value_slash - 1);
        if (slash == View::npos) break;
        const ApplicationIdentifier* identifier = find_identifier(path.substr(slash + 1, value_slash - slash - 1));
        if (identifier == nullptr) break;
        if (identifier->is_primary_key()) return slash;
        end = slash;
    }
    return View::npos;
}

// `identifiers` is the key and a selection of its qualifiers, of one alternative, in their order.
bool is_key_sequence(const std::vector<View>& identifiers) {
    const ApplicationIdentifier* key = find_identifier(identifiers.front());
    if (key == nullptr || !key->is_primary_key()) return false;
    Part alternatives{key->qualifiers};
    do {
        Part qualifiers = take(alternatives, '|');
        std::size_t at = 1;
        while (!qualifiers.text.empty())
            if (const View next = take(qualifiers, ',').text; at < identifiers.size() && identifiers[at] == next) ++at;
        if (at == identifiers.size()) return true;
    } while (!alternatives.text.empty());
    return false;
}

class Reader {
public:
    Result<DigitalLink> read(View uri) {
        if (uri.size() > max_uri_bytes) return fail(ErrorCode::Gs1TooLong, max_uri_bytes);
        if (const std::size_t wrong = uri.find_first_not_of(uri_characters); wrong != View::npos) return fail(ErrorCode::Gs1BadCharacter, wrong);
        const auto path_at = skip_origin(uri);
        if (!path_at) return std::unexpected(path_at.error());
        Part query{uri};
        query = take(query, '#');
        Part path = take(query, '?').from(*path_at);
        if (const auto ok = read_path(path); !ok) return std::unexpected(ok.error());
        if (const auto ok = read_query(query); !ok) return std::unexpected(ok.error());
        return std::move(m_link);
    }

private:
    Result<void> read_path(Part path) {
        const std::size_t key = find_key(path.text);
        if (key == View::npos) return fail(looks_compressed(path.text) ? ErrorCode::Gs1Compressed : ErrorCode::Gs1NoKey, path.offset);
        Part rest = path.from(key + 1);
        while (!rest.text.empty()) {
            const Part identifier = take(rest, '/');
            m_path.push_back(identifier.text);
            if (!is_key_sequence(m_path)) return fail(ErrorCode::Gs1BadOrder, identifier.offset, std::string{identifier.text});
            if (auto ok = add(identifier, take(rest, '/'), false); !ok) return ok;
        }
        m_link.in_path = m_link.elements.size();
        return {};
    }

    Result<void> read_query(Part query) {
        while (!query.text.empty()) {
            Part value = take(query, '&');
            if (value.text.empty()) continue;
            if (m_link.elements.size() + m_link.others.size() == max_parameters) return fail(ErrorCode::Gs1TooMany, value.offset);
            const bool has_value = value.text.contains('=');
            const Part name = take(value, '=');
            const bool digits = name.text.find_first_not_of("0123456789") == View::npos && !name.text.empty();
            if (!has_value || !digits) {
                m_link.others.push_back({std::string{name.text}, std::string{value.text}});
                continue;
            }
            if (auto ok = may_stand_in_query(name); !ok) return ok;
            if (auto ok = add(name, value, true); !ok) return ok;
        }
        return {};
    }

    [[nodiscard]] Result<void> may_stand_in_query(Part name) const {
        const auto stop = [&](ErrorCode code) { return fail(code, name.offset, std::string{name.text.substr(0, 20)}); };
        const ApplicationIdentifier* identifier = find_identifier(name.text);
        if (identifier == nullptr) return stop(ErrorCode::Gs1UnknownIdentifier);
        if (std::ranges::find(m_link.elements, name.text, &Element::identifier) != m_link.elements.end()) return stop(ErrorCode::Gs1Duplicate);
        if (identifier->use == Use::Never) return stop(ErrorCode::Gs1NotForQuery);
        for (std::size_t at = 1; at <= m_path.size(); ++at) {
            std::vector<View> longer = m_path;
            longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(at), name.text);
            if (is_key_sequence(longer)) return stop(ErrorCode::Gs1BelongsInPath);
        }
        return {};
    }

    Result<void> add(Part identifier, Part value, bool in_query) {
        Element element{std::string{identifier.text}, {}};
        if (value.text.empty()) return fail(ErrorCode::Gs1EmptyValue, value.offset, element.identifier);
        std::vector<std::size_t> places;  // of each decoded character in the URI
        for (std::size_t i = 0; i < value.text.size();) {
            const bool escaped = value.text[i] == '%';
            const auto byte = escaped ? escaped_byte(value.text, i) : static_cast<unsigned char>(value.text[i]);
            if (!byte || *byte == 0) return fail(ErrorCode::Gs1BadEscape, value.offset + i, element.identifier);
            element.value += in_query && value.text[i] == '+' ? ' ' : static_cast<char>(*byte);
            places.push_back(value.offset + i);
            i += escaped ? escape_size : 1;
        }
        places.push_back(value.offset + value.text.size());
        if (const auto ok = check_value(*find_identifier(identifier.text), element.value); !ok)
            return fail(ok.error().code, places[ok.error().byte_offset.value_or(0)], element.identifier);
        m_link.elements.push_back(std::move(element));
        return {};
    }

    DigitalLink m_link{};
    std::vector<View> m_path{};
};

}  // namespace

Result<DigitalLink> parse_digital_link(View uri) { return Reader{}.read(uri); }

}  // namespace pipa::gs1
