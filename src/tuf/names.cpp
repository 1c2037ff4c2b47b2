#include "tuf/names.hpp"

#include "base/hex.hpp"

namespace pipa::tuf {
namespace {

constexpr std::size_t max_file_name_bytes = 240;  // 255 less a suffix and what an atomic write puts around the name

bool is_unreserved(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

// Stays as it is in a path: RFC 3986's pchar, '/', and '%', which starts what is encoded already.
bool is_url_path(char c) noexcept {
    return is_unreserved(c) || std::string_view{"!$&'()*+,;=:@/%"}.find(c) != std::string_view::npos;
}

// Control characters, what some file system forbids, and '%' itself, so that the encoding can be told from the text.
bool is_file_name(char c) noexcept {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7F && std::string_view{"%/\\:*?\"<>|"}.find(c) == std::string_view::npos;
}

template <typename Keep>
std::string percent_encode(std::string_view text, Keep keep) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (keep(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

}  // namespace

std::string metadata_path(std::string_view role, std::uint64_t version) {
    const std::string name = percent_encode(role, is_unreserved) + ".json";
    return version == 0 ? name : std::to_string(version) + "." + name;
}

std::string target_url_path(std::string_view target_path, const TargetFile& file, bool consistent_snapshot) {
    std::string path(target_path);
    if (consistent_snapshot) {
        const std::string hash = file.hashes.sha256 ? to_hex(*file.hashes.sha256) : to_hex(*file.hashes.sha512);
        path.insert(path.rfind('/') + 1, hash + ".");  // npos + 1 is the start
    }
    return percent_encode(path, is_url_path);
}

std::string file_name_of(std::string_view text) {
    std::string name = percent_encode(text, is_file_name);
    if (name.starts_with('.')) name.replace(0, 1, "%2E");  // neither hidden nor '.' nor '..'
    if (name.size() <= max_file_name_bytes) return name;
    return "%" + to_hex(crypto::sha256(as_bytes(text)));  // no encoded text starts with a '%' and lower-case digits
}

std::string stored_metadata_name(std::string_view role) { return file_name_of(role) + ".json"; }

}  // namespace pipa::tuf
