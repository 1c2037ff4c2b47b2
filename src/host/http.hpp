// Fetching files by URL, with a limit on size and on patience. http, https and file (a USB stick); redirects only to
// the first two. What the server says is data of unknown worth: whoever asked checks it.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.hpp"

namespace pipa {

struct HttpAnswer {
    enum class Outcome : std::uint8_t { Found, Missing, Unreachable, TooLarge };
    Outcome outcome{};
    Bytes content{};
    std::string reason{};  // of Unreachable: "HTTP 503", "Could not resolve host"
};

// Keeps its connections open between requests; one thread at a time.
class HttpClient {
public:
    HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;
    ~HttpClient();

    // `patience_ms`: after so long it counts as unreachable; 0 waits as long as something arrives.
    [[nodiscard]] HttpAnswer get(const std::string& url, std::uint64_t max_bytes, std::uint32_t patience_ms = 0);

private:
    struct Connection;
    std::unique_ptr<Connection> m_connection;
};

}  // namespace pipa
