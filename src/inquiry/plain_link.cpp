#include "inquiry/plain_link.hpp"

#include <algorithm>

#include "inquiry/certificate_digits.hpp"
#include "wire/qr_text.hpp"

namespace pipa {

std::optional<ScannedText> read_plain_link(std::string_view text) {
    if (text.size() > max_qr_text_bytes) return {};
    const bool is_secure = text.starts_with("https://") || text.starts_with("HTTPS://");
    if (!is_secure && !text.starts_with("http://") && !text.starts_with("HTTP://")) return {};
    const std::size_t host_begin = text.find(':') + 3;
    const std::size_t host_end = text.find('/', host_begin);
    constexpr std::string_view path = "/C#";
    if (host_end == std::string_view::npos || !text.substr(host_end).starts_with(path)) return {};
    std::string host{text.substr(host_begin, host_end - host_begin)};
    if (!is_host(host) || host.ends_with(is_secure ? ":443" : ":80") || host.find(".:") != std::string::npos) return {};
    const std::string_view tail = text.substr(host_end + path.size());
    const DigitRun run = read_digits(tail);
    if (!run.whole || run.digits.size() != tail.size()) return {};
    std::ranges::transform(host, host.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return ScannedText{TextKind::Code, (is_secure ? "HTTPS://" : "HTTP://") + host + std::string{path} + run.digits};
}

}  // namespace pipa
