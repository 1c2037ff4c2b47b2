#include "host/http.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <curl/curl.h>

namespace pipa {
namespace {

constexpr long connect_timeout_s = 15;
constexpr long least_bytes_per_s = 100;  // slower than this for so many seconds counts as no answer
constexpr long slow_for_s = 30;
constexpr long max_redirects = 5;
constexpr long status_not_allowed = 405, status_not_implemented = 501;  // a server that answers GET alone

// libcurl wants this once for the whole program, before the first handle.
struct GlobalCurl {
    GlobalCurl() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~GlobalCurl() { curl_global_cleanup(); }
};

struct Body {
    Bytes content{};
    std::uint64_t max_bytes{};
    bool too_large{};
};

std::size_t take(char* data, std::size_t one, std::size_t count, void* into) {
    Body& body = *static_cast<Body*>(into);
    const std::size_t size = one * count;
    body.too_large = size > body.max_bytes - body.content.size();
    if (body.too_large) return CURL_WRITEFUNC_ERROR;
    body.content.insert(body.content.end(), data, data + size);
    return size;
}

std::optional<std::string> stamp_in(CURL* curl) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    const bool gets_alone = status == status_not_allowed || status == status_not_implemented;
    if (status >= 500 && !gets_alone) return {};
    if (status != 200 && !gets_alone) return std::to_string(status);  // what is gone stays gone
    std::string out;  // without the length, which not every server tells where it sends no file
    for (const char* const name : {"ETag", "Last-Modified"}) {
        curl_header* header = nullptr;
        if (curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK) out += std::string{name} + '=' + header->value + ' ';
    }
    static std::atomic<std::uint64_t> never_the_same{};
    return out.empty() ? '#' + std::to_string(++never_the_same) : out;
}

HttpAnswer answer_of(CURLcode outcome, long status, Body body) {
    using enum HttpAnswer::Outcome;
    if (body.too_large) return {.outcome = TooLarge};
    if (outcome == CURLE_FILE_COULDNT_READ_FILE) return {.outcome = Missing};
    if (outcome != CURLE_OK) return {.outcome = Unreachable, .reason = curl_easy_strerror(outcome)};
    if (status == 200 || status == 0) return {.outcome = Found, .content = std::move(body.content)};  // 0: file:
    // Object stores say 403 for what is not there when they may not tell.
    if (status == 404 || status == 410 || status == 403) return {.outcome = Missing};
    return {.outcome = Unreachable, .reason = "HTTP " + std::to_string(status)};
}

}  // namespace

struct HttpClient::Connection {
    CURL* curl{};
    Connection() {
        static const GlobalCurl global;
        curl = curl_easy_init();
    }
    ~Connection() { curl_easy_cleanup(curl); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
};

HttpClient::HttpClient() : m_connection(std::make_unique<Connection>()) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

void HttpClient::prepare(const std::string& url, std::uint32_t patience_ms) {
    CURL* const curl = m_connection->curl;
    curl_easy_reset(curl);  // options only; connections stay
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https,file");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, max_redirects);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);  // a name with dots in it is a name, not a way
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(patience_ms));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, least_bytes_per_s);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, slow_for_s);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "pipa");
}

HttpAnswer HttpClient::get(const std::string& url, std::uint64_t max_bytes, std::uint32_t patience_ms) {
    CURL* const curl = m_connection->curl;
    if (curl == nullptr) return {.outcome = HttpAnswer::Outcome::Unreachable, .reason = "libcurl could not start"};
    Body body{.max_bytes = max_bytes};
    prepare(url, patience_ms);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    const CURLcode outcome = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    HttpAnswer out = answer_of(outcome, status, std::move(body));
    if (outcome == CURLE_OK) out.stamp = stamp_in(curl);
    return out;
}

std::optional<std::string> HttpClient::stamp(const std::string& url, std::uint32_t patience_ms) {
    CURL* const curl = m_connection->curl;
    if (curl == nullptr) return {};
    prepare(url, patience_ms);
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    if (curl_easy_perform(curl) != CURLE_OK) return {};
    return stamp_in(curl);
}

}  // namespace pipa
